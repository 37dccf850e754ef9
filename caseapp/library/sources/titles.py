"""Pure: a first title for a file, from its name."""

import re
import unicodedata

LONGEST = 300
_SPACES = re.compile(r"[\s_]+")


def title_from(name: str) -> str:
    """`psych_report-2026.PDF` → psych report-2026; "" where the name says nothing."""
    stem = name.rpartition(".")[0] or name
    visible = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in stem)
    return _SPACES.sub(" ", visible).strip(" .")[:LONGEST].strip()
