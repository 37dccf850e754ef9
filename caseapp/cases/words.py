"""The words of a client's paper: a file of the case like its pages, for they say the same."""

import json
import re
from dataclasses import dataclass
from typing import Any

from caseapp.cases.files import CaseFiles, files_of
from caseapp.cases.models import Document
from caseapp.core.storage import FileAltered

PAGE_BREAK = "\n\n"
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？][”’\"')\]»]*$")


@dataclass(frozen=True)
class Words:
    """All pages joined, and where each stands in that: [start, end, label], in code points."""

    text: str
    page_map: list[list[Any]]

    @property
    def paragraphs(self) -> str:
        """The text with an empty line after each paragraph, and a paragraph that the paper breaks put together."""
        lines = [line for line in self.text.split("\n") if line.strip()]
        found = lines[:1]
        for line in lines[1:]:
            if _goes_on(found[-1], line):
                found[-1] += f" {line}"
            else:
                found.append(line)
        return "\n\n".join(found)


def _goes_on(before: str, line: str) -> bool:
    return line[0].islower() and _ENDS_SENTENCE.search(before) is None


def words_on(pages: list[str]) -> Words:
    places, start = [], 0
    for page in pages:
        places.append([start, start + len(page), ""])
        start += len(page) + len(PAGE_BREAK)
    return Words(PAGE_BREAK.join(pages), places)


def words_of(document: Document) -> Words:
    """None, before it was read. Raises FileAltered."""
    if not document.words_sha256:
        return Words("", [])
    return Words(**json.loads(files_of(document.case_id).read_bytes(document.words_sha256)))


def readable_paragraphs(document: Document) -> str:
    """Nothing, where they cannot be read any more: for a page on which other things stand too."""
    try:
        return words_of(document).paragraphs
    except FileAltered:
        return ""


def keep_words(files: CaseFiles, words: Words) -> str:
    """The name under which they are kept."""
    plain = {"text": words.text, "page_map": words.page_map}
    return files.put_bytes(json.dumps(plain, ensure_ascii=False).encode()).sha256
