"""Covers, tab sheets and exhibits that do not hold what they should."""

from pikepdf import Array, Dictionary, Name, String

from tests.packets.pdf.verification.tampering import EXHIBIT, rules


def last_exhibit(facts):
    return next(part for part in facts["parts"] if part["name"] == "exhibit-e2")


def test_an_annotation_that_came_and_one_that_went(broken):
    def add(pdf):
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 100, 200, 120]), Contents=String("x"))
        pdf.pages[EXHIBIT - 1].obj.Annots = Array([pdf.make_indirect(note)])

    failures = broken(add)
    assert rules(failures) == {"annotations"}
    assert [str(failure) for failure in failures] == [
        "The part “exhibit-e1” has 0 annotations of the kind “Link” in the packet, but should have 1.",
        "The part “exhibit-e1” has 1 annotations of the kind “Text” in the packet, but should have 0.",
    ]


def test_parts_that_do_not_add_up(misdescribed):
    failures = misdescribed(lambda facts: facts["parts"][-1].update(pages=9))
    assert "The parts add up to 16 pages, but the file has 9." in map(str, failures)


def test_a_cover_that_lost_its_words(broken):
    def empty(pdf):
        page = pdf.pages[0].obj
        page.Contents = Array([page.Contents[0], page.Contents[-1]])

    (failure,) = broken(empty)
    assert (failure.rule, failure.page) == ("shown", 1)
    assert str(failure).startswith("The cover does not show what it should: from page 1 on, ")
    assert str(failure).endswith(" letters are missing.")


def test_a_tab_sheet_of_another_tab(broken):
    def change(pdf):
        first, second = pdf.pages[3].obj, pdf.pages[5].obj
        second.Resources = first.Resources
        second.Contents = Array([*list(first.Contents)[:-1], second.Contents[-1]])

    failures = broken(change)
    assert {(failure.rule, failure.page) for failure in failures} == {("shown", 6)}
    assert str(failures[0]).startswith("The tab sheet of tab B, “تقرير <Doe> & Čačak”, does not show what it should: ")


def test_a_manifest_that_says_nothing_of_a_part(misdescribed):
    failures = misdescribed(lambda facts: last_exhibit(facts).update(shown=None))
    assert [str(failure) for failure in failures] == ["The manifest does not say what the part “exhibit-e2” shows."]


def test_an_exhibit_without_pages(misdescribed):
    def change(facts):
        last_exhibit(facts)["source"] = "other"

    assert "Tab B, “تقرير <Doe> & Čačak”, is not in the packet." in map(str, misdescribed(change))
