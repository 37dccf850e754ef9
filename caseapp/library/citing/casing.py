"""English titles with capitals, as the Bluebook and OSCOLA want them. Other languages keep their own."""

import re

_SMALL = re.compile("a|an|and|as|at|but|by|en|for|from|if|in|into|nor|of|on|onto|or|over|per|the|to|up|v|via|vs|with")
# Particles of names from elsewhere, which an English title quotes: “Policía Nacional de Honduras”.
_FOREIGN = re.compile("al|bin|da|de|del|der|des|di|dos|du|el|e|la|las|le|les|los|van|von|y")
_WORD = re.compile(r"[^\s\-–—/]+|[\s\-–—/]+")
_BEGINS_ANEW = (":", "?", "!", "—", ".")
_LETTERS = re.compile(r"[^\W\d_]+")


def title_case(title: str) -> str:
    """Capitals on the words that bear meaning, and on the first and last. What is capital already stays so."""
    pieces = _WORD.findall(title)
    words = [n for n, piece in enumerate(pieces) if _LETTERS.search(piece)]
    last = max((n for n, piece in enumerate(pieces) if re.search(r"\w", piece)), default=0)
    for n in words:
        before = "".join(pieces[:n]).rstrip()
        begins = n == words[0] or (before.endswith(_BEGINS_ANEW) and not ends_short(before))
        is_joined = n > 0 and pieces[n - 1] == "-"
        leads = pieces[n + 1 : n + 2] == ["-"] and not is_joined
        pieces[n] = _capital(pieces[n], may_be_small=is_joined or not (begins or leads or n == last))
    return "".join(pieces)


def _capital(word: str, *, may_be_small: bool) -> str:
    bare = "".join(_LETTERS.findall(word))
    is_small = _SMALL.fullmatch(bare) or _FOREIGN.fullmatch(bare)
    first = _LETTERS.search(word)
    if not first or not word.islower() or (may_be_small and is_small):
        return word
    if any(letter.isdigit() for letter in word[: first.start()]):
        return word
    return word[: first.start()] + first[0][0].upper() + word[first.start() + 1 :]


def ends_short(text: str) -> bool:
    """`INS v.`, `U.S.`, `2nd ed.`: a full stop that shortens a word and may end no sentence."""
    last = text.split()[-1]
    return last.endswith(".") and (len(last) <= 4 or "." in last[:-1])
