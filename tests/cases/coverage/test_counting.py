from random import Random

import pytest

from caseapp.cases.coverage.changes import changes_between
from caseapp.cases.coverage.counting import Gap, Note, count_rows
from caseapp.cases.coverage.passages import COLUMNS, Passage, loose, place_of, within
from caseapp.cases.elements import Element, elements_of
from caseapp.forums.profile import OFFICIAL

HARM = Element("harm", "harm", "Harm", "§ 1", OFFICIAL)
ON_DUTY = Element("on-duty", "on duty", "On duty", "§ 1", OFFICIAL, "harm", is_point=True)
GROUP = Element("group", "group", "Group", "§ 2", OFFICIAL)
FIRST = Element("first", "first", "First", "§ 2", OFFICIAL, "group")
SECOND = Element("second", "second", "Second", "§ 2", OFFICIAL, "group")
BARS = Element("bars", "bars", "Bars", "§ 3", OFFICIAL)
ABUSES = Element("abuses", "abuses", "Abuses", "§ 3", OFFICIAL, "bars", is_point=True, cuts_against=True)
ELEMENTS = (HARM, ON_DUTY, GROUP, FIRST, SECOND, BARS, ABUSES)


def passage(number: int, *elements: str, state: str = "approved", family: str = "", **fields: object) -> Passage:
    told = {
        "kind": "news",
        "published_on": "2026",
        "is_adverse": False,
        "is_answered": False,
        "source": number,
    } | fields
    return Passage(
        pk=number,
        excerpt=number,
        state=state,
        family=family or f"source-{number}",
        elements=frozenset(elements),
        **told,
    )


def rows_of(*passages: Passage, **also: object) -> dict:
    return {row.element.key: row for top in count_rows(ELEMENTS, passages, **also) for row in top.walk()}


def test_what_is_approved_counts_its_sources_origins_kinds_and_newest_date():
    row = rows_of(
        passage(1, "harm", source=1, family="origin-1", published_on="2024-05"),
        passage(2, "harm", source=1, family="origin-1", published_on="2024-05"),
        passage(3, "harm", source=2, family="origin-1", kind="ngo", published_on="2025"),
        passage(4, "on-duty", source=3, published_on="2026-01-02"),
        passage(5, "harm", state="checked", source=9, published_on="2026-11"),
        passage(6, "harm", state="proposed", source=10),
    )["harm"]
    assert (row.proposed, row.checked, row.approved, row.sources, row.independent) == (1, 1, 4, 3, 2)
    assert row.kinds == (("news", 2), ("ngo", 1))
    assert row.newest == "2026-01-02"
    assert row.gaps == ()


def test_what_cuts_against_us_is_counted_apart():
    rows = rows_of(
        passage(1, "harm", is_adverse=True, is_answered=True),
        passage(2, "harm", against=frozenset({"harm"})),
        passage(3, "harm"),
        passage(4, "abuses"),
    )
    harm = rows["harm"]
    assert (harm.approved, harm.adverse, harm.answered, harm.unanswered) == (1, 2, 1, 1)
    assert (rows["bars"].approved, rows["bars"].adverse) == (0, 1)
    assert (rows["abuses"].approved, rows["abuses"].adverse) == (0, 1)


@pytest.mark.parametrize(
    ("passages", "gaps"),
    [
        ([], (Gap.NOTHING,)),
        ([passage(1, "harm", is_adverse=True)], (Gap.NOTHING,)),
        ([passage(1, "harm", state="checked")], (Gap.NOT_APPROVED,)),
        ([passage(1, "harm"), passage(2, "harm", family="source-1")], (Gap.ONE_ORIGIN,)),
        (
            [passage(1, "harm", stale_for=frozenset({"harm"})), passage(2, "harm", stale_for=frozenset({"harm"}))],
            (Gap.ONLY_STALE,),
        ),
        ([passage(1, "harm", stale_for=frozenset({"harm"}))], (Gap.ONE_ORIGIN, Gap.ONLY_STALE)),
        ([passage(1, "harm", stale_for=frozenset({"harm"})), passage(2, "harm")], ()),
    ],
)
def test_what_is_a_gap(passages, gaps):
    assert rows_of(*passages)["harm"].gaps == gaps


def test_points_are_no_gaps_and_a_group_lacks_what_its_parts_lack():
    rows = rows_of(passage(1, "first"), passage(2, "first"))
    assert (rows["on-duty"].gaps, rows["group"].gaps, rows["first"].gaps) == ((), (), ())
    assert (rows["second"].gaps, rows["group"].is_gap, rows["group"].is_open) == ((Gap.NOTHING,), True, True)
    assert rows["harm"].empty_points == 1


def test_an_explanation_holds_for_the_parts_too():
    rows = rows_of(notes={"group": Note("group", "Not disputed.", "Lena", "today")})
    assert (rows["group"].is_gap, rows["group"].is_open) == (True, False)
    assert rows["first"].note.words == "Not disputed."
    assert rows["harm"].is_open


def test_open_gaps_stand_first_then_explained_ones_then_what_is_shown():
    shown = [passage(1, "harm"), passage(2, "harm")]
    notes = {"group": Note("group", "Not disputed.", "Lena", "today")}
    assert [row.element.key for row in count_rows(ELEMENTS, shown, notes)] == ["bars", "group", "harm"]


def test_what_goes_to_nothing_is_not_lost():
    lost = passage(2, "elsewhere")
    assert loose([passage(1, "harm"), lost, passage(3)], {"harm"}) == [lost, passage(3)]


US = elements_of("eoir")


@pytest.mark.parametrize("seed", range(5))
def test_every_number_is_the_length_of_the_list_that_it_opens(seed):
    chance = Random(seed)
    passages = [
        passage(
            number,
            *chance.sample([element.key for element in US], 2),
            state=chance.choice(["proposed", "checked", "approved"]),
            is_adverse=chance.random() < 0.3,
            is_answered=chance.random() < 0.5,
        )
        for number in range(40)
    ]
    for top in count_rows(US, passages):
        for row in top.walk():
            for column in COLUMNS:
                if column not in {"all", "unanswered"}:
                    assert getattr(row, column) == len(within(passages, place_of(row.element, US), column))


def test_what_changed_is_told_once():
    changes = changes_between(
        then={1: "approved", 2: "proposed", 3: "approved", 4: "checked"},
        gaps_then={"harm", "group"},
        now=[passage(1, "harm"), passage(2, "harm"), passage(3, "harm", state="proposed"), passage(5, "harm")],
        gaps_now=["group", "bars"],
    )
    assert (changes.added, changes.approved, changes.lost_approval, changes.taken_out) == ((5,), (2,), (3,), 1)
    assert (changes.opened, changes.closed) == (("bars",), ("harm",))
    assert changes
    assert not changes_between(then={1: "approved"}, gaps_then=set(), now=[passage(1, "harm")], gaps_now=[])
