"""United States Board of Immigration Appeals.

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it.
"""

from dataclasses import replace

from django.utils.translation import gettext_noop

from caseapp.forums import eoir
from caseapp.forums.limits import Deadline
from caseapp.forums.papers import Channel
from caseapp.forums.profile import OFFICIAL, SECONDARY, FileNames, Forum, rules_of

READ_ON = "2026-11-22"
ECFR = gettext_noop("eCFR as of 2026-01-01")
MANUAL = gettext_noop("undated official copy")
NOTICES_2026 = "practitioners’ notices of February 2026; what became of the rule since was not seen"

_rule = rules_of("bia", read_on=READ_ON)

RULES = (
    _rule(
        "new-evidence",
        gettext_noop(
            "The Board finds no new facts. It may notice what is commonly known, such as current events and official "
            "documents; other new evidence may be treated as a motion to send the case back."
        ),
        "8 CFR 1003.1(d)(3)(iv)",
        gettext_noop("eCFR as of 2026-01-01, before the rule of 2026"),
        OFFICIAL,
    ),
    _rule(
        "translation",
        gettext_noop("What is filed is in English or comes with a certified translation."),
        "Board Practice Manual 3.3(a); 8 CFR 1003.2(g)",
        MANUAL,
        OFFICIAL,
    ),
    _rule(
        "signature",
        gettext_noop("A filing is signed."),
        "Board Practice Manual 3.3(b)",
        MANUAL,
        OFFICIAL,
    ),
    _rule(
        "service",
        gettext_noop("A filing says that it was served on the other party."),
        "8 CFR 1003.2(g)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "deadline-appeal",
        gettext_noop("A notice of appeal is received within 30 calendar days, in the text of January 2026."),
        "8 CFR 1003.38(b)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "deadline-appeal-2026",
        gettext_noop(
            "From 9 March 2026 an interim rule cuts most appeals to 10 days, with exceptions in asylum; it is "
            "challenged in court. Ten days is the safe date until the law is confirmed."
        ),
        "Interim final rule of 6 Feb 2026",
        NOTICES_2026,
        SECONDARY,
    ),
    _rule(
        "deadline-brief",
        gettext_noop("A brief is due within 21 days, in the text of January 2026."),
        "8 CFR 1003.3(c)",
        ECFR,
        OFFICIAL,
    ),
    _rule(
        "deadline-brief-2026",
        gettext_noop("The interim rule is reported to give both sides the same 20 days, and no replies."),
        "Interim final rule of 6 Feb 2026",
        NOTICES_2026,
        SECONDARY,
    ),
    _rule(
        "citing",
        "Citations broadly follow the Bluebook; the Board’s own examples are welcome, not required; italics rather "
        "than underlining.",
        "Practice manuals, shared Appendix I; Board Practice Manual 3.3(e), 4.6(d)",
        MANUAL,
        OFFICIAL,
    ),
)

FORUM = Forum(
    key="bia",
    name=gettext_noop("Board of Immigration Appeals (BIA)"),
    paper_width_mm=215.9,
    paper_height_mm=279.4,
    tab_scheme="letters",
    tab_word="Tab",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Filed by"),
        gettext_noop("Detention status"),
        gettext_noop("Respondent"),
        gettext_noop("A-number"),
        gettext_noop("Immigration court"),
        gettext_noop("Immigration judge"),
    ),
    required_cover_fields=("Filed by", "Respondent", "A-number"),
    cover_slots=(
        ("Filed by", "top-left"),
        ("Detention status", "top-right"),
        ("Respondent", "matter"),
        ("A-number", "number"),
    ),
    court_heading=(
        "United States Department of Justice",
        "Executive Office for Immigration Review",
        "Board of Immigration Appeals",
    ),
    index_title="Index of Evidence",
    date_order="month first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_]+\.pdf$",
    volume_bytes_limit=None,
    page_fit="paper",
    cite_form="Ex. {tab} at {page}",
    file_names=FileNames(template="{reference}_{type}", part="_Part{volume}"),
    deadlines=(
        Deadline("decision", 30, "deadline-appeal"),
        Deadline("decision", 10, "deadline-appeal-2026"),
        Deadline("briefing schedule", 21, "deadline-brief"),
        Deadline("briefing schedule", 20, "deadline-brief-2026"),
    ),
    channels=(
        Channel("electronic", gettext_noop("ECAS, the Board’s electronic system"), False, "service"),
        Channel("paper", gettext_noop("on paper"), True, "service"),
    ),
    translation=replace(eoir.TRANSLATION, rule="translation"),
    interpretation=replace(eoir.INTERPRETATION, rule="translation"),
    service=replace(eoir.SERVICE, rule="service"),
    back=("translation", "interpretation", "records", "service"),
    rules=RULES,
)
