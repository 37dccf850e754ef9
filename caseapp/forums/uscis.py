"""United States Citizenship and Immigration Services: affirmative asylum, before the asylum office.

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it.
"""

from django.utils.translation import gettext_noop

from caseapp.forums.limits import Counting, Deadline
from caseapp.forums.papers import Certificate, Channel
from caseapp.forums.profile import OFFICIAL, SECONDARY, UNVERIFIED, FileNames, Forum, rules_of

READ_ON = "2026-11-22"
UPLOAD_PAGE = "USCIS page of advice for filing forms online"
OLD_COPIES = "old official copies, undated"

_rule = rules_of("uscis", read_on=READ_ON)

RULES = (
    _rule(
        "deadline",
        gettext_noop(
            "Documents come in at least 14 calendar days before the interview. The officer may take later ones or give "
            "a little more time, which counts as the applicant’s delay."
        ),
        "8 CFR 208.9(e)(1)",
        gettext_noop("eCFR as of 2026-01-01"),
        OFFICIAL,
    ),
    _rule(
        "deadline-practice",
        gettext_noop(
            "Offices are said to want evidence about a week before the interview. Fourteen days is the safe date, and "
            "the date in the notice stands before both."
        ),
        "A practitioner’s column of 14 May 2025",
        gettext_noop("2025"),
        SECONDARY,
    ),
    _rule(
        "translation",
        gettext_noop(
            "A document in another language comes with a full English translation; the translator certifies that it is "
            "complete and accurate, and that they are competent to translate."
        ),
        "8 CFR 103.2(b)(3)",
        gettext_noop("public mirror of the eCFR, 2026"),
        OFFICIAL,
    ),
    _rule(
        "file-size-older",
        "One uploaded file weighs 6 MB or less, on older pages.",
        UPLOAD_PAGE,
        OLD_COPIES,
        OFFICIAL,
    ),
    _rule(
        "file-size",
        gettext_noop("One uploaded file weighs 12 MB or less; older official pages said 6 MB."),
        "Guidance by others for online filing",
        gettext_noop("undated"),
        SECONDARY,
    ),
    _rule(
        "file-format",
        "PDF, JPEG or TIFF is uploaded.",
        UPLOAD_PAGE,
        OLD_COPIES,
        OFFICIAL,
    ),
    _rule(
        "file-other",
        "No rule on encryption, file names or a number of pages was found; files are never encrypted.",
        "None found",
        "not a text",
        UNVERIFIED,
    ),
    _rule(
        "paper-filing",
        gettext_noop(
            "What is filed on paper is scanned: no punched holes, staples, clips, binding, sticky notes or insertable "
            "tabs."
        ),
        "USCIS alert of 16 Nov 2022",
        gettext_noop("newspaper column, December 2022"),
        SECONDARY,
    ),
    _rule(
        "court-standard",
        "Packets for the asylum office are made to the rules of the immigration court, where the case may go next.",
        "A practitioners’ forum",
        "older",
        SECONDARY,
    ),
)

FORUM = Forum(
    key="uscis",
    name=gettext_noop("Asylum office (USCIS)"),
    paper_width_mm=215.9,
    paper_height_mm=279.4,
    tab_scheme="letters",
    tab_word="Exhibit",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Submitted by"),
        gettext_noop("Asylum office"),
        gettext_noop("Applicant"),
        gettext_noop("A-number"),
        gettext_noop("Interview"),
    ),
    required_cover_fields=("Applicant", "A-number"),
    cover_slots=(
        ("Submitted by", "top-left"),
        ("Asylum office", "court"),
        ("Applicant", "matter"),
        ("A-number", "number"),
    ),
    court_heading=(
        "United States Department of Homeland Security",
        "U.S. Citizenship and Immigration Services",
    ),
    matter_heading="Applicant for asylum:",
    index_title="Index of Country Conditions Evidence",
    date_order="month first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_-]+\.pdf$",
    volume_bytes_limit=12_000_000,
    volume_bytes_target=11_500_000,
    volume_bytes_presets=(11_500_000, 5_700_000),
    page_fit="paper",
    cite_form="Ex. {tab} at {page}",
    file_names=FileNames(template="{reference}_{type}", part="_Part{volume}"),
    deadlines=(Deadline("hearing", -14, "deadline"), Deadline("hearing", -7, "deadline-practice")),
    counting=Counting(order_rule="deadline-practice"),
    channels=(
        Channel("electronic", gettext_noop("uploaded"), False, "file-format"),
        Channel("paper", gettext_noop("on paper"), False, "paper-filing"),
    ),
    translation=Certificate(
        title="Certificate of Translation",
        wording=(
            "I, {translator}, certify that I am competent to translate from {language} into {into}, and that the "
            "translation of each document named below is complete and accurate.",
        ),
        asks=("name",),
        rule="translation",
    ),
    back=("translation", "interpretation", "records", "service"),
    rules=RULES,
)
