"""A passage as it was quoted, beside where a newer text has it."""

from caseapp.library.excerpts.beside import sides

PLACE = {
    "before": "ut off in the middle. A long report, told at length, said of the night: ",
    "words": "His weapon stayed at the post.",
    "after": " Nobody came, it says, until the next mor",
}


def marked(pieces) -> list[tuple[str, str]]:
    return [(piece.kind, piece.words) for piece in pieces]


def test_what_differs_is_marked_and_what_is_only_shown_on_one_side_is_not():
    was, now = sides("ort, told at length, said of the day: ", "His rifle stayed at the post.", " Nobody came", PLACE)
    assert marked(was.before) == [("same", "told at length, said of the "), ("gone", "day: ")]
    assert marked(now.before) == [
        ("same", "off in the middle. A long report, "),
        ("same", "told at length, said of the "),
        ("new", "night: "),
    ]
    assert marked(was.words) == [("same", "His "), ("gone", "rifle "), ("same", "stayed at the post.")]
    assert marked(now.words) == [("same", "His "), ("new", "weapon "), ("same", "stayed at the post.")]
    assert marked(was.after) == [("same", " Nobody ")]
    assert marked(now.after) == [("same", " Nobody "), ("same", "came, it says, until the next ")]


def test_a_passage_at_the_edge_of_its_text_has_nothing_around_it():
    was, now = sides("", "All of it.", "", {"before": "", "words": "All of it.", "after": ""})
    assert (was.before, was.after, now.before, now.after) == ([], [], [], [])
