import pytest

from caseapp.packets.manifest import PagedFile
from caseapp.packets.showing import (
    NothingCited,
    PassageNotShown,
    is_set_as_text,
    shown_pages,
    shown_stretches,
    shown_words,
)
from tests.packets.pdf import samples

PAGES = ["one one", "two two", "three", "four four", "five"]
TEXT = "\n\n".join(PAGES)


def page_map():
    starts = [TEXT.index(words) for words in PAGES]
    return tuple((start, start + len(words), "") for start, words in zip(starts, PAGES, strict=True))


def paged(*quotes, **changes):
    passages = [samples.passage(f"x{n}", TEXT, quote) for n, quote in enumerate(quotes)]
    return samples.exhibit(TEXT, *passages, file=PagedFile("0" * 64, len(PAGES), page_map()), **changes)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0, 0, "the whole of the captured text"),
        (1, 1204, "the article; 1 character of page furniture left out before it, 1,204 characters after it"),
        (312, 0, "the article; 312 characters of page furniture left out before it, 0 characters after it"),
    ],
)
def test_what_was_left_out_is_said(before, after, words):
    assert shown_words(samples.herald(left_out_before=before, left_out_after=after)) == words


@pytest.mark.parametrize(
    ("exhibit", "pages", "words"),
    [
        (paged("four"), (1, 2, 3, 4, 5), "the whole document, 5 pages"),
        (paged("four", include="cited"), (4,), "page 4 of 5 is shown"),
        (paged("four", include="cited", context_pages=1), (3, 4, 5), "pages 3–5 of 5 are shown"),
        (paged("one", "four", include="cited"), (1, 4), "pages 1 and 4 of 5 are shown"),
        (paged("two\n\nthree", include="cited"), (2, 3), "pages 2–3 of 5 are shown"),
        (paged("one", include="pages", pages_shown=(1, 3, 4)), (1, 3, 4), "pages 1 and 3–4 of 5 are shown"),
    ],
)
def test_which_pages_of_a_file_are_shown(exhibit, pages, words):
    assert shown_pages(exhibit) == pages
    assert shown_words(exhibit) == words
    assert not is_set_as_text(exhibit)


def test_a_page_that_the_index_would_cite_is_never_left_out():
    with pytest.raises(PassageNotShown, match="a passage in use stands on page 4, which is not among the pages shown"):
        shown_pages(paged("one", "four", include="pages", pages_shown=(1, 2)))


@pytest.mark.parametrize("include", ["cited", "extract"])
def test_what_nobody_quotes_cannot_be_shown_in_extracts(include):
    with pytest.raises(NothingCited, match="the case quotes nothing from it"):
        (shown_stretches if include == "extract" else shown_pages)(paged(include=include))


def stretches(exhibit):
    return [exhibit.text[start:end] for start, end in shown_stretches(exhibit)]


def test_an_extract_is_the_paragraph_around_each_quotation():
    exhibit = paged("one", "four", "five", include="extract")
    assert stretches(exhibit) == ["one one", "four four\n\nfive"]
    assert is_set_as_text(exhibit)
    assert shown_words(exhibit) == ("extracts only: the paragraphs around the cited passages, 22 of 40 characters")


def test_the_cited_part_of_a_text_has_about_a_page_around_it():
    text = "\n".join(
        f"Paragraph {n} is one hundred letters long, or so it is said by those who count letters by hand."
        for n in range(200)
    )
    exhibit = samples.exhibit(text, samples.passage("x1", text, "Paragraph 100 "), include="cited")
    (part,) = stretches(exhibit)
    assert part.startswith("Paragraph 86 ")
    assert part.splitlines()[-1].startswith("Paragraph 113 ")


def test_a_whole_text_is_one_stretch():
    assert stretches(samples.herald()) == [samples.HERALD]
