"""Canada, Immigration and Refugee Board, Refugee Protection Division.

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it.
"""

from django.utils.translation import gettext_noop

from caseapp.forums.limits import Deadline
from caseapp.forums.papers import Certificate, Channel, Service
from caseapp.forums.profile import OFFICIAL, UNVERIFIED, FileNames, Forum, rules_of

READ_ON = "2026-11-22"
MIRROR = gettext_noop("SOR/2012-256, quoted in a public textbook")
STATUTES = gettext_noop("official consolidation, current to 26 Nov 2024")
PRACTICE_NOTICE = "Practice Notice on Procedural Issues"

_rule = rules_of("ca_rpd", read_on=READ_ON)

RULES = (
    _rule(
        "paper",
        "Documents prepared for the Division are typed in 12-point type or larger on 216 by 279 mm; copies are clear "
        "and of the same size.",
        "RPD Rules, rule 31(1), (2)",
        MIRROR,
        OFFICIAL,
    ),
    _rule(
        "list",
        "More than one document comes with a list of them.",
        "RPD Rules, rule 31(3)",
        MIRROR,
        OFFICIAL,
    ),
    _rule(
        "numbering",
        "All pages of all documents are numbered in one run, as if they were one document.",
        "RPD Rules, rule 31(4)",
        MIRROR,
        OFFICIAL,
    ),
    _rule(
        "translation",
        gettext_noop(
            "A document in neither English nor French comes with a translation and the translator’s signed "
            "declaration: name, language, and that the translation is accurate."
        ),
        "RPD Rules, rule 32",
        gettext_noop("text not reached; the sister rule of the Immigration Division was seen"),
        UNVERIFIED,
    ),
    _rule(
        "translation-sister",
        "The Immigration Division asks for a translation into English or French with the translator’s declaration.",
        "Immigration Division Rules, rule 25",
        "official consolidation, current to 26 May 2026",
        OFFICIAL,
    ),
    _rule(
        "deadline",
        gettext_noop(
            "Documents are received 10 days before the hearing at the latest; those that answer another’s, 5 days."
        ),
        "RPD Rules, rule 34(3)",
        STATUTES,
        OFFICIAL,
    ),
    _rule(
        "service",
        gettext_noop("Another party gets a copy, and a written statement says how and when."),
        "RPD Rules, rule 34(1), (2)",
        STATUTES,
        OFFICIAL,
    ),
    _rule(
        "duplicates",
        gettext_noop("Documents are relevant and do not repeat what a party or the Division has already given."),
        "RPD Rules, rule 35",
        STATUTES,
        OFFICIAL,
    ),
    _rule(
        "national-package",
        gettext_noop(
            "The Division may disclose country documents by a list; its National Documentation Package is the standard "
            "source, and is cited by item rather than filed again."
        ),
        "RPD Rules, rule 33(2); policy of 5 Jun 2019",
        STATUTES,
        OFFICIAL,
    ),
    _rule(
        "country-pages",
        gettext_noop("More than 100 pages of country evidence need a formal application."),
        "Notice of the Division of 1 Jun 2018",
        gettext_noop("archived notice; carried into the practice notice of 2024, whose number was not seen"),
        OFFICIAL,
    ),
    _rule(
        "country-pages-2024",
        "The limit on country evidence continues from 15 October 2024; its number in the new text was not seen.",
        f"{PRACTICE_NOTICE}, 4.5",
        "text not reached",
        UNVERIFIED,
    ),
    _rule(
        "late",
        gettext_noop("Documents disclosed late need an application, from 15 October 2024."),
        f"{PRACTICE_NOTICE}, 4.4",
        gettext_noop("the Board’s questions and answers, 2024"),
        OFFICIAL,
    ),
    _rule(
        "channel",
        gettext_noop("Counsel are expected to use the portal My Case from 30 October 2025."),
        "The Board’s page on how to submit documents",
        gettext_noop("October 2025"),
        OFFICIAL,
    ),
    _rule(
        "receipt",
        "The portal stamps Eastern time; whether a document is in time goes by the local time of the regional office.",
        "My Case practice notice",
        "26 Oct 2020",
        OFFICIAL,
    ),
    _rule(
        "file-name",
        gettext_noop("PDF, legible and with page numbers, named by file number, division and type of document."),
        "The Board’s instructions for IRB Connect",
        gettext_noop("undated official page"),
        OFFICIAL,
    ),
    _rule(
        "file-other",
        "No limit of size and no rule on bookmarks or passwords was found; files carry no password.",
        "The Board’s questions and answers",
        "2025, headings only",
        UNVERIFIED,
    ),
    _rule(
        "appeal",
        "On appeal, nothing that the Division accepted is filed again; the record has one run of numbers.",
        "Notice of the Refugee Appeal Division of 10 Sep 2018",
        "2018",
        OFFICIAL,
    ),
)

TRANSLATION = Certificate(
    title="Translator’s Declaration",
    wording=(
        "I, {translator}, declare that I translated each document named below from {language} into {into}, and that "
        "the translation is accurate.",
    ),
    asks=("name",),
    rule="translation",
)
SERVICE = Service(
    title="Statement of How and When Documents Were Provided",
    wording="A copy of the documents in this filing, “{title}”, was provided to:",
    rule="service",
    always=True,
)

FORUM = Forum(
    key="ca_rpd",
    name=gettext_noop("Canada, Refugee Protection Division (IRB)"),
    paper_width_mm=215.9,
    paper_height_mm=279.4,
    tab_scheme="numbers",
    tab_word="Document",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Submitted by"),
        gettext_noop("Registry"),
        gettext_noop("Claimant"),
        gettext_noop("IRB file number"),
        gettext_noop("Hearing"),
    ),
    required_cover_fields=("Claimant", "IRB file number"),
    cover_slots=(
        ("Submitted by", "top-left"),
        ("Registry", "court"),
        ("Claimant", "matter"),
        ("IRB file number", "number"),
    ),
    court_heading=("Immigration and Refugee Board of Canada", "Refugee Protection Division"),
    matter_heading="Claimant:",
    index_title="List of Documents",
    date_order="day first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9 _-]+\.pdf$",
    volume_bytes_limit=None,
    languages=("en", "fr"),
    smallest_type_pt=12,
    country_pages_limit=100,
    page_fit="paper",
    citation_style="mcgill",
    cite_form="Document {tab} at {page}",
    file_names=FileNames(
        template="{reference} - RPD - {type}",
        part=" - Part {volume}",
        joint="-",
        type="Disclosure",
        with_number="{file_number} - RPD - {type}",
        rule="file-name",
    ),
    deadlines=(
        Deadline("hearing", -10, "deadline"),
        Deadline("hearing", -5, "deadline", only="answer"),
    ),
    channels=(
        Channel("electronic", gettext_noop("the portal My Case"), False, "channel"),
        Channel("paper", gettext_noop("on paper"), False, "channel"),
    ),
    translation=TRANSLATION,
    service=SERVICE,
    rules=RULES,
)
