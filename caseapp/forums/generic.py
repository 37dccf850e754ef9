"""Any body without a profile of its own: US letter, lettered tabs, numbers at the bottom centre."""

from django.utils.translation import gettext_noop

from caseapp.forums.papers import Channel
from caseapp.forums.profile import UNVERIFIED, Forum, Rule

READ_ON = "2026-11-22"

FORUM = Forum(
    key="generic",
    name=gettext_noop("General filing, US letter"),
    paper_width_mm=215.9,
    paper_height_mm=279.4,
    tab_scheme="letters",
    tab_word="Tab",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Submitted by"),
        gettext_noop("Submitted to"),
        gettext_noop("In the matter of"),
        gettext_noop("File number"),
        gettext_noop("Date"),
    ),
    required_cover_fields=("In the matter of",),
    cover_slots=(
        ("Submitted by", "top-left"),
        ("Submitted to", "court"),
        ("In the matter of", "matter"),
        ("File number", "number"),
    ),
    court_heading=(),
    index_title="Index of Evidence",
    date_order="month first",
    body_size_pt=11.5,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_-]+\.pdf$",
    volume_bytes_limit=None,
    page_fit="as-is",
    cite_form="Ex. {tab} at {page}",
    channels=(
        Channel("electronic", gettext_noop("electronically"), False, ""),
        Channel("paper", gettext_noop("on paper"), False, ""),
    ),
    rules=(
        Rule(
            id="generic.pagination",
            text="Every page carries one running number, equal to its place in the file.",
            citation="General practice",
            seen="not a text",
            read_on=READ_ON,
            grade=UNVERIFIED,
        ),
        Rule(
            id="generic.index",
            text="An index lists every exhibit with its page.",
            citation="General practice",
            seen="not a text",
            read_on=READ_ON,
            grade=UNVERIFIED,
        ),
    ),
)
