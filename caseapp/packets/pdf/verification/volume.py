"""One volume beside what the manifest says of it; each page is opened once and what it shows is kept."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pypdfium2

from caseapp.packets.pdf.seen import Box
from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.page import Expected, Page, read_page

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
Row = Mapping[str, Any]


class Volume:
    def __init__(self, facts: Row, row: Row, pdf: pypdfium2.PdfDocument) -> None:
        self.facts = facts
        self.row = row
        self.pdf = pdf
        self.number: int = row["number"]
        self._open: tuple[int, pypdfium2.PdfPage, pypdfium2.PdfTextPage] | None = None

    @property
    def page_count(self) -> int:
        return len(self.pdf)

    def failure(self, rule: str, code: str, page: int | None = None, /, **params: Any) -> Failure:
        """The sentence names the place in the file, unless `params` has another word for the page."""
        several = self.number if len(self.facts["volumes"]) > 1 else 0
        return Failure(rule, code, page, {"page": page} | params, several)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(self._read(number) for number in range(1, self.page_count + 1))

    def _read(self, number: int) -> Page:
        page = self.pdf[number - 1]
        try:
            return read_page(self.pdf, page, self._expected(number))
        finally:
            page.close()

    def _expected(self, page: int) -> Expected:
        stamp = self.facts["stamp"]
        part, seen = self.part_of(page), self.seen(page)
        body = Box(*part["body"]) if part else _NOWHERE
        clean = Box(*seen["box"]) if seen else None
        return Expected(self.stamp_of(page), stamp["position"], stamp["band"], body, seen is None, clean)

    def stamp_of(self, page: int) -> str:
        return f"{self.facts['stamp']['prefix']}{self.row['labels'][page - 1]}"

    @cached_property
    def _parts_by_page(self) -> dict[int, Row]:
        return {page: part for part in self.parts for page in pages_of(part)}

    def part_of(self, page: int) -> Row | None:
        return self._parts_by_page.get(page)

    def seen(self, page: int) -> Row | None:
        """What the page of a file, from which this one was made, showed; nothing where the page is all ours."""
        part = self.part_of(page)
        if part is None or not part.get("seen"):
            return None
        found: Row | None = part["seen"][page - part["first_page"]]
        return found

    def words(self, page: int) -> str:
        """The words of a page, its number apart."""
        return self.pages[page - 1].words

    def words_in(self, page: int, box: Sequence[float]) -> str:
        """The words in a box (left, bottom, right, top) of a page of this file, from 1."""
        return str(self._words_of(page).get_text_bounded(*box))

    def letters_in(self, page: int, box: Sequence[float]) -> str:
        """Only the letters whose middle lies in the box: where lines stand close, others reach into it."""
        left, bottom, right, top = box
        words, found = self._words_of(page), []
        for index in range(words.count_chars()):
            low_x, low_y, high_x, high_y = words.get_charbox(index, loose=True)
            if left < (low_x + high_x) / 2 < right and bottom < (low_y + high_y) / 2 < top:
                found.append(words.get_text_range(index, 1))
        return "".join(found)

    def _words_of(self, page: int) -> pypdfium2.PdfTextPage:
        if self._open is None or self._open[0] != page:
            self.close()
            opened = self.pdf[page - 1]
            self._open = page, opened, opened.get_textpage()
        return self._open[2]

    def close(self) -> None:
        if self._open is not None:
            self._open[2].close()
            self._open[1].close()
            self._open = None

    @cached_property
    def parts(self) -> list[Row]:
        """The parts that stand in this volume."""
        return self.here("parts")

    def here(self, name: str) -> list[Row]:
        return [row for row in self.facts[name] if row["volume"] == self.number]

    def pieces(self, source: str) -> list[Row]:
        """The pieces of a part over all volumes, without the sheets that stand before its later pieces."""
        return [part for part in self.facts["parts"] if part["source"] == source]

    def index_pages(self, quotation: Row) -> list[list[int]]:
        return [row["pages"] for row in quotation["index_pages"] if row["volume"] == self.number]

    def references(self) -> list[Row]:
        """All that the index of this volume says of where something is, clickable or in words only."""
        return [link for link in (*self.here("links"), *self.here("mentions")) if link["to"] != "source"]

    def label(self, volume: int, page: int) -> str:
        """The label of a page of any volume; nothing where there is no such page."""
        labels: list[str] = next((row["labels"] for row in self.facts["volumes"] if row["number"] == volume), [])
        return labels[page - 1] if 0 < page <= len(labels) else ""


def pages_of(part: Row) -> range:
    return range(part["first_page"], part["first_page"] + part["pages"])
