from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.texts.changes import Change, text_changes
from caseapp.library.texts.rewording import Piece

OLD = "Headline\n\nThe officer was on leave.\nTwo men came.\nHe fled."


def test_what_went_what_came_and_what_was_reworded():
    new = "Headline\n\nThe officer was on sick leave.\nHe fled.\nCorrected in March."
    assert text_changes(OLD, new) == [
        Change(kept=1),
        Change((Piece("same", "The officer was on "), Piece("new", "sick "), Piece("same", "leave."))),
        Change((Piece("gone", "Two men came."),)),
        Change(kept=1),
        Change((Piece("new", "Corrected in March."),)),
    ]


def test_empty_lines_are_no_change():
    assert text_changes(OLD, OLD.replace("\n", "\n\n\n")) == []


def test_long_texts_are_compared_from_where_they_first_differ():
    long = "".join(f"Line {number}.\n" for number in range(5_000))
    changes = text_changes(long, long.replace("Line 4999.", "Line five."))
    assert changes[0] == Change(kept=4999)
    assert [piece.kind for piece in changes[1].pieces] == ["same", "gone", "new"]


lines = st.lists(st.sampled_from(["one", "two", "three four", ""]), max_size=6).map("\n".join)


@given(lines, lines)
def test_every_paragraph_is_accounted_for(old, new):
    changes = text_changes(old, new)
    count = len([line for line in new.split("\n") if line])
    came = [change for change in changes if change.kept or any(piece.kind != "gone" for piece in change.pieces)]
    assert not changes or sum(change.kept or 1 for change in came) == count
