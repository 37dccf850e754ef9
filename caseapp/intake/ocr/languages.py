"""Whether this machine can read scans, and in which languages. Nothing is loaded here: only files are looked for."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

_LIBRARIES = ("/usr/lib/*/libtesseract.so.5*", "/usr/lib/libtesseract.so.5*", "/usr/local/lib/libtesseract.so.5*")
_DATA = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_ENGLISH = "eng"
# What Tesseract calls the languages that sources and documents are written in.
_NAMES = {
    "am": "amh", "ar": "ara", "bn": "ben", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb",
    "hi": "hin", "ht": "hat", "it": "ita", "ku": "kmr", "my": "mya", "ne": "nep", "pa": "pan", "ps": "pus", "pt": "por",
    "ro": "ron", "ru": "rus", "sw": "swa", "ta": "tam", "ti": "tir", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie",
    "zh": "chi_sim",
}  # fmt: skip


@cache
def library() -> Path | None:
    return _first(_LIBRARIES)


@cache
def data_folder() -> Path | None:
    return _first(_DATA)


def installed() -> frozenset[str]:
    """Tesseract's names of the languages it can read here; none where it is not installed."""
    folder = data_folder()
    if library() is None or folder is None:
        return frozenset()
    return frozenset(path.stem for path in folder.glob("*.traineddata"))


def reads(language: str) -> bool:
    """Whether scans in this language (`es`, `pt-BR`) can be read here."""
    return _NAMES.get(_primary(language)) in installed()


def asked_for(language: str) -> str:
    """What to ask of Tesseract: the language, and English beside it, in which names and stamps often are.

    Nothing where it cannot read that language here.
    """
    if not reads(language):
        return ""
    named = _NAMES[_primary(language)]
    also = [_ENGLISH] if named != _ENGLISH and _ENGLISH in installed() else []
    return "+".join([named, *also])


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _first(patterns: Iterable[str]) -> Path | None:
    for pattern in patterns:
        found = sorted(Path("/").glob(pattern.lstrip("/")))
        if found:
            return found[0]
    return None
