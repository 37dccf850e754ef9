import pytest
from django.db import IntegrityError

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.library.models import Excerpt
from caseapp.library.services import excerpts as services
from caseapp.library.services.excerpts import (
    AlreadyExcerpted,
    ExcerptChangedMeanwhile,
    ExcerptGone,
    ExcerptInUse,
    NoWordsSelected,
    OutsideTheArticle,
    OutsideTheText,
    WordsDiffer,
    change_excerpt,
    move_bounds,
    quote_excerpt,
    remove_excerpt,
)
from caseapp.library.services.sources import trim_article
from tests.library.conftest import ARTICLE, NOW

RIFLE = "His rifle had stayed at the station"
START = ARTICLE.index(RIFLE)
END = START + len(RIFLE)


@pytest.fixture
def capture(source):
    return source.capture


@pytest.fixture
def rifle(capture, caseworker, weapons) -> Excerpt:
    return quote_excerpt(by=caseworker, capture=capture, start=START, end=END, themes=[weapons], note="rule", now=NOW)


def deeds() -> list[str]:
    return list(Event.objects.filter(subject_type="excerpt").order_by("pk").values_list("action", flat=True))


def test_an_excerpt_holds_the_words_of_the_text_and_what_stands_around_them(rifle, capture, caseworker, weapons):
    assert rifle.quote == RIFLE == capture.text[rifle.start : rifle.end]
    assert rifle.prefix == ARTICLE[START - 64 : START]
    assert rifle.suffix == ARTICLE[END : END + 64]
    assert (rifle.created_by, rifle.created_at, rifle.note, rifle.is_adverse) == (caseworker, NOW, "rule", False)
    assert list(rifle.themes.all()) == [weapons]


def test_it_goes_on_record_under_the_title_of_its_source(rifle, source):
    event = Event.objects.get(action=Action.EXCERPT_ADDED)
    assert (event.subject_label, event.actor_name) == (source.title, "Carla Caseworker")
    assert event.detail == {"start": START, "end": END}


def test_white_space_at_the_edges_is_left_out(capture):
    excerpt = quote_excerpt(by=None, capture=capture, start=START - 1, end=ARTICLE.index(" as the rule"), themes=[])
    assert excerpt.quote == f"{RIFLE},"


def test_a_passage_may_run_over_paragraphs(capture):
    end = ARTICLE.index(" that was to protect")
    excerpt = quote_excerpt(by=None, capture=capture, start=START, end=end, themes=[])
    assert "\n" in excerpt.quote
    assert excerpt.quote == ARTICLE[START:end]


def test_offsets_count_code_points(add):
    text = "عائلته 😀😀 were at home."
    start = text.index("were")
    excerpt = quote_excerpt(by=None, capture=add(text).capture, start=start, end=start + 4, themes=[])
    assert excerpt.quote == "were"


@pytest.mark.parametrize(
    ("start", "end"), [(-5, 10), (0, len(ARTICLE) + 1), (END, START), (START, START), (10**9, 10**9 + 5)]
)
def test_bounds_that_do_not_lie_in_the_text_are_refused(capture, start, end):
    with pytest.raises(OutsideTheText):
        quote_excerpt(by=None, capture=capture, start=start, end=end, themes=[])
    assert not Excerpt.objects.exists()


def test_a_selection_without_words_is_refused(capture):
    gap = ARTICLE.index("\n\n")
    with pytest.raises(NoWordsSelected):
        quote_excerpt(by=None, capture=capture, start=gap, end=gap + 2, themes=[])


def test_other_words_than_those_that_stand_there_are_refused(capture):
    with pytest.raises(WordsDiffer):
        quote_excerpt(by=None, capture=capture, start=START, end=END, themes=[], words=RIFLE.upper())
    assert not Excerpt.objects.exists()


