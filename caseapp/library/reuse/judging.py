"""Whether what two texts share makes them probably one report, of which kind, how surely, and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from caseapp.library.reuse.alignment import Passage
from caseapp.library.reuse.attributions import byline_origins, is_outlet, is_same, key_of
from caseapp.library.reuse.facts import CommonFacts

REPRINT, QUOTATION, RETELLING = "reprint", "quotation", "retelling"
TRANSLATION, COMMON_ORIGIN = "translation", "common-origin"
LIKELY = 50
"""From this score on a person is asked."""
MOSTLY = 0.6
PASSAGE_WORDS, COPIED_WORDS, CREDITED_WORDS = 12, 20, 15
"""Fewer of the same words in a row are a name with its place; so many must there be in all, fewer beside a credit."""
COPIED_PASSAGES = 3
CREDITED_FACTS, CREDITED_FACTS_SHARE = 2, 0.4
ALL_FACTS = 0.75
OWN_SHARE = 0.25
"""A publisher repeats its own background: two of its texts are one report only where so much is the same."""


@dataclass(frozen=True)
class Side:
    """What is known of one text. `names` are those that it names as origin, the likeliest first."""

    length: int
    publisher: str = ""
    author: str = ""
    names: tuple[str, ...] = ()

    @property
    def origins(self) -> list[str]:
        return [*byline_origins(self.author, self.publisher), *self.names]


@dataclass(frozen=True)
class Judgement:
    """`share_one`, `share_other` and `score` are percent. `reasons` are plain values."""

    kind: str
    score: int
    share_one: int
    share_other: int
    reasons: list[dict[str, Any]]


def judged(
    one: Side,
    other: Side,
    shared: Sequence[Passage],
    translated: Sequence[Passage],
    common_signs: Sequence[str],
    facts: CommonFacts,
) -> Judgement | None:
    """None where nothing speaks for one report. `common_signs`: figures and names that are rare and in both."""
    passages = [*shared, *translated]
    if not passages:
        return None
    shares = (
        sum(passage.one_end - passage.one_start for passage in passages) / one.length,
        sum(passage.other_end - passage.other_start for passage in passages) / other.length,
    )
    if one.publisher and key_of(one.publisher) == key_of(other.publisher) and max(shares) < OWN_SHARE:
        return None
    if not _is_copied(one, other, shared, facts) and not _is_told_again(one, other, passages, facts):
        return None
    score = _score(one, other, shared, translated, common_signs, max(shares))
    if score < LIKELY:
        return None
    kind = _kind(one, other, shared, translated, max(shares))
    reasons = list(_reasons(one, other, shared, translated, common_signs))
    share_one, share_other = (min(100, round(100 * share)) for share in shares)
    return Judgement(kind, score, share_one, share_other, reasons)


def _is_copied(one: Side, other: Side, shared: Sequence[Passage], facts: CommonFacts) -> bool:
    """The same words, and more of them than the paragraph on a country or a body that many put below what they write:
    that one knows no day and nobody speaks in it."""
    copied = [passage for passage in shared if passage.is_verbatim and passage.words >= PASSAGE_WORDS]
    words = sum(passage.words for passage in copied)
    if _is_credited(one, other):
        return words >= CREDITED_WORDS
    if words < COPIED_WORDS:
        return False
    share_one = sum(passage.one_end - passage.one_start for passage in copied) / one.length
    share_other = sum(passage.other_end - passage.other_start for passage in copied) / other.length
    return (
        len(copied) >= COPIED_PASSAGES
        or max(share_one, share_other) >= MOSTLY
        or (facts.share >= ALL_FACTS and facts.count > 1)
        or any(facts.is_particular(passage.one_start, passage.one_end) for passage in copied)
    )


def _is_told_again(one: Side, other: Side, passages: Sequence[Passage], facts: CommonFacts) -> bool:
    if facts.are_of_one_report:
        return True
    is_likely = facts.count >= CREDITED_FACTS and facts.share >= CREDITED_FACTS_SHARE and facts.paragraphs > 1
    return is_likely and len(passages) > 1 and _is_credited(one, other)


def _is_credited(one: Side, other: Side) -> bool:
    """Does one say that it has it from the other, or do both name one paper or agency? That both cite a body, such as
    a bank or a ministry, is of the topic."""
    return names_other(one, other) or names_other(other, one) or is_outlet(common_origin(one, other))


def _score(
    one: Side,
    other: Side,
    shared: Sequence[Passage],
    translated: Sequence[Passage],
    common_signs: Sequence[str],
    share: float,
) -> int:
    same_words = sum(passage.words for passage in shared if passage.is_verbatim)
    retold = sum(not passage.is_verbatim for passage in shared)
    doubts = exp(-same_words / 30) * exp(-retold / 3) * exp(-len(translated) / 3)
    doubts *= exp(-min(len(common_signs), 12) / 24)
    if retold or translated:
        doubts *= exp(-share / 2)
    if common_origin(one, other) or names_other(one, other) or names_other(other, one):
        doubts *= 0.6
    if _is_one_byline(one, other):
        doubts *= 0.8
    return min(99, round(100 * (1 - doubts)))


def _kind(one: Side, other: Side, shared: Sequence[Passage], translated: Sequence[Passage], share: float) -> str:
    if len(translated) > len(shared):
        return TRANSLATION
    if common_origin(one, other):
        return COMMON_ORIGIN
    verbatim = sum(passage.one_end - passage.one_start for passage in shared if passage.is_verbatim)
    if 2 * verbatim < sum(passage.one_end - passage.one_start for passage in shared):
        return RETELLING
    return REPRINT if share >= MOSTLY else QUOTATION


def common_origin(one: Side, other: Side) -> str:
    """The name that both give as the origin; "" where there is none."""
    theirs = [key_of(name) for name in other.origins]
    return next((name for name in one.origins if any(is_same(key_of(name), key) for key in theirs)), "")


def names_other(one: Side, other: Side) -> bool:
    """Does the first name the publisher of the second as its origin?"""
    return bool(other.publisher) and any(is_same(key_of(name), key_of(other.publisher)) for name in one.origins)


def _is_one_byline(one: Side, other: Side) -> bool:
    return bool(one.author) and key_of(one.author) == key_of(other.author)


def _reasons(
    one: Side,
    other: Side,
    shared: Sequence[Passage],
    translated: Sequence[Passage],
    common_signs: Sequence[str],
) -> Sequence[dict[str, Any]]:
    verbatim = [passage for passage in shared if passage.is_verbatim]
    reasons: list[dict[str, Any]] = []
    if verbatim:
        words = sum(passage.words for passage in verbatim)
        reasons.append({"code": "same-words", "passages": len(verbatim), "words": words})
    if len(shared) > len(verbatim):
        reasons.append({"code": "retold", "passages": len(shared) - len(verbatim)})
    if translated:
        reasons.append({"code": "translated", "passages": len(translated)})
    if common_signs:
        reasons.append({"code": "same-signs", "signs": list(common_signs[:8]), "more": max(0, len(common_signs) - 8)})
    if name := common_origin(one, other):
        reasons.append({"code": "same-origin", "name": name})
    for code, side, peer in (("one-names-other", one, other), ("other-names-one", other, one)):
        if names_other(side, peer):
            reasons.append({"code": code, "name": peer.publisher})
    if _is_one_byline(one, other):
        reasons.append({"code": "same-byline", "name": one.author})
    return reasons
