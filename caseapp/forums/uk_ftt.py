"""United Kingdom, First-tier Tribunal (Immigration and Asylum Chamber).

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it.
"""

from django.utils.translation import gettext_noop

from caseapp.forums.limits import Counting, Deadline, PageLimit, Schedule
from caseapp.forums.papers import Certificate, Channel
from caseapp.forums.profile import SECONDARY, UNVERIFIED, FileNames, Forum, rules_of

READ_ON = "2026-11-22"
DIRECTION = "Practice Direction of the Chamber"
IN_FORCE = gettext_noop("in force from 1 Nov 2024, as practitioners quote it")
GUIDE = "Best Practice Guide to Asylum and Human Rights Appeals, chapter 27"
SUPERSEDED = gettext_noop("older practice direction, replaced since")

_rule = rules_of("uk_ftt", read_on=READ_ON)

RULES = (
    _rule(
        "direction",
        "The Chamber’s Practice Direction in force from 1 November 2024 governs; it replaced that of 13 May 2022.",
        DIRECTION,
        "practitioners’ reports of November 2024",
        SECONDARY,
    ),
    _rule(
        "schedule",
        gettext_noop(
            "Whoever relies on country guidance or other background material files a schedule of it in the bundle: by "
            "disputed issue, with paragraph numbers or extracts and a link to each document."
        ),
        "Practice Direction of the Chamber, 10.6",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "schedule-length",
        gettext_noop("The schedule has 12 pages at most, unless the Tribunal has allowed more in writing."),
        f"{DIRECTION}, 10.6",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "type",
        "Documents with a limit of pages are set in 12-point type or larger, with one and a half line spacing.",
        f"{DIRECTION}, 1.6",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "page-limits",
        gettext_noop("Skeleton argument 12 pages, respondent’s review 6, expert report 20."),
        f"{DIRECTION}, 7.6, 7.7, 7.11 and 9.2",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "bundle",
        "The bundle is digital, indexed, bookmarked and numbered throughout, on A4, typed text readable by machine, "
        "and holds only what there is good reason to think relevant.",
        f"{DIRECTION}, 7.1 and 7.2",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "later-evidence",
        gettext_noop(
            "What comes after the respondent’s review comes as a bundle, labelled supplementary with date and number, "
            "and with a written reason for its lateness."
        ),
        f"{DIRECTION}, 7.13",
        IN_FORCE,
        SECONDARY,
    ),
    _rule(
        "deadline-bundle",
        gettext_noop(
            "The bundle is due 28 days after the respondent’s bundle or 42 days after lodging, whichever is later; the "
            "directions in the case stand before this."
        ),
        GUIDE,
        "1 Aug 2023, before the present Practice Direction",
        SECONDARY,
    ),
    _rule(
        "translation",
        gettext_noop(
            "A translation is typed, signed, certified as accurate and placed beside the original, and says who the "
            "translator is and what qualifies them."
        ),
        GUIDE,
        SUPERSEDED,
        SECONDARY,
    ),
    _rule(
        "pinpoints",
        gettext_noop("In a long document the passages relied on are highlighted or pointed to."),
        GUIDE,
        SUPERSEDED,
        SECONDARY,
    ),
    _rule(
        "duplicates",
        gettext_noop("What is in the Home Office bundle is not filed again."),
        GUIDE,
        "2023",
        SECONDARY,
    ),
    _rule(
        "sections",
        gettext_noop("Personal evidence stands apart from background evidence."),
        GUIDE,
        gettext_noop("2023"),
        SECONDARY,
    ),
    _rule(
        "upload",
        "No rule on the size or format of an uploaded file was found.",
        "None found",
        "not a text",
        UNVERIFIED,
    ),
    _rule(
        "electronic-bundle",
        gettext_noop(
            "Machine numbers from 1 on the very first page, so that number and page of the file agree; linked index; "
            "bookmarks; readable text; pages upright; opened at full size; 300 dots per inch at most."
        ),
        "Judges’ general guidance on electronic bundles, 2021, made for courts",
        gettext_noop("through practitioners’ reports"),
        SECONDARY,
    ),
)

SCHEDULE = Schedule(
    title="Country Information Evidence Schedule", pages=12, type_pt=12, line_height=1.5, rule="schedule-length"
)
TRANSLATION = Certificate(
    title="Translator’s Certificate",
    wording=(
        "I, {translator}, certify that the translation of each document named below, from {language} into {into}, is "
        "an accurate translation of the original.",
        "My qualifications are: {qualification}",
    ),
    asks=("name", "qualification"),
    rule="translation",
)

FORUM = Forum(
    key="uk_ftt",
    name=gettext_noop("UK First-tier Tribunal, Immigration and Asylum"),
    paper_width_mm=210,
    paper_height_mm=297,
    tab_scheme="numbers",
    tab_word="Item",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Submitted by"),
        gettext_noop("Hearing centre"),
        gettext_noop("Appellant"),
        gettext_noop("Tribunal reference"),
        gettext_noop("Hearing"),
    ),
    required_cover_fields=("Appellant", "Tribunal reference"),
    cover_slots=(
        ("Submitted by", "top-left"),
        ("Hearing centre", "court"),
        ("Appellant", "matter"),
        ("Tribunal reference", "number"),
    ),
    court_heading=("First-tier Tribunal", "Immigration and Asylum Chamber"),
    matter_heading="Appellant:",
    other_party_heading="Respondent:",
    other_party="The Secretary of State for the Home Department",
    index_title="Index of Country Evidence",
    date_order="day first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_-]+\.pdf$",
    volume_bytes_limit=None,
    page_fit="paper",
    opening="first page at 100 %",
    citation_style="oscola",
    cite_form="Item {tab} at {page}",
    image_dpi_max=300,
    file_names=FileNames(template="{reference}_{type}", part="_Part{volume}", type="Evidence_Bundle"),
    schedule=SCHEDULE,
    page_limits=(
        PageLimit("skeleton", 12, "page-limits"),
        PageLimit("review", 6, "page-limits"),
        PageLimit("expert", 20, "page-limits"),
    ),
    deadlines=(
        Deadline("other side's bundle", 28, "deadline-bundle", latest=True),
        Deadline("lodging", 42, "deadline-bundle", latest=True),
    ),
    counting=Counting(order_rule="deadline-bundle"),
    channels=(
        Channel("electronic", gettext_noop("the Tribunal’s online service"), False, "bundle"),
        Channel("paper", gettext_noop("on paper"), False, ""),
    ),
    translation=TRANSLATION,
    rules=RULES,
)