def test_nothing_is_quoted_from_what_was_trimmed_away(capture):
    low, high = ARTICLE.index("The officer"), ARTICLE.index("Read more")
    trim_article(by=None, capture=capture, start=low, end=high)
    for start, end in ((0, 4), (low - 8, low + 11), (high - 10, high + 4)):
        with pytest.raises(OutsideTheArticle):
            quote_excerpt(by=None, capture=capture, start=start, end=end, themes=[])
    assert quote_excerpt(by=None, capture=capture, start=START, end=END, themes=[]).quote == RIFLE


def test_the_same_passage_is_an_excerpt_once(capture, rifle):
    with pytest.raises(AlreadyExcerpted) as refused:
        quote_excerpt(by=None, capture=capture, start=START, end=END, themes=[])
    assert refused.value.excerpt == rifle
    assert str(refused.value) == "This passage is already an excerpt."


def test_two_people_who_excerpt_the_same_passage_at_the_same_moment_make_one(capture, rifle, monkeypatch):
    looks = iter([None])
    look = services._refuse_taken
    monkeypatch.setattr(
        services, "_refuse_taken", lambda *which: next(looks) if looks.__length_hint__() else look(*which)
    )
    with pytest.raises(AlreadyExcerpted):
        quote_excerpt(by=None, capture=capture, start=START, end=END, themes=[])
    assert Excerpt.objects.count() == 1


def test_the_database_itself_refuses_a_second_excerpt_of_a_passage(capture, rifle):
    with pytest.raises(IntegrityError, match=r"excerpt_once_per_passage|UNIQUE"):
        Excerpt.objects.create(capture=capture, start=START, end=END, quote=RIFLE)


def test_change_says_other_things_of_the_same_words(rifle, caseworker, law):
    changed = change_excerpt(by=caseworker, excerpt=rifle, themes=[law], note="", is_adverse=True, version=1)
    changed.refresh_from_db()
    assert (list(changed.themes.all()), changed.note, changed.is_adverse, changed.version) == ([law], "", True, 2)
    assert changed.quote == RIFLE
    assert deeds() == [Action.EXCERPT_ADDED, Action.EXCERPT_CHANGED]


def test_a_change_of_nothing_changes_nothing(rifle, weapons, lawyer, approve):
    approve(rifle, lawyer)
    same = change_excerpt(by=lawyer, excerpt=rifle, themes=[weapons], note="rule", is_adverse=False, version=1)
    assert (same.version, same.is_approved) == (1, True)
    assert deeds() == [Action.EXCERPT_ADDED, Action.EXCERPT_CHECKED, Action.EXCERPT_APPROVED]


def test_a_change_of_an_older_version_is_refused(rifle, law, weapons):
    change_excerpt(by=None, excerpt=rifle, themes=[law], note="theirs", is_adverse=False, version=1)
    with pytest.raises(ExcerptChangedMeanwhile) as refused:
        change_excerpt(by=None, excerpt=rifle, themes=[weapons], note="mine", is_adverse=True, version=1)
    assert refused.value.current.note == "theirs"
    rifle.refresh_from_db()
    assert (rifle.note, list(rifle.themes.all())) == ("theirs", [law])


def test_what_was_approved_is_no_longer_approved_once_changed(rifle, lawyer, approve):
    approve(rifle, lawyer)
    changed = change_excerpt(by=None, excerpt=rifle, themes=[], note="rule", is_adverse=False, version=1)
    assert not changed.is_approved


def test_a_note_and_an_answer_are_no_matter_of_vetting(rifle, caseworker, lawyer, weapons, approve):
    approve(rifle, lawyer)
    changed = change_excerpt(
        by=caseworker,
        excerpt=rifle,
        themes=[weapons],
        note="Ours",
        is_adverse=False,
        answer="It was one man.",
        version=1,
    )
    assert (changed.is_approved, changed.version, changed.note, changed.answer) == (True, 2, "Ours", "It was one man.")
    assert changed.changed_by is None


