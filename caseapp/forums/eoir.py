"""United States immigration court (EOIR).

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it. What screens show is marked for translation and
translated there; what is printed stays in English.
"""

from django.utils.translation import gettext_noop

from caseapp.forums.limits import Counting, Deadline
from caseapp.forums.papers import Certificate, Channel, Service
from caseapp.forums.profile import OFFICIAL, SECONDARY, UNVERIFIED, FileNames, Forum, rules_of

READ_ON = "2026-11-22"
ECFR = gettext_noop("eCFR as of 2026-01-01")
MANUAL_2020 = gettext_noop("2020 edition, through a secondary reading")


_rule = rules_of("eoir", read_on=READ_ON)

RULES = (
    _rule(
        "paper",
        "Pages measure 8.5 by 11 inches unless the judge allows otherwise.",
        "8 CFR 1003.32(d)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "index",
        "The judge may require an index, page numbers and a table of contents; they are always made.",
        "8 CFR 1003.32(d)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "translation",
        gettext_noop(
            "A document in another language comes with a full English translation and the translator’s signed "
            "certificate."
        ),
        "8 CFR 1003.33",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "translation-certificate",
        gettext_noop(
            "The certificate is typed, signed and attached, gives the translator’s address and telephone, and names "
            "every document that it covers."
        ),
        "Immigration Court Practice Manual 3.3(a)",
        gettext_noop("undated official copy"),
        OFFICIAL,
    ),
    _rule(
        "interpretation",
        gettext_noop(
            "A declaration by someone who does not read English says that it was read to them in a language they "
            "understand, by a competent interpreter, before they signed."
        ),
        "Immigration Court Practice Manual 3.3(a)",
        gettext_noop("undated official copy"),
        OFFICIAL,
    ),
    _rule(
        "signature",
        gettext_noop("The preparer signs, in ink, digitally or electronically."),
        "Immigration Court Practice Manual 3.3(b); 8 CFR 1003.31(j)",
        gettext_noop("undated official copy; eCFR as of 2026-01-01"),
        OFFICIAL,
    ),
    _rule(
        "service-paper",
        gettext_noop("A filing on paper needs a certificate of service, or the judge does not consider it."),
        "8 CFR 1003.32(c)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "service-electronic",
        gettext_noop("Where all parties use the electronic system, its notice is service; nothing further is served."),
        "8 CFR 1003.32(a)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "service-contents",
        "A certificate of service names the party, full address, date, means and documents served, and is signed.",
        "Immigration Court Practice Manual 3.2(e)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "channel",
        gettext_noop("Representatives of record file electronically in eligible cases; the judge may accept paper."),
        "8 CFR 1003.31(a), (b)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "never-electronic",
        gettext_noop("Classified material and sealed medical documents are never filed electronically."),
        "8 CFR 1003.31(d), (e)",
        ECFR,
        OFFICIAL,
    ),
    _rule("originals", "Originals are kept and produced on request.", "8 CFR 1003.31(c)", ECFR, OFFICIAL),
    _rule(
        "deadline-merits",
        gettext_noop("Evidence for an individual hearing of someone not detained is filed 30 days before it."),
        "EOIR memorandum PM 25-21 (14 Feb 2025), which withdrew DM 22-04",
        gettext_noop("title, and practitioners’ notices of 2020 and 2025"),
        SECONDARY,
    ),
    _rule(
        "deadline-unrepresented",
        gettext_noop("The 30 days are taken as the safe date for people without a lawyer too."),
        "EOIR memoranda PM 21-18 and PM 25-21, read differently by practitioners",
        "text not reached",
        UNVERIFIED,
    ),
    _rule(
        "deadline-order",
        gettext_noop("The judge’s own date stands before every default; what comes late is deemed waived."),
        "8 CFR 1003.31(h)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "deadline-detained",
        gettext_noop("For someone detained the court sets the date; there is no default."),
        "Immigration Court Practice Manual 3.1(b)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "deadline-master",
        gettext_noop(
            "Before a master calendar hearing: 15 days if a ruling is wanted there; a response within 10 days of "
            "filing."
        ),
        "Immigration Court Practice Manual 3.1(b)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "deadline-rebuttal",
        gettext_noop("Evidence only for rebuttal or impeachment lies outside the advance deadline."),
        "Immigration Court Practice Manual 3.1(b)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "deadline-counting",
        gettext_noop(
            "Calendar days, the hearing being day 0; receipt counts. The safe date is the last business day before."
        ),
        "Immigration Court Practice Manual 3.1(a), (c)",
        f"receipt: official copy; counting: {MANUAL_2020}",
        SECONDARY,
    ),
    _rule(
        "deadline-roll",
        gettext_noop("A date that falls on a weekend or a holiday is put off to the next business day."),
        "Immigration Court Practice Manual 3.1(c)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "deadline-outage",
        gettext_noop(
            "An unplanned outage on the last day extends the time to the first day of access that is no weekend or "
            "holiday."
        ),
        "8 CFR 1003.31(b)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "file-size",
        gettext_noop("One document weighs 25 MB or less; a larger one is split."),
        "EOIR electronic filing pages and Case Portal guidelines",
        gettext_noop("mirror, undated; a second reading of 2 Oct 2026"),
        SECONDARY,
    ),
    _rule(
        "file-parts",
        "Parts are numbered in order in their names; different kinds of document are not merged in one file.",
        "Case Portal guidelines",
        "mirror, undated",
        SECONDARY,
    ),
    _rule(
        "file-format",
        gettext_noop("PDF; scans at 300 dots per inch or more."),
        "EOIR electronic filing page",
        gettext_noop("second-hand reading of 2 Oct 2026"),
        SECONDARY,
    ),
    _rule(
        "file-name",
        "File names hold letters, digits and underscores only.",
        "A developer’s report from use of the system",
        "2026",
        SECONDARY,
    ),
    _rule(
        "bookmarks",
        "No rule on bookmarks, page caps or text recognition was found; bookmarks are made.",
        "ECAS User Manual",
        "25 Sep 2022, opening only",
        UNVERIFIED,
    ),
    _rule(
        "cover",
        gettext_noop(
            "The cover shows the filer at the top left, detention at the top right, the court, the respondent’s full "
            "name, A-number, proceeding, judge, next hearing and the title of the filing."
        ),
        "Immigration Court Practice Manual 3.3(c)(vi) and its sample",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "order",
        "Appearance form if due, cover page, table of contents, exhibits, proof of service.",
        "Immigration Court Practice Manual 3.3(c)",
        f"{MANUAL_2020}; seen for motions only",
        UNVERIFIED,
    ),
    _rule(
        "pagination",
        "One consecutive run of numbers, bottom centre or bottom right, from the cover on.",
        "Immigration Court Practice Manual 3.3(c)",
        "practitioners’ use",
        UNVERIFIED,
    ),
    _rule(
        "tabs",
        "Respondents use letters, the government numbers; a separator page stands before each exhibit.",
        "Practitioners’ guides",
        "2026 and older",
        SECONDARY,
    ),
    _rule(
        "type",
        "Readable 12-point type of the Times kind on pages that we generate.",
        "Immigration Court Practice Manual 3.3(c)(v), (vii)",
        MANUAL_2020,
        SECONDARY,
    ),
    _rule(
        "source-materials",
        gettext_noop(
            "Published material shows its precise title, date, page numbers, masthead and full web address, with the "
            "pertinent passages highlighted."
        ),
        "Immigration Court Practice Manual 3.3(e)",
        gettext_noop("text not reached"),
        UNVERIFIED,
    ),
    _rule(
        "page-limit",
        "No limit on the pages of exhibits was found; a judge may order one.",
        "None found",
        "not a text",
        UNVERIFIED,
    ),
    _rule(
        "reliance",
        "Material of US agencies may be relied on; that of foreign governments and NGOs where credible and probative.",
        "8 CFR 1208.12(a)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "background",
        gettext_noop("General country information, where it exists, is put in the record, with its source."),
        "Matter of S-M-J- (BIA 1997)",
        gettext_noop("headnotes, mirror"),
        OFFICIAL,
    ),
    _rule(
        "weak-sources",
        gettext_noop("An open encyclopaedia that anyone can edit has almost no weight as evidence."),
        "Matter of L-A-C- (BIA 2015)",
        gettext_noop("practitioner’s note"),
        SECONDARY,
    ),
)

