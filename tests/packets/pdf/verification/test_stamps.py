"""Page numbers that are wrong, hidden, turned, too small, or stand over something."""

import pytest
from pikepdf import Array, Dictionary, Name

from tests.packets.pdf.verification.tampering import rules


def test_a_changed_stamp(broken):
    def change(pdf):
        pdf.pages[2].obj[Name.Contents][-1] = pdf.pages[3].obj[Name.Contents][-1]

    failures = broken(change)
    assert [(failure.rule, failure.page) for failure in failures] == [("stamp", 3)]


def test_a_missing_stamp(broken):
    failures = broken(lambda pdf: pdf.pages[2].obj[Name.Contents].__delitem__(-1))
    assert ("stamp", 3, "Page 3 of the file carries no number where its page number should stand.") in [
        (failure.rule, failure.page, str(failure)) for failure in failures
    ]


def test_a_stamp_outside_what_can_be_seen(broken):
    def crop(pdf):
        pdf.pages[2].cropbox = Array([0, 60, 612, 792])

    assert ("stamp", 3) in [(failure.rule, failure.page) for failure in broken(crop)]


def test_page_labels_that_start_elsewhere(broken):
    def relabel(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))

    failures = broken(relabel)
    assert rules(failures) == {"page-label"}
    assert str(failures[0]) == "Page 1 is labelled “i” in the reader’s page box."


def restamped(pdf, page, change):
    """The page with other operators for its number."""
    stream = pdf.pages[page - 1].obj.Contents[-1]
    operators = stream.read_bytes().decode()
    changed = change(operators)
    assert changed != operators
    pdf.pages[page - 1].obj.Contents[-1] = pdf.make_stream(changed.encode())


def test_a_stamp_in_another_place(broken):
    def move(pdf):
        restamped(pdf, 3, lambda operators: operators.replace("1 0 0 1 0 0 cm", "1 0 0 1 0 300 cm"))

    assert [(failure.rule, failure.code, failure.page) for failure in broken(move)] == [("stamp", "stamp-place", 3)]


def test_a_stamp_that_does_not_stand_upright(broken):
    def turn(pdf):
        restamped(pdf, 3, lambda operators: operators.replace("1 0 0 1 0 0 cm", "0 1 -1 0 340 -260 cm"))

    assert ("stamp-turned", 3) in [(failure.code, failure.page) for failure in broken(turn)]


def test_a_stamp_that_nobody_can_read(broken):
    def shrink(pdf):
        restamped(pdf, 3, lambda operators: operators.replace(" 10 Tf", " 3 Tf"))

    assert [str(failure) for failure in broken(shrink)] == ["The page number on page 3 is too small or too large."]


def test_a_stamp_over_words(broken):
    def write_below(pdf):
        """The number twice, a little aside, and then the number itself, which covers one of the two."""
        page = pdf.pages[2].obj
        own = page.Contents[-1].read_bytes().decode()
        glyphs = own.rpartition(" Td <")[2].partition(">")[0]
        aside = own.replace(f"<{glyphs}>", f"<{glyphs}{glyphs}>").replace(" cm", " cm 1 0 0 1 1.5 0 cm")
        page.Contents = Array([*list(page.Contents)[:-1], pdf.make_stream(aside.encode()), page.Contents[-1]])

    failures = broken(write_below)
    assert [str(failure) for failure in failures] == ["The page number on page 3 stands over the words “3”."]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_turned_under_its_stamp(broken, turned):
    """The number was right, and lies on its side for whoever looks at the page."""

    def turn(pdf):
        pdf.pages[2].obj.Rotate = turned

    assert ("stamp-turned", 3) in [(failure.code, failure.page) for failure in broken(turn)]
