import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.resizing import steps

TEXT = "First one. Second one here! Third\n\nNext line without stop\nLast."


def after(words: str, text: str = TEXT) -> dict[tuple[str, str, bool], str | None]:
    start = text.index(words)
    found = steps(text, Place(start, start + len(words)), Place(0, len(text)))
    return {
        (step.edge, step.unit, step.grows): step.place and text[step.place.start : step.place.end] for step in found
    }


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("start", "word", True), "one. Second one here!"),
        (("start", "word", False), "one here!"),
        (("end", "word", True), "Second one here! Third"),
        (("end", "word", False), "Second one"),
        (("start", "sentence", True), "First one. Second one here!"),
        (("start", "sentence", False), None),
        (("end", "sentence", True), "Second one here! Third"),
        (("end", "sentence", False), None),
    ],
)
def test_a_step_at_either_end(step, words):
    assert after("Second one here!")[step] == words


def test_a_sentence_cut_in_the_middle_is_completed():
    found = after("line without")
    assert found["start", "sentence", True] == "Next line without"
    assert found["end", "sentence", True] == "line without stop"


def test_growing_goes_on_over_empty_lines():
    assert after("Next line")["start", "word", True] == "Third\n\nNext line"
    assert after("stop")["end", "sentence", True] == "stop\nLast."


def test_the_whole_text_cannot_grow_and_a_single_word_cannot_shrink():
    assert after(TEXT)["start", "word", True] is None
    assert after(TEXT)["end", "sentence", True] is None
    assert after("without")["start", "word", False] is None
    assert after("without")["end", "word", False] is None


def test_nothing_leaves_the_article():
    text, article = "Menu. The story. Adverts.", Place(6, 16)
    assert all(
        step.place is None or article.start <= step.place.start < step.place.end <= article.end
        for step in steps(text, Place(10, 15), article)
    )


@given(st.text(alphabet="ab .!\n😀é", max_size=60), st.data())
def test_every_step_moves_its_own_edge_and_only_that(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for step in steps(text, Place(start, end), Place(0, len(text))):
        if step.place is None:
            continue
        assert 0 <= step.place.start < step.place.end <= len(text)
        moved, kept = (0, 1) if step.edge == "start" else (1, 0)
        assert step.place[kept] == (start, end)[kept]
        outwards = step.place.start < start or step.place.end > end
        assert step.place[moved] != (start, end)[moved]
        assert outwards == step.grows