TRANSLATION = Certificate(
    title="Certificate of Translation",
    wording=(
        "I, {translator}, certify that I am competent to translate from {language} into {into}, and that the "
        "translation of each document named below is true and accurate to the best of my abilities.",
    ),
    asks=("name", "address", "telephone"),
    rule="translation-certificate",
)
INTERPRETATION = Certificate(
    title="Certificate of Interpretation",
    wording=(
        "I, {interpreter}, certify that I am competent to interpret between English and {language}, and that I read "
        "each document named below, in {language}, to the person who signed it, before it was signed. That person told "
        "me that they understood it before they signed.",
    ),
    asks=("name",),
    rule="interpretation",
)
SERVICE = Service(
    title="Proof of Service",
    wording="On the date stated below, a copy of this filing, “{title}”, with all its exhibits, was served on:",
    rule="service-contents",
)

FORUM = Forum(
    key="eoir",
    name=gettext_noop("Immigration court (EOIR)"),
    paper_width_mm=215.9,
    paper_height_mm=279.4,
    tab_scheme="letters",
    tab_word="Tab",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Filed by"),
        gettext_noop("Detention status"),
        gettext_noop("Court"),
        gettext_noop("Respondent"),
        gettext_noop("A-number"),
        gettext_noop("Proceeding"),
        gettext_noop("Immigration judge"),
        gettext_noop("Next hearing"),
    ),
    required_cover_fields=("Court", "Respondent", "A-number", "Next hearing"),
    cover_slots=(
        ("Filed by", "top-left"),
        ("Detention status", "top-right"),
        ("Court", "court"),
        ("Respondent", "matter"),
        ("A-number", "number"),
    ),
    court_heading=(
        "United States Department of Justice",
        "Executive Office for Immigration Review",
        "Immigration Court",
    ),
    index_title="Index of Country Conditions Evidence",
    date_order="month first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_]+\.pdf$",
    volume_bytes_limit=25_000_000,
    volume_bytes_target=24_000_000,
    file_names=FileNames(template="{reference}_{type}", part="_Part{volume}", rule="file-parts"),
    page_fit="paper",
    cite_form="Ex. {tab} at {page}",
    image_dpi_min=300,
    deadlines=(
        Deadline("hearing", -30, "deadline-merits", only="not detained"),
        Deadline("hearing", None, "deadline-detained", only="detained"),
        Deadline("hearing", -15, "deadline-master", only="master calendar"),
        Deadline("other side's filing", 10, "deadline-master", only="master calendar answer"),
    ),
    counting=Counting("deadline-counting", "deadline-order", "deadline-outage", "deadline-roll"),
    channels=(
        Channel("electronic", gettext_noop("ECAS, the court’s electronic system"), False, "service-electronic"),
        Channel("paper", gettext_noop("on paper"), True, "service-paper"),
    ),
    translation=TRANSLATION,
    interpretation=INTERPRETATION,
    service=SERVICE,
    back=("translation", "interpretation", "records", "service"),
    rules=RULES,
)