def test_whoever_changes_what_is_vetted_is_kept_and_the_change_is_on_record(rifle, lawyer, law):
    changed = change_excerpt(by=lawyer, excerpt=rifle, themes=[law], note="rule", is_adverse=True, version=1)
    assert changed.changed_by == lawyer
    detail = Event.objects.get(action=Action.EXCERPT_CHANGED).detail
    assert detail["changed"] == {"is_adverse": [False, True]}
    assert (detail["themes_added"], detail["themes_removed"]) == ([law.name], ["Weapon rules"])


def test_moved_bounds_keep_the_tags_and_lose_the_approval(rifle, caseworker, lawyer, weapons, approve):
    approve(rifle, lawyer)
    end = ARTICLE.index(", as the rule")
    moved = move_bounds(by=caseworker, excerpt=rifle, start=ARTICLE.index("rifle"), end=end + 1, version=1)
    moved.refresh_from_db()
    assert moved.quote == "rifle had stayed at the station,"
    assert moved.prefix.endswith("His ")
    assert (list(moved.themes.all()), moved.note, moved.is_approved, moved.approved_by) == (
        [weapons],
        "rule",
        False,
        None,
    )
    event = Event.objects.get(action=Action.EXCERPT_MOVED)
    assert event.detail == {
        "start": moved.start,
        "end": moved.end,
        "was": [START, END],
        "words": [RIFLE, "rifle had stayed at the station,"],
    }


def test_bounds_that_stay_where_they_are_keep_the_approval(rifle, lawyer, approve):
    approve(rifle, lawyer)
    assert move_bounds(by=lawyer, excerpt=rifle, start=START, end=END).is_approved
    assert Action.EXCERPT_MOVED not in deeds()


def test_bounds_do_not_move_onto_another_excerpt(rifle, capture):
    other = quote_excerpt(by=None, capture=capture, start=START, end=END + 1, themes=[])
    with pytest.raises(AlreadyExcerpted):
        move_bounds(by=None, excerpt=other, start=START, end=END)
    other.refresh_from_db()
    assert other.quote == f"{RIFLE},"


@pytest.mark.parametrize(("start", "end", "refusal"), [(-1, 5, OutsideTheText), (END, START, OutsideTheText)])
def test_hostile_bounds_move_nothing(rifle, start, end, refusal):
    with pytest.raises(refusal):
        move_bounds(by=None, excerpt=rifle, start=start, end=end)


def test_a_removed_excerpt_is_gone_and_on_record(rifle, caseworker):
    remove_excerpt(by=caseworker, excerpt=rifle)
    assert not Excerpt.objects.exists()
    assert deeds() == [Action.EXCERPT_ADDED, Action.EXCERPT_REMOVED]
    with pytest.raises(ExcerptGone):
        change_excerpt(by=None, excerpt=Excerpt(pk=rifle.pk or 1), themes=[], note="", is_adverse=False, version=1)


def test_an_excerpt_in_use_stays_and_nothing_is_said_of_where(rifle, caseworker):
    case = open_case(by=caseworker, details=CaseDetails(reference="A-1", client_name="N. N."))
    add_evidence(by=caseworker, case=case, excerpts=[rifle])
    with pytest.raises(ExcerptInUse) as refused:
        remove_excerpt(by=caseworker, excerpt=rifle)
    assert "case" not in str(refused.value)
    assert Excerpt.objects.count() == 1
    assert Action.EXCERPT_REMOVED not in deeds()


def test_a_translation_is_kept_changed_and_takes_the_approval_with_it(rifle, lawyer, approve):
    approve(rifle, lawyer)
    said = {"by": lawyer, "excerpt": rifle, "themes": rifle.themes.all(), "note": "rule", "is_adverse": False}
    changed = change_excerpt(**said, version=1, translation="Su rifle")
    assert (changed.translation, changed.is_approved, changed.version) == ("Su rifle", False, 2)
    assert change_excerpt(**said, version=2).translation == "Su rifle"
