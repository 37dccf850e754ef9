"""United Kingdom, Upper Tribunal (Immigration and Asylum Chamber).

Facts as compiled on 22 November 2026 from stored copies of public pages; each rule says which version was seen.
A lawyer re-reads a rule at its source before relying on it.
"""

from dataclasses import replace

from django.utils.translation import gettext_noop

from caseapp.forums.papers import Channel
from caseapp.forums.profile import OFFICIAL, UNVERIFIED, FileNames, Forum, rules_of
from caseapp.forums.uk_ftt import SCHEDULE, TRANSLATION

READ_ON = "2026-11-22"
DIRECTION = "Practice Direction on electronic filing (CE-File)"
VERSION = gettext_noop("31 Aug 2023")

_rule = rules_of("uk_ut", read_on=READ_ON)

RULES = (
    _rule(
        "channel",
        gettext_noop("Represented parties file through CE-File, from 1 September 2023."),
        DIRECTION,
        VERSION,
        OFFICIAL,
    ),
    _rule(
        "file-size",
        gettext_noop("One copy, as PDF, of 50 MB at most or whatever other limit is set; draft orders as Word files."),
        "Practice Direction on electronic filing (CE-File), paragraph 5",
        VERSION,
        OFFICIAL,
    ),
    _rule(
        "file-name",
        "Files are labelled by type and numbered in sequence.",
        f"{DIRECTION}, paragraph 5(d)",
        VERSION,
        OFFICIAL,
    ),
    _rule(
        "bundle",
        "Bundles follow the guidance of the Chamber’s President.",
        f"{DIRECTION}, paragraph 6",
        VERSION,
        OFFICIAL,
    ),
    _rule(
        "bundle-content",
        gettext_noop(
            "Until that guidance is reached, bundles are made as for the First-tier Tribunal and by the general "
            "guidance on electronic bundles of 2021."
        ),
        "Guidance of the Chamber’s President",
        gettext_noop("text not reached"),
        UNVERIFIED,
    ),
)

FORUM = Forum(
    key="uk_ut",
    name=gettext_noop("UK Upper Tribunal, Immigration and Asylum"),
    paper_width_mm=210,
    paper_height_mm=297,
    tab_scheme="numbers",
    tab_word="Item",
    stamp_position="bottom-center",
    stamp_prefix="",
    cover_fields=(
        gettext_noop("Submitted by"),
        gettext_noop("Hearing centre"),
        gettext_noop("Claimant"),
        gettext_noop("Tribunal reference"),
        gettext_noop("Hearing"),
    ),
    required_cover_fields=("Claimant", "Tribunal reference"),
    cover_slots=(
        ("Submitted by", "top-left"),
        ("Hearing centre", "court"),
        ("Claimant", "matter"),
        ("Tribunal reference", "number"),
    ),
    court_heading=("Upper Tribunal", "Immigration and Asylum Chamber"),
    # Either side may be the appellant here, so the cover names the two without their roles.
    matter_heading="Between:",
    other_party_heading="and",
    other_party="The Secretary of State for the Home Department",
    index_title="Index of Country Evidence",
    date_order="day first",
    body_size_pt=12,
    line_height=1.5,
    file_name_pattern=r"^[A-Za-z0-9_-]+\.pdf$",
    volume_bytes_limit=50_000_000,
    volume_bytes_target=49_000_000,
    page_fit="paper",
    opening="first page at 100 %",
    citation_style="oscola",
    cite_form="Item {tab} at {page}",
    image_dpi_max=300,
    file_names=FileNames(
        template="{sequence:02}_{type}_{reference}", part="_Part{volume}", type="Evidence_Bundle", rule="file-name"
    ),
    schedule=replace(SCHEDULE, rule="bundle-content"),
    channels=(
        Channel("electronic", gettext_noop("CE-File"), False, "channel"),
        Channel("paper", gettext_noop("on paper"), False, "channel"),
    ),
    translation=replace(TRANSLATION, rule="bundle-content"),
    rules=RULES,
)
