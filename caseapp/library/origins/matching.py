"""The workers' part of finding one report told many times: a capture is entered in the index, and compared with those
that share its rarest runs of words, figures and names.

A capture is entered before it looks for others, so of two that arrive at once at least one finds the other. What is
asked for twice does nothing the second time; what is found twice is written once.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from math import log2
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.core.jobs import MOST_ATTEMPTS, claim, heart, new_owner
from caseapp.core.unforeseen import note_unexpected
from caseapp.library.models import (
    Attribution,
    Capture,
    Comparison,
    ComparisonStatus,
    Fingerprint,
    Link,
    Manner,
    SharedPassage,
    Verdict,
)
from caseapp.library.publishers.known import publishers_among
from caseapp.library.reuse import fingerprints
from caseapp.library.reuse.alignment import Passage, Text
from caseapp.library.reuse.attributions import attributions_of, is_outlet
from caseapp.library.reuse.facts import Others, common_facts
from caseapp.library.reuse.judging import Judgement, Side, judged
from caseapp.library.reuse.retellings import all_passages
from caseapp.library.reuse.signs import Sign, signs_of
from caseapp.library.reuse.words import words_of

WAY = 3
"""Changes with what is looked for: captures that were compared another way are compared anew."""
MOST_HOLDERS = 64
"""A fingerprint stands in the index for so many captures; with more, it tells nothing and would cost much."""
FORMULA = 16
"""What so many captures have is a formula, such as the line that a publisher puts below every article."""
LITTLE = 0.25
"""…unless it is more of a text than this: then it is a report with many reprints."""
AT_A_TIME = 24
"""So many candidates are compared, the likeliest first, and as many more as long as one of these was a link."""
SUPPOSED = 1_000
"""A small library says little of how rare something is; it counts as if so many captures more were there without it."""
AT_ONCE = 500


@dataclass
class Mine:
    """The capture that is compared, and what stands in the index of it."""

    capture: Capture
    text: Text
    signs: list[Sign]
    side: Side
    holders: dict[int, int] = field(default_factory=dict)
    """Of each of its fingerprints, in how many captures it stands, itself among them."""


def compare_capture(capture_id: int) -> None:
    """Compare one capture, unless that was done already or somebody else is at it."""
    owner = new_owner()
    waiting = Comparison.objects.filter(capture=capture_id, status=ComparisonStatus.WAITING, attempts__lt=MOST_ATTEMPTS)
    if not claim(waiting, to_status=ComparisonStatus.WORKING, owner=owner, now=timezone.now()):
        return
    with heart(Comparison.objects.filter(capture=capture_id), owner=owner):
        _end(capture_id, owner, **_outcome(capture_id))


def give_up(comparison: Comparison) -> None:
    """The program stopped again and again while it had this capture."""
    sentence = _("The program stopped %(times)d times while comparing this text with the others, so it was given up.")
    outcome = {"status": ComparisonStatus.FAILED, "failure": sentence % {"times": MOST_ATTEMPTS}}
    _end(comparison.capture_id, comparison.owner, **outcome)


def _end(capture_id: int, owner: str, **fields: Any) -> None:
    """Nothing happens where the capture was trimmed in the meantime and waits again."""
    rows = Comparison.objects.filter(capture=capture_id, owner=owner, status=ComparisonStatus.WORKING)
    now = timezone.now()
    rows.update(**fields, way=WAY, finished_at=now, heartbeat_at=now)


def _outcome(capture_id: int) -> dict[str, Any]:
    try:
        compare(Capture.objects.select_related("source").get(pk=capture_id), now=timezone.now())
    except Exception as error:
        reference = note_unexpected(error, where=f"Comparison of capture {capture_id}").reference
        sentence = _(
            "Something unexpected happened while this text was compared with the others. "
            "Give your administrator the reference %(reference)s."
        )
        return {"status": ComparisonStatus.FAILED, "failure": sentence % {"reference": reference}}
    return {"status": ComparisonStatus.DONE}


def compare(capture: Capture, *, now: dt.datetime) -> list[Link]:
    """Enter the capture in the index, and write down with which sources it is probably one report."""
    before = dict(_undecided(capture).values_list("pk", "version"))
    mine = entered(capture)
    found: list[Link] = []
    left = candidates(mine)
    while left:
        some, left = left[:AT_A_TIME], left[AT_A_TIME:]
        links = [_compared(mine, candidate, now=now) for candidate in _loaded(some)]
        found += filter(None, links)
        if not any(links):
            break
    _forget(before, found, set(left))
    return found


def entered(capture: Capture) -> Mine:
    """The capture's fingerprints and attributions instead of those of its source's earlier captures."""
    text = Text.of(capture.text, capture.article_start, capture.article_end)
    signs = signs_of(text)
    values = fingerprints.of_words(text.words.forms) | fingerprints.of_signs(signs)
    source = capture.source
    bounds = (capture.article_start, capture.article_end)
    found = attributions_of(capture.text, *bounds, own_names=[source.publisher], knows=publishers_among)
    with transaction.atomic():
        of_source = Capture.objects.filter(source=source).values("pk")
        Fingerprint.objects.filter(capture__in=of_source).delete()
        Attribution.objects.filter(capture__in=of_source).delete()
        free = sorted(values - _full(values))
        Fingerprint.objects.bulk_create(
            [Fingerprint(value=value, capture=capture) for value in free], batch_size=AT_ONCE, ignore_conflicts=True
        )
        Attribution.objects.bulk_create(
            Attribution(capture=capture, start=one.start, end=one.end, phrase=one.phrase, name=one.name)
            for one in found
        )
    side = _side(capture, [one.name for one in found])
    return Mine(capture, text, signs, side, dict.fromkeys(values, 1))


def _side(capture: Capture, names: Iterable[str]) -> Side:
    """Names of media before those of organisations, the one named most often first."""
    counts = Counter(names)
    order = sorted(counts, key=lambda name: (not is_outlet(name), -counts[name], name))
    source = capture.source
    return Side(capture.article_end - capture.article_start, source.publisher, source.author, tuple(order))


def _full(values: Iterable[int]) -> set[int]:
    """Those that stand in so many captures that one more would tell nothing."""
    found: set[int] = set()
    for some in _in_turn(values):
        counted = Fingerprint.objects.filter(value__in=some).values_list("value").annotate(n=Count("capture_id"))
        found.update(value for value, n in counted.order_by() if n >= MOST_HOLDERS)
    return found


def _in_turn(values: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(values)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))


def candidates(mine: Mine) -> list[int]:
    """The captures that share most with this one, the rare counting more; the likeliest first."""
    library = Comparison.objects.count() + SUPPOSED
    weights: dict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    for some in _in_turn(mine.holders):
        holders: dict[int, list[int]] = defaultdict(list)
        for value, capture_id in Fingerprint.objects.filter(value__in=some).values_list("value", "capture_id"):
            holders[value].append(capture_id)
        for value, captures in holders.items():
            mine.holders[value] = len(captures)
            weight = log2(library / len(captures))
            for capture_id in captures:
                weights[capture_id] += weight
                shared[capture_id] += 1
    weights.pop(mine.capture.pk, None)
    likely = (capture_id for capture_id in weights if shared[capture_id] > 1)
    return sorted(likely, key=lambda capture_id: (weights[capture_id], capture_id), reverse=True)


def _loaded(capture_ids: list[int]) -> Iterator[Capture]:
    """Newest captures only; one after the other, because a report can be a book."""
    newer = Capture.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number"))
    newest = set(Capture.objects.filter(~Exists(newer), pk__in=capture_ids).values_list("pk", flat=True))
    for capture_id in capture_ids:
        if capture_id in newest:
            yield Capture.objects.select_related("source").get(pk=capture_id)


def _compared(mine: Mine, candidate: Capture, *, now: dt.datetime) -> Link | None:
    """Always the earlier source first, so that both find the same."""
    theirs = Text.of(candidate.text, candidate.article_start, candidate.article_end)
    names = Attribution.objects.filter(capture=candidate).values_list("name", flat=True)
    side = _side(candidate, names)
    is_first = mine.capture.source_id < candidate.source_id
    sides = (mine.side, side) if is_first else (side, mine.side)
    texts = (mine.text, theirs) if is_first else (theirs, mine.text)
    captures = (mine.capture, candidate) if is_first else (candidate, mine.capture)
    signs = signs_of(theirs)
    facts = common_facts(*texts, *((mine.signs, signs) if is_first else (signs, mine.signs)), _others(mine))
    by_words, by_signs = all_passages(*texts)
    by_words = _without_formulas(mine, by_words, is_first=is_first)
    is_foreign = _language(mine.capture) != _language(candidate)
    shared, translated = (by_words, by_signs) if is_foreign else (tuple(sorted((*by_words, *by_signs))), ())
    judgement = judged(*sides, shared, translated, _common_signs(mine, signs), facts)
    passages = [_passage(each, is_translated=False) for each in shared]
    passages += [_passage(each, is_translated=True) for each in translated]
    return _kept(*captures, judgement, passages, now=now)


def _without_formulas(mine: Mine, passages: tuple[Passage, ...], *, is_first: bool) -> tuple[Passage, ...]:
    mirrored = passages if is_first else tuple(passage.mirrored() for passage in passages)
    formulas = {
        passage
        for passage, here in zip(passages, mirrored, strict=True)
        if _is_formula(mine, here.one_start, here.one_end)
    }
    covered = sum(passage.one_end - passage.one_start for passage in formulas)
    is_little = covered < LITTLE * mine.side.length
    return tuple(passage for passage in passages if passage not in formulas) if is_little else passages


def _is_formula(mine: Mine, start: int, end: int) -> bool:
    forms = words_of(mine.text.text, start, end).forms
    counts = [mine.holders[value] for value in fingerprints.of_words(forms) if value in mine.holders]
    return bool(counts) and min(counts) >= FORMULA


def _language(capture: Capture) -> str:
    return capture.source.language.partition("-")[0]


def _others(mine: Mine) -> Others:
    """Small figures are in no index and count as if nobody else had them; they count little anyway."""
    return lambda kind, value: mine.holders.get(_number(kind, value), 0) - 2


def _number(kind: str, value: str) -> int:
    return fingerprints.number_of(f"{kind}:{value}")


def _common_signs(mine: Mine, theirs: Iterable[Sign]) -> list[str]:
    """Figures, names and dates of both that few captures have, as this text writes them, the rarest first."""
    there = {(sign.kind, sign.value) for sign in theirs}
    found: dict[str, int] = {}
    for sign in mine.signs:
        holders = mine.holders.get(_number(sign.kind, sign.value), MOST_HOLDERS)
        if sign.is_rare and (sign.kind, sign.value) in there and holders < FORMULA:
            found.setdefault(_written(mine.text, sign), holders)
    return sorted(found, key=lambda written: found[written])


def _written(text: Text, sign: Sign) -> str:
    last = sign.word + sign.value.count(" ")
    return " ".join(text.text[text.words.spans[sign.word][0] : text.words.spans[last][1]].split())


def _passage(passage: Passage, *, is_translated: bool) -> SharedPassage:
    manner = Manner.TRANSLATED if is_translated else Manner.VERBATIM if passage.is_verbatim else Manner.RETOLD
    return SharedPassage(
        one_start=passage.one_start,
        one_end=passage.one_end,
        other_start=passage.other_start,
        other_end=passage.other_end,
        words=passage.words,
        manner=manner,
    )


@transaction.atomic
def _kept(
    one: Capture, other: Capture, judgement: Judgement | None, passages: list[SharedPassage], *, now: dt.datetime
) -> Link | None:
    """The link as it is now. What somebody decided stays decided, unless passages came that nobody has seen."""
    if judgement is None:
        return None
    values = {
        "one_capture": one,
        "other_capture": other,
        "kind": judgement.kind,
        "score": judgement.score,
        "share_one": judgement.share_one,
        "share_other": judgement.share_other,
        "reasons": judgement.reasons,
    }
    pair = {"one": one.source, "other": other.source}
    Link.objects.get_or_create(**pair, defaults=values | {"found_at": now})
    link = Link.objects.select_for_update().get(**pair)
    known = _known_words(link)
    for passage in passages:
        passage.link = link
        passage.is_known = known is not None and _is_known(passage, one.text, known)
    if known is not None and all(passage.is_known for passage in passages):
        return link
    if known is not None:
        link.verdict, link.decided_at, link.decided_by = Verdict.SUGGESTED, None, None
    for name, value in values.items():
        setattr(link, name, value)
    link.version += 1
    link.save()
    link.passages.all().delete()
    SharedPassage.objects.bulk_create(passages)
    return link


def _known_words(link: Link) -> set[tuple[str, ...]] | None:
    """The runs of words of the passages that somebody saw and dismissed; None where nobody did."""
    if link.verdict != Verdict.DISMISSED:
        return None
    text = link.one_capture.text
    return {run for passage in link.passages.all() for run in _runs(text, passage)}


def _is_known(passage: SharedPassage, text: str, known: set[tuple[str, ...]]) -> bool:
    runs = _runs(text, passage)
    return 2 * sum(run in known for run in runs) >= len(runs)


def _runs(text: str, passage: SharedPassage) -> list[tuple[str, ...]]:
    forms = Text.of(text, passage.one_start, passage.one_end).words.forms
    return [forms[at : at + 3] for at in range(max(1, len(forms) - 2))]


def _undecided(capture: Capture) -> QuerySet[Link]:
    return Link.objects.filter(Q(one=capture.source) | Q(other=capture.source), verdict=Verdict.SUGGESTED)


def _forget(before: dict[int, int], found: Iterable[Link], unseen: Container[int]) -> None:
    """Links that are no longer there, such as after the article was trimmed. What another worker found meanwhile, from
    the other side, has another version or was not there before, and stays; so does a link with a capture that was not
    looked at this time."""
    again = {link.pk for link in found}
    captures = Link.objects.filter(pk__in=before).values_list("pk", "one_capture", "other_capture")
    again.update(pk for pk, one, other in captures if one in unseen or other in unseen)
    for pk, version in before.items():
        if pk not in again:
            Link.objects.filter(pk=pk, version=version, verdict=Verdict.SUGGESTED).delete()
