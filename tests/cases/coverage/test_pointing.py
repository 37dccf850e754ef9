from caseapp.cases.coverage.pointing import (
    Ruling,
    ThemeFacts,
    elements_of_passage,
    months_for,
    rulings_for,
    themes_to_elements,
)

TOP, BELOW, OTHER = 1, 2, 3
THEMES = {TOP: ThemeFacts(None, None), BELOW: ThemeFacts(TOP, 12), OTHER: ThemeFacts(None, 36)}


def test_a_theme_of_which_nothing_is_said_follows_the_one_above():
    assert themes_to_elements(THEMES, [(TOP, "harm")]) == {
        TOP: frozenset({"harm"}),
        BELOW: frozenset({"harm"}),
        OTHER: frozenset(),
    }
    assert themes_to_elements(THEMES, [(TOP, "harm"), (BELOW, "nexus")])[BELOW] == {"nexus"}


def test_a_case_rules_over_the_office_and_themes_below_follow():
    rulings = [Ruling(TOP, "harm", False), Ruling(TOP, "state", True)]
    goes_to = themes_to_elements(THEMES, [(TOP, "harm"), (TOP, "nexus")], rulings)
    assert goes_to[TOP] == goes_to[BELOW] == {"nexus", "state"}


def test_rulings_say_only_what_differs_from_the_office():
    assert rulings_for({"harm", "nexus"}, ["nexus", "state"], ["harm", "nexus", "state", "fear"], theme=TOP) == [
        Ruling(TOP, "harm", False),
        Ruling(TOP, "state", True),
    ]


def test_a_passage_goes_where_it_was_pointed_else_where_statements_go_else_where_themes_do():
    goes_to = {TOP: frozenset({"harm"}), OTHER: frozenset({"state"})}
    assert elements_of_passage(["fear"], ["nexus"], [TOP], goes_to) == {"fear"}
    assert elements_of_passage([], ["nexus"], [TOP], goes_to) == {"nexus"}
    assert elements_of_passage([], [], [TOP, OTHER, 99], goes_to) == {"harm", "state"}
    assert elements_of_passage([], [], [], goes_to) == frozenset()


def test_a_passage_grows_old_by_the_themes_that_lead_to_the_element():
    goes_to = {BELOW: frozenset({"harm"}), OTHER: frozenset({"state"})}
    assert months_for("harm", [BELOW, OTHER], THEMES, goes_to) == 12
    assert months_for("state", [BELOW, OTHER], THEMES, goes_to) == 36
    assert months_for("fear", [BELOW, OTHER], THEMES, goes_to) == 12
    assert months_for("fear", [TOP], THEMES, goes_to) is None
