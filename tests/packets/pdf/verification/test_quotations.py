"""Quotations that do not stand where they are cited."""

from tests.packets.pdf.verification.tampering import rules


def test_a_changed_quotation(misdescribed):
    def change(facts):
        facts["quotations"][0]["quote"] = facts["quotations"][0]["quote"].replace("shot", "seen")

    failures = misdescribed(change)
    assert [failure.rule for failure in failures] == ["quotation", "index"]
    assert str(failures[0]) == (
        "The quotation “Two officers were seen on the steps of their own houses last…” (tab A) does not stand word "
        "for word on the cited page 5."
    )


def test_a_quotation_cited_on_another_page(misdescribed):
    failures = misdescribed(lambda facts: facts["quotations"][0].update(pages=[7]))
    assert rules(failures) == {"quotation", "link"}


def test_a_quotation_cited_on_a_page_too_many(misdescribed):
    assert "quotation" in rules(misdescribed(lambda facts: facts["quotations"][0].update(pages=[5, 6])))


def test_a_quotation_cited_outside_the_packet(misdescribed):
    assert "quotation" in rules(misdescribed(lambda facts: facts["quotations"][0].update(pages=[99])))


def test_a_quotation_that_the_index_leaves_out(misdescribed):
    failures = misdescribed(lambda facts: facts["quotations"][0].update(index_pages=[]))
    assert "A quotation of tab A is not in the index." in map(str, failures)
