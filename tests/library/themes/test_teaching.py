import datetime as dt

from caseapp.library.models import Theme, ThemeLearning
from caseapp.library.suggesting.learning import Lesson
from caseapp.library.themes.teaching import OLD, learn_theme, learn_themes
from tests.library.themes.test_proposals import KILLED, tagged  # noqa: F401

THEN = dt.datetime(2026, 11, 22, 16, 0, tzinfo=dt.UTC)


def lesson_of(theme: Theme) -> Lesson:
    return Lesson.read(ThemeLearning.objects.get(theme=theme).lesson)


def test_every_theme_is_learned_once_and_then_only_those_with_new_tags(source, quote, killings, weapons, law):
    quote(source.capture, "The officer was on leave", killings)
    assert learn_themes(THEN) == [killings.pk, weapons.pk, law.pk]
    assert learn_themes(THEN) == []
    assert lesson_of(killings).passages == 1
    quote(source.capture, "His rifle had stayed", weapons)
    assert learn_themes(THEN) == [weapons.pk]
    assert lesson_of(weapons).passages == 1


def test_the_oldest_lesson_is_learned_anew_in_its_turn(source, quote, killings, weapons, law):
    excerpt = quote(source.capture, "The officer was on leave", killings)
    learn_themes(THEN)
    excerpt.themes.clear()
    assert learn_themes(THEN + OLD) == []
    later = THEN + OLD + dt.timedelta(seconds=1)
    assert len({pk for _round in range(3) for pk in learn_themes(later)}) == 3
    assert learn_themes(later) == []
    assert lesson_of(killings).passages == 0


def test_a_definition_is_learned_from_too(killings, weapons, law):
    learn_themes(THEN)
    assert "weapon" in lesson_of(weapons).counts


def test_each_passage_is_left_out_in_turn_to_see_what_would_be_suggested(add, quote, tagged, killings, weapons):  # noqa: F811
    assert ThemeLearning.objects.get(theme=killings).trial["tried"] == 0  # without one of five there are too few
    more = add("A gunman killed an officer at home, off duty.", title="More")
    quote(more.capture, more.capture.text.strip(), killings)
    rules = add("\n".join(f"The armoury keeps weapon number {n} under order {n}." for n in range(6)), title="Rules")
    for paragraph in rules.capture.text.splitlines():
        quote(rules.capture, paragraph, weapons)
    while learn_themes(THEN):
        pass
    learn_theme(killings.pk, THEN)  # now that there is another to compare it with
    trial = ThemeLearning.objects.get(theme=killings).trial
    assert (trial["tried"], trial["first"], trial["among_three"]) == (6, 6, 6)
    assert trial["shown"] == {str(killings.pk): 6}
