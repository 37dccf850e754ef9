import pytest

from caseapp.audit.models import Event
from caseapp.library.models import ThemeExample
from caseapp.library.services.definitions import RuleTaken, add_rule, pin_example, remove_rule, unpin_example
from caseapp.library.suggesting.rules import UnusableRule
from tests.library.conftest import NOW


def test_a_passage_is_pinned_as_an_example_once(source, quote, caseworker, killings):
    excerpt = quote(source.capture, "The officer was on leave", killings)
    pin_example(by=caseworker, theme=killings, excerpt=excerpt, belongs=True, now=NOW)
    pin_example(by=caseworker, theme=killings, excerpt=excerpt, belongs=False, now=NOW)
    example = ThemeExample.objects.get()
    assert (example.belongs, example.pinned_by, example.pinned_at) == (False, caseworker, NOW)
    unpin_example(by=caseworker, theme=killings, excerpt=excerpt)
    unpin_example(by=caseworker, theme=killings, excerpt=excerpt)
    assert not ThemeExample.objects.exists()
    actions = [event.action for event in Event.objects.filter(subject_type="theme").order_by("pk")]
    assert actions == ["theme.example_pinned", "theme.example_unpinned"]


def test_a_rule_stands_once(weapons, killings):
    rule = add_rule(by=None, theme=weapons, kind="pattern", text=" off   duty near/5  kill* ", now=NOW)
    assert rule.text == "off duty near/5 kill*"
    with pytest.raises(RuleTaken):
        add_rule(by=None, theme=weapons, kind="pattern", text="off duty near/5 kill*", now=NOW)
    add_rule(by=None, theme=killings, kind="pattern", text="off duty near/5 kill*", now=NOW)
    remove_rule(by=None, rule=rule)
    assert list(weapons.rules.all()) == []


def test_what_makes_no_rule_is_refused(weapons):
    with pytest.raises(UnusableRule):
        add_rule(by=None, theme=weapons, kind="pattern", text="near/5", now=NOW)
    assert not Event.objects.exists()
