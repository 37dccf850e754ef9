"""Indexes that leave out or misprint."""

from dataclasses import replace

from pikepdf import Array

from caseapp.packets.pdf import index_pages
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish
from tests.packets.pdf.verification.tampering import INDEX, first_link, rules


def test_words_changed_on_the_page_itself(broken):
    """An index page that lost its words: the quotations are gone, the links print nothing."""

    def empty(pdf):
        page = pdf.pages[INDEX - 1].obj
        page.Contents = Array([page.Contents[0], page.Contents[-1]])

    assert {"index", "link"} <= rules(broken(empty))


def printed_index(monkeypatch, manifest, rendered, change):
    """What the verifier says of a packet whose index was printed in other words than the evidence has."""
    real = index_pages.build_index
    monkeypatch.setattr(index_pages, "build_index", lambda *given: change(real(*given)))
    finished = finish(manifest, rendered)
    monkeypatch.undo()
    return [str(failure) for failure in verify_packet(finished.published, finished.volumes)]


def test_an_index_without_a_heading(monkeypatch, manifest, rendered):
    def change(index):
        return replace(index, sections=tuple(replace(section, name="") for section in index.sections))

    sentences = printed_index(monkeypatch, manifest, rendered, change)
    assert "The index does not show the heading “A protection law was never passed”." in sentences
    assert "The index does not show the heading “Further passages”." in sentences


def test_an_index_that_leaves_a_quotation_out_under_one_theme(monkeypatch, manifest, rendered):
    def change(index):
        first, *others = index.sections
        (group,) = first.groups
        kept = tuple(entry for entry in group.entries if "handed in" not in entry.quote)
        assert len(kept) == len(group.entries) - 1
        return replace(index, sections=(replace(first, groups=(replace(group, entries=kept),)), *others))

    (sentence,) = printed_index(monkeypatch, manifest, rendered, change)
    assert sentence == (
        "The quotation “Both had handed in their pistols at the end of the shift” (tab A) does not stand under each "
        "of its headings in the index."
    )


def test_an_index_that_says_something_else_beside_a_quotation(monkeypatch, rendered):
    first, *others = samples.herald().passages
    shown = replace(first, relevance="Nobody is safe at home", translation="Words in English.")
    herald = replace(samples.herald(), passages=(shown, *others))

    def change(index):
        return replace(index, sections=tuple(_without_translations(section) for section in index.sections))

    assert printed_index(monkeypatch, samples.manifest(herald, samples.report()), rendered, change) == [
        "The index does not show the words “Words in English.” wherever they belong."
    ]


def _without_translations(section):
    groups = tuple(
        replace(group, entries=tuple(replace(entry, translation="") for entry in group.entries))
        for group in section.groups
    )
    return replace(section, groups=groups)


def test_a_list_of_exhibits_that_leaves_one_out(monkeypatch, manifest, rendered):
    sentences = printed_index(monkeypatch, manifest, rendered, lambda index: replace(index, rows=index.rows[:1]))
    assert sentences == ["The list of exhibits leaves out tab B, “تقرير <Doe> & Čačak”."]


def test_a_list_of_exhibits_with_other_titles_and_pages(monkeypatch, manifest, rendered):
    def change(index):
        one, other = index.rows
        return replace(index, rows=(replace(one, key=other.key, title="Nothing", pages=other.pages), other))

    sentences = printed_index(monkeypatch, manifest, rendered, change)
    assert "The list of exhibits leaves out tab A, “Two Shot at Home”." in sentences


def test_a_list_of_exhibits_that_gives_other_pages(misdescribed):
    def change(facts):
        first_link(facts, "exhibit").update(says="7", target_page=7)

    sentences = [str(failure) for failure in misdescribed(change)]
    assert "The list of exhibits gives other pages for tab A, “Two Shot at Home”, than it stands on." in sentences
