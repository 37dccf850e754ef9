"""What a capture holds, read from the bytes of a source before anything of it is stored."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from caseapp import intake
from caseapp.core import sandbox, storage
from caseapp.intake import Question, readers
from caseapp.intake.kinds import HEAD, KINDS, is_pdf, is_word_file
from caseapp.intake.ocr.languages import reads
from caseapp.intake.readers.reading import Found
from caseapp.intake.readers.text import ReplacementCharacters, Unreadable, check_text, notices_of
from caseapp.intake.report import ALTERNATIVES
from caseapp.intake.sentences import question_sentence
from caseapp.library.models import Method
from caseapp.library.texts.noticed import kept

PDF, WORD = KINDS["pdf"], KINDS["docx"]
# Nobody at the office can change what was published: that words are hidden in it is said, and nothing is to be decided.
_ONLY_SAID = frozenset({"hidden-text"})
_READ_SCANS = "read-scans"
# English is read beside either.
_SCANS_IN = ("es", "en")
# What a publisher's program wrote about itself and its authors is no secret of this office.
_NOT_SAID = frozenset({"told-of-people"})


@dataclass(frozen=True)
class Contents:
    """`notices` are plain values (see `noticed`); `pages` and `clean_sha256` are empty for a text.

    `found` is what the file says of itself, for whoever fills in the details of the source.
    """

    media_type: str
    encoding: str
    text: str
    notices: list[dict[str, Any]]
    pages: list[tuple[int, int, str]]
    clean_sha256: str = ""
    headings: tuple[tuple[int, int, int], ...] = ()
    found: Found = field(default_factory=Found)

    def fields(self) -> dict[str, Any]:
        """For a new capture; the article is the whole text until somebody trims it."""
        return {
            "media_type": self.media_type,
            "encoding": self.encoding,
            "text": self.text,
            "text_sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "notices": self.notices,
            "pages": self.pages,
            "clean_sha256": self.clean_sha256,
            "headings": self.headings,
            "article_end": len(self.text),
        }


class MustBeDecided(Exception):
    """Something is wrong with the file, and a person must say whether it is kept as it was read."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(
            " ".join(question_sentence(question) for question in self.questions if question.code in self.codes)
        )

    @property
    def codes(self) -> frozenset[str]:
        """What a person says yes to who keeps the file as it was read: of two alternatives, the first."""
        groups: dict[str, str] = {}
        for question in self.questions:
            groups.setdefault(ALTERNATIVES.get(question.code, question.code), question.code)
        return frozenset(groups.values())


@dataclass(eq=False)
class LockedPdf(Unreadable):
    def __str__(self) -> str:
        return _(
            "This PDF is locked with a password. Open it with the password in a PDF program, print or save it as a new "
            "PDF without one, and add that."
        )


@dataclass(eq=False)
class NoWordsInPdf(Unreadable):
    pages: int

    def __str__(self) -> str:
        return _(
            "There are no words in this PDF that could be quoted: %(pages)s pages without text, as scanners make them. "
            "Have the text recognised (OCR) in a scanning program, save that as a PDF, and add it."
        ) % {"pages": f"{self.pages:,}"}


def contents_of(
    original: bytes,
    *,
    name: str,
    method: str,
    accepted: frozenset[str] = frozenset(),
    media_type: str = "",
    address: str = "",
) -> Contents:
    """`media_type` and `address` are what came with bytes that were fetched.

    Raises a class of `Unreadable`, `intake.Unusable`, and `MustBeDecided` unless its codes were accepted.

    Pasted text is UTF-8 because we made it so; only a file needs to be asked what it is.
    """
    if method == Method.PASTED:
        return _pasted(original)
    if is_pdf(original[:HEAD], name):
        return _of_pdf(original, name, accepted)
    if is_word_file(original, name):
        return _of_word_file(original, name, accepted)
    reading = intake.read_text(original, name=name, media_type=media_type, address=address)
    notices = [notice.as_dict() for notice in reading.notices]
    return Contents(
        reading.media_type,
        reading.encoding,
        reading.text,
        notices,
        [],
        headings=reading.headings,
        found=reading.found,
    )


