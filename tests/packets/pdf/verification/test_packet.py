"""A finished packet, broken on purpose: each break must be caught by its own name."""

from tests.packets.pdf.verification.tampering import EXHIBIT, rules


def test_saving_again_breaks_nothing(broken):
    assert broken(lambda pdf: None) == ()


def test_a_dropped_page(broken):
    failures = broken(lambda pdf: pdf.pages.__delitem__(EXHIBIT - 1))
    assert [str(failure) for failure in failures] == ["The file has 8 pages, but the plan has 9."]


def test_two_pages_swapped(broken):
    def swap(pdf):
        first, second = pdf.pages[EXHIBIT - 1], pdf.pages[EXHIBIT + 1]
        pdf.pages[EXHIBIT - 1], pdf.pages[EXHIBIT + 1] = second, first

    failures = broken(swap)
    assert {"stamp", "quotation"} <= rules(failures)
    assert "Page 5 of the file carries “7” where its page number should stand." in map(str, failures)
