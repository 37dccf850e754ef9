import datetime as dt

import pytest

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import Excerpt, Undo
from caseapp.library.services.excerpts import (
    change_excerpt,
    move_bounds,
    quote_excerpt,
    remove_excerpt,
)
from caseapp.library.services.restoring import PassageTaken
from caseapp.library.services.sources import trim_article
from caseapp.library.services.themes import remove_theme
from caseapp.library.services.undoing import KEPT, ChangedSince, UndoneAlready, remember, undo
from tests.library.conftest import ARTICLE, NOW

RIFLE = "His rifle had stayed at the station"
START = ARTICLE.index(RIFLE)
END = START + len(RIFLE)


@pytest.fixture
def rifle(source, caseworker, weapons) -> Excerpt:
    return quote_excerpt(
        by=caseworker, capture=source.capture, start=START, end=END, themes=[weapons], note="rule", now=NOW
    )


@pytest.fixture
def take_back(caseworker):
    def take_back(deed: Undo | None = None):
        return undo(by=caseworker, undo_id=(deed or Undo.objects.filter(undone_at=None).first()).pk, now=NOW)

    return take_back


def said(excerpt: Excerpt) -> tuple:
    excerpt.refresh_from_db()
    return excerpt.quote, excerpt.note, excerpt.is_adverse, list(excerpt.themes.all())


def test_a_passage_just_saved_is_taken_out_again_on_record(rifle, source, take_back):
    assert take_back() == source
    assert not Excerpt.objects.exists()
    event = Event.objects.filter(action=Action.UNDONE).get()
    assert (event.actor_name, event.subject_label) == ("Carla Caseworker", RIFLE)


def test_tags_and_note_are_as_before(rifle, caseworker, killings, weapons, take_back):
    change_excerpt(
        by=caseworker, excerpt=rifle, themes=[killings], note="", is_adverse=True, version=1, translation="Su rifle"
    )
    assert take_back() == rifle
    assert said(rifle) == (RIFLE, "rule", False, [weapons])
    assert (rifle.translation, rifle.version) == ("", 3)


def test_bounds_are_as_before(rifle, caseworker, weapons, take_back):
    move_bounds(by=caseworker, excerpt=rifle, start=START, end=END + len(", as the rule"), version=1)
    assert take_back() == rifle
    assert said(rifle) == (RIFLE, "rule", False, [weapons])
    assert rifle.suffix.startswith(", as the rule demands")


def test_what_was_removed_stands_again_under_its_number_and_is_proposed(
    rifle, caseworker, lawyer, weapons, approve, take_back
):
    rifle.comments.create(words="Is it whole?", written_by=lawyer)
    approve(rifle, lawyer)
    pk = rifle.pk
    remove_excerpt(by=caseworker, excerpt=rifle)
    assert take_back() == Excerpt.objects.get(pk=pk)
    restored = Excerpt.objects.get(pk=pk)
    assert said(restored) == (RIFLE, "rule", False, [weapons])
    assert (restored.created_by, restored.created_at, restored.prefix) == (caseworker, NOW, ARTICLE[START - 64 : START])
    assert (restored.is_approved, restored.is_checked) == (False, False)
    assert restored.comments.get().words == "Is it whole?"


def test_what_stands_there_meanwhile_is_not_displaced(rifle, caseworker, source, take_back):
    remove_excerpt(by=caseworker, excerpt=rifle)
    deed = Undo.objects.first()
    quote_excerpt(by=None, capture=source.capture, start=START, end=END, themes=[])
    with pytest.raises(PassageTaken, match="already an excerpt"):
        take_back(deed)


def test_nothing_comes_back_outside_the_article(rifle, caseworker, source, take_back):
    remove_excerpt(by=caseworker, excerpt=rifle)
    trim_article(by=None, capture=source.capture, start=END + 3, end=len(ARTICLE))
    with pytest.raises(PassageTaken, match="outside the article"):
        take_back()


def test_a_theme_that_is_gone_is_not_left_out_silently(rifle, caseworker, weapons, take_back):
    remove_excerpt(by=caseworker, excerpt=rifle)
    remove_theme(by=None, theme=weapons)
    with pytest.raises(ChangedSince):
        take_back()


@pytest.mark.parametrize("since", ["changed", "approved", "removed"])
def test_what_others_built_on_stays(rifle, lawyer, since, approve, take_back):
    deed = Undo.objects.get()
    if since == "changed":
        change_excerpt(by=lawyer, excerpt=rifle, themes=[], note="mine", is_adverse=False, version=1)
    elif since == "approved":
        approve(rifle, lawyer)
    else:
        remove_excerpt(by=lawyer, excerpt=rifle)
    with pytest.raises(ChangedSince):
        take_back(deed)
    deed.refresh_from_db()
    assert deed.undone_at is None


def test_nothing_is_undone_twice_nor_by_anybody_else(rifle, lawyer, take_back):
    deed = Undo.objects.get()
    with pytest.raises(Undo.DoesNotExist):
        undo(by=lawyer, undo_id=deed.pk, now=NOW)
    take_back(deed)
    with pytest.raises(UndoneAlready):
        take_back(deed)


def test_after_a_month_it_is_forgotten(caseworker, lawyer):
    old = {"kind": "excerpt.added", "payload": {}, "label": "…", "now": NOW}
    remember(by=caseworker, **old)
    remember(by=lawyer, **old)
    later = NOW + KEPT + dt.timedelta(seconds=1)
    remember(by=caseworker, **old | {"now": later})
    assert list(Undo.objects.order_by("pk").values_list("made_by__email", "made_at")) == [
        (lawyer.email, NOW),
        (caseworker.email, later),
    ]
