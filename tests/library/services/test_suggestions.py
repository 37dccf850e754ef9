import pytest

from caseapp.audit.models import Event
from caseapp.library.models import Answer, Excerpt, Suggestion, Undo
from caseapp.library.services.definitions import add_rule
from caseapp.library.services.excerpts import ExcerptRefused, change_excerpt
from caseapp.library.services.suggestions import (
    accept_exact,
    accept_suggestion,
    refuse_suggestion,
    reopen_suggestion,
)
from caseapp.library.services.undoing import ChangedSince, undo
from tests.library.conftest import NOW


def place_of(capture, words: str) -> dict[str, int]:
    start = capture.text.index(words)
    return {"start": start, "end": start + len(words)}


RIFLE = "His rifle had stayed at the station, as the rule demands."


@pytest.fixture
def rule(weapons):
    return add_rule(by=None, theme=weapons, kind="word", text="rifle", now=NOW)


def test_accepting_tags_an_excerpt_beside_its_other_themes(source, quote, caseworker, lawyer, killings, weapons, rule):
    excerpt = quote(source.capture, RIFLE, killings)
    Excerpt.objects.update(checked_at=NOW, checked_by=caseworker, approved_at=NOW, approved_by=lawyer)
    place = place_of(source.capture, RIFLE)
    accept_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    changed = Excerpt.objects.get(pk=excerpt.pk)
    assert set(changed.themes.all()) == {killings, weapons}
    assert not changed.is_approved
    answered = Suggestion.objects.get()
    assert (answered.answer, answered.why) == (Answer.ACCEPTED, {"because": "rule", "words": ["rifle"]})
    assert answered.answered_by == caseworker
    event = Event.objects.get(action="suggestion.accepted")
    assert (event.subject_label, event.detail) == (source.title, {"theme": "Weapon rules"})


def test_accepting_makes_an_excerpt_of_a_paragraph(source, caseworker, weapons):
    place = place_of(source.capture, RIFLE)
    excerpt = accept_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    assert (excerpt.quote, list(excerpt.themes.all())) == (RIFLE, [weapons])


def test_what_cannot_be_quoted_is_not_accepted(source, caseworker, weapons):
    with pytest.raises(ExcerptRefused):
        accept_suggestion(by=caseworker, capture=source.capture, start=10**6, end=10**6 + 5, theme=weapons, now=NOW)
    assert not Suggestion.objects.exists()


def test_a_refusal_is_remembered_and_can_be_taken_back(source, caseworker, weapons, rule):
    place = place_of(source.capture, RIFLE)
    refused = refuse_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    again = refuse_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    assert (refused, again.answer) == (again, Answer.REFUSED)
    reopen_suggestion(by=caseworker, suggestion=again)
    assert not Suggestion.objects.exists()
    assert not Excerpt.objects.exists()


def test_many_at_once_only_where_there_is_nothing_to_weigh(source, quote, caseworker, killings, weapons, rule):
    rifle, officer = place_of(source.capture, RIFLE), place_of(source.capture, "The officer was on leave")
    chosen = [(source.capture, *rifle.values(), weapons), (source.capture, *officer.values(), killings)]
    count, deed = accept_exact(by=caseworker, chosen=chosen, now=NOW)
    assert (count, [excerpt.quote for excerpt in Excerpt.objects.all()]) == (1, [RIFLE])
    assert Suggestion.objects.count() == 1
    undo(by=caseworker, undo_id=deed.pk, now=NOW)
    assert not Suggestion.objects.exists()
    assert not Excerpt.objects.exists()
    assert list(Undo.objects.filter(part_of=None)) == [deed]


def test_an_answer_is_undone_with_the_tag_that_came_of_it(source, quote, caseworker, killings, weapons, rule):
    excerpt = quote(source.capture, RIFLE, killings)
    place = place_of(source.capture, RIFLE)
    accept_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    accepted = Undo.objects.get(part_of=None)
    undo(by=caseworker, undo_id=accepted.pk, now=NOW)
    assert list(excerpt.themes.all()) == [killings]
    refuse_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    undo(by=caseworker, undo_id=Undo.objects.first().pk, now=NOW)
    assert not Suggestion.objects.exists()
    accept_suggestion(by=caseworker, capture=source.capture, theme=weapons, now=NOW, **place)
    change_excerpt(by=caseworker, excerpt=excerpt, themes=[], note="", is_adverse=False, version=4, now=NOW)
    with pytest.raises(ChangedSince):
        undo(by=caseworker, undo_id=Undo.objects.filter(kind="suggestion.answered").first().pk, now=NOW)
    assert Suggestion.objects.exists()
