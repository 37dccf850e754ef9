"""What files say of themselves, in the form in which the details of a source are kept; and the language of words.

Runs only in a child process (see `core.sandbox`).
"""

import re
import unicodedata

import py3langid

_ENOUGH_LETTERS = 200
_SAMPLE = 20_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST_CODE = 35
_LONGEST = {"title": 500, "author": 300, "publisher": 200}


def line(words: str | None, field: str) -> str:
    """One plain line, shortened at a space to what the field holds."""
    plain = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter for letter in words or ""
    )
    shown = unicodedata.normalize("NFC", " ".join(plain.split()))
    most = _LONGEST[field]
    return shown if len(shown) <= most else shown[:most].rpartition(" ")[0]


def language_code(said: str | None) -> str:
    primary, _, rest = (said or "").strip().replace("_", "-").partition("-")
    code = f"{primary.lower()}-{rest}" if rest else primary.lower()
    return code if len(code) <= _LONGEST_CODE and _LANGUAGE.fullmatch(code) else ""


def language_of(text: str) -> str:
    """As the words have it, where there are enough of them to tell."""
    sample = text[:_SAMPLE]
    return str(py3langid.classify(sample)[0]) if sum(map(str.isalpha, sample)) >= _ENOUGH_LETTERS else ""
