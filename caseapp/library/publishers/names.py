"""When two spellings name one publisher. Pure."""

import re

from caseapp.library.searching.words import fold

_WORD = re.compile(r"\w+")
# Articles that one writer puts before the name and another leaves off, in English, Spanish and French.
_ARTICLES = frozenset({"the", "el", "la", "los", "las", "le", "les"})


def folded_name(name: str) -> str:
    """“The Sample Post” and “Sample Post, ” are one: small letters without accents, points and leading article."""
    words = _WORD.findall(fold(name))
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return " ".join(words)