def came_with(response: Mapping[str, Any] | None) -> dict[str, str]:
    """What the answer of a web server (see `Capture.response`) tells `contents_of`."""
    said = response or {}
    named = {name.lower(): value for name, value in said.get("headers", ())}
    return {"media_type": named.get("content-type", ""), "address": said.get("final_address", "")}


def _pasted(original: bytes) -> Contents:
    if len(original) > readers.MAX_BYTES:
        raise readers.FileTooLarge(len(original))
    text = check_text(original.decode("utf-8", "surrogatepass"))
    return Contents("text/plain", "utf-8", text, [notice.as_dict() for notice in notices_of(text)], [])


def _of_pdf(original: bytes, name: str, accepted: frozenset[str]) -> Contents:
    with sandbox.room() as folder:
        path, clean = folder / "original", folder / "clean.pdf"
        path.write_bytes(original)
        if PDF.marks[0] not in original[:HEAD] or len(original) > intake.MOST_BYTES:
            intake.examine(path, name=name)  # says what is wrong
        made, asked = _made_clean(path, clean, accepted)
        words = intake.read_words(clean)
        if not words.text.strip():
            made = _with_words_of_scans(made, clean, accepted)
            words = intake.read_words(clean)
        text = check_text(words.text) if words.text.strip() else ""
        if not text:
            raise NoWordsInPdf(len(words.pages))
        words = intake.about_pdf(path, words)
        with clean.open("rb") as file:
            blob = storage.put(iter(lambda: file.read(storage.CHUNK), b""))
    found = {finding["code"]: finding for finding in map(kept, (*asked, *made.notices, *words.notices))}
    notices = [finding for code, finding in found.items() if code not in _NOT_SAID]
    said = [notice.as_dict() for notice in notices_of(text) if not isinstance(notice, ReplacementCharacters)]
    return Contents(
        PDF.media_type,
        "",
        text,
        [*notices, *said],
        list(words.pages),
        blob.sha256,
        headings=words.headings if text == words.text else (),
        found=Found(**words.found),
    )


def _of_word_file(original: bytes, name: str, accepted: frozenset[str]) -> Contents:
    named = name if name.lower().endswith(WORD.extensions) else f"source{WORD.extensions[0]}"
    with sandbox.room() as folder:
        path = folder / "original"
        path.write_bytes(original)
        try:
            words = intake.read_word_file(path, name=named, accepted=accepted)
        except intake.Unsettled as unsettled:
            raise MustBeDecided(unsettled.questions) from unsettled
    text = check_text(words.text)
    return Contents(
        WORD.media_type,
        "",
        text,
        [*map(kept, words.notices), *(notice.as_dict() for notice in notices_of(text))],
        [],
        headings=words.headings if text == words.text else (),
        found=Found(**words.found),
    )


def _made_clean(path: Path, clean: Path, accepted: frozenset[str]) -> tuple[intake.Clean, tuple[Question, ...]]:
    """Write the clean copy; what is to be known of it, and which questions need no answer here."""
    try:
        return intake.clean_pdf(path, name="source.pdf", kind=PDF.name, out=clean, accepted=accepted), ()
    except intake.Unsettled as unsettled:
        questions = unsettled.questions
    refuse_locked(questions)
    undecided = [question for question in questions if question.code not in _ONLY_SAID]
    if undecided:
        raise MustBeDecided(undecided)
    made = intake.clean_pdf(path, name="source.pdf", kind=PDF.name, out=clean, accepted=accepted | _ONLY_SAID)
    return made, questions


def refuse_locked(questions: Iterable[Question]) -> None:
    """Raises LockedPdf: no password is typed where a yes is all that can be said."""
    if any(question.code == "password" for question in questions):
        raise LockedPdf


def _with_words_of_scans(made: intake.Clean, clean: Path, accepted: frozenset[str]) -> intake.Clean:
    """The clean copy with words over its pictures, where this machine can read them and a person wants that."""
    language = next(filter(reads, _SCANS_IN), "")
    if not language:
        raise NoWordsInPdf(made.pages)
    if _READ_SCANS not in accepted:
        raise MustBeDecided([Question(_READ_SCANS, made.pages)])
    return intake.read_scans(made, clean, language=language)
