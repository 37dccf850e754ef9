"""Bookmarks that lead elsewhere or have other words."""

from pikepdf import Array, Name

from tests.packets.pdf.verification.tampering import rules


def test_a_bookmark_that_lands_elsewhere(broken):
    def retarget(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].children[0].destination = Array([pdf.pages[0].obj, Name.XYZ, None, 792, None])

    failures = broken(retarget)
    assert rules(failures) == {"bookmark"}
    assert "lands on page 1 instead of page 5" in str(failures[0])


def test_a_bookmark_with_other_words(broken):
    def rename(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].title = "Tab Z"

    assert [str(failure) for failure in broken(rename)] == ["The bookmarks are not those that the manifest lists."]


def test_a_bookmark_taken_away(broken):
    def take(pdf):
        with pdf.open_outline() as outline:
            del outline.root[-1]

    assert rules(broken(take)) == {"bookmark"}


def test_a_nested_bookmark_moved_up(broken):
    def move(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(outline.root[2].children.pop())

    assert "bookmarks-other" in [failure.code for failure in broken(move)]


def test_a_bookmark_that_lands_off_the_page(broken):
    def retarget(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].children[0].destination = Array([pdf.pages[4].obj, Name.XYZ, None, 5000, None])

    (failure,) = broken(retarget)
    assert str(failure).endswith("lands outside what can be seen of page 5.")
