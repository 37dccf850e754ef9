"""What is asked about sources that tell one report: what they share, whom they name, what a person is to decide."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import (
    Attribution,
    Capture,
    Comparison,
    ComparisonStatus,
    Link,
    Manner,
    SharedPassage,
    Source,
    Verdict,
)
from caseapp.library.origins.undecided import to_decide
from caseapp.library.reuse.attributions import byline_origins, is_outlet, is_same, key_of
from caseapp.library.reuse.differences import Piece, side_by_side
from caseapp.library.sources.published import PartialDate, UnusableDate
from caseapp.library.texts.page_text import Underline, paragraphs_of

MOST_OFFERS = 5
ON_RECORD = (
    Action.ORIGIN_CHOSEN,
    Action.ORIGIN_LEFT,
    Action.LINK_CONFIRMED,
    Action.LINK_DISMISSED,
    Action.LINK_REOPENED,
)


@dataclass(frozen=True)
class LinkFilter:
    """What the list of links is narrowed to; it stands in the address of the page."""

    verdict: str = Verdict.SUGGESTED
    kind: str = ""
    words: str = ""


def links_listed(wanted: LinkFilter) -> QuerySet[Link]:
    """With `passage_count`, the surest first."""
    links = to_decide() if wanted.verdict == Verdict.SUGGESTED else Link.objects.filter(verdict=wanted.verdict)
    links = links.select_related("one", "other", "decided_by")
    if wanted.kind:
        links = links.filter(kind=wanted.kind)
    for word in wanted.words.split():
        fields = ("one__title", "other__title", "one__publisher", "other__publisher")
        links = links.filter(Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR))
    return links.annotate(passage_count=Count("passages")).order_by("-score", "pk")


def links_to_decide() -> int:
    return to_decide().count()


def links_of(source: Source) -> QuerySet[Link]:
    of_source = Link.objects.filter(Q(one=source) | Q(other=source)).select_related("one", "other")
    return of_source.annotate(passage_count=Count("passages")).order_by("verdict", "-score", "pk")


@dataclass(frozen=True)
class Sharing:
    """With which other source this one surely shares most, and in how many passages."""

    link: Link
    other: Source
    passages: int


def sharing_of(source_ids: Iterable[int]) -> dict[int, Sharing]:
    """Of each source that probably or surely tells the report of another, in one query."""
    ids = set(source_ids)
    links = Link.objects.filter(Q(one__in=ids) | Q(other__in=ids)).exclude(verdict=Verdict.DISMISSED)
    found: dict[int, Sharing] = {}
    for link in links.select_related("one", "other").annotate(n=Count("passages")).order_by("-score", "pk"):
        for source, other in ((link.one, link.other), (link.other, link.one)):
            if source.pk in ids:
                found.setdefault(source.pk, Sharing(link, other, link.n))
    return found


@dataclass(frozen=True)
class SharedRow:
    """A passage of one capture that stands in another source too."""

    passage: SharedPassage
    link: Link
    start: int
    end: int
    quote: str
    paragraph: int
    other: Source

    @property
    def there(self) -> str:
        """Opens the other source at the place."""
        return reverse("origin_place", args=[self.passage.pk, self.other.pk])


def shared_passages(capture: Capture) -> list[SharedRow]:
    """In the order of the text. What somebody decided to keep apart is not shown."""
    links = Link.objects.filter(Q(one_capture=capture) | Q(other_capture=capture)).exclude(verdict=Verdict.DISMISSED)
    passages = list(SharedPassage.objects.filter(link__in=links).select_related("link__one", "link__other"))
    if not passages:
        return []
    starts = [one.start for one in paragraphs_of(capture.text, capture.article_start, capture.article_end)]
    rows = []
    for passage in passages:
        link = passage.link
        is_one = link.one_capture_id == capture.pk
        start, end = passage.bounds(is_one=is_one)
        other = link.other if is_one else link.one
        paragraph = starts[max(bisect_right(starts, start) - 1, 0)]
        rows.append(SharedRow(passage, link, start, end, capture.text[start:end], paragraph, other))
    return sorted(rows, key=lambda row: (row.start, row.end, row.other.pk))


def underlines(rows: list[SharedRow]) -> list[Underline]:
    return [Underline(row.start, row.end, _("also in “%(source)s”") % {"source": row.other}) for row in rows]


@dataclass(frozen=True)
class PassagePair:
    passage: SharedPassage
    one: list[Piece]
    other: list[Piece]


def passage_pairs(link: Link) -> list[PassagePair]:
    """The passages of both texts side by side. In two languages every word differs, so nothing is marked."""
    one, other = link.one_capture.text, link.other_capture.text
    pairs = []
    for passage in link.passages.all():
        mine, theirs = one[passage.one_start : passage.one_end], other[passage.other_start : passage.other_end]
        is_translated = passage.manner == Manner.TRANSLATED
        pieces = ([Piece(mine, False)], [Piece(theirs, False)]) if is_translated else side_by_side(mine, theirs)
        pairs.append(PassagePair(passage, *pieces))
    return pairs


@dataclass(frozen=True)
class Named:
    """An origin that a source names: how often, and where first. `place` is None where the byline does."""

    name: str
    phrase: str
    count: int
    place: int | None


def origins_named(capture: Capture) -> list[Named]:
    """Those that the source does not have yet: in its byline, then media, then others, the most often named first."""
    source = capture.source
    by_name: dict[str, list[Attribution]] = {}
    for one in capture.attributions.all():
        by_name.setdefault(one.name, []).append(one)
    named = [Named(name, source.author, 1, None) for name in byline_origins(source.author, source.publisher)]
    order = sorted(by_name, key=lambda name: (not is_outlet(name), -len(by_name[name]), name))
    seen = {key_of(one.name) for one in named} | {key_of(source.origin_name)}
    for name in order:
        if key_of(name) not in seen:
            named.append(Named(name, by_name[name][0].phrase, len(by_name[name]), by_name[name][0].start))
    return [one for one in named if key_of(one.name) != key_of(source.origin_name)]


def origin_offers(link: Link) -> list[str]:
    """Names that the family of the two may have, the likeliest first: one they have, one that both name, one that
    either names, the publisher of the earlier."""
    standing = [source.origin_name for source in (link.one, link.other) if source.origin]
    mine, theirs = (_named_by(capture) for capture in (link.one_capture, link.other_capture))
    both = [name for name in mine if any(is_same(key_of(name), key_of(other)) for other in theirs)]
    earlier = earlier_of(link)
    publishers = [earlier.publisher] if earlier else [link.one.publisher, link.other.publisher]
    publisher_named = [
        source.publisher
        for source, names in ((link.one, theirs), (link.other, mine))
        if source.publisher and any(is_same(key_of(source.publisher), key_of(name)) for name in names)
    ]
    media = [name for name in (*mine, *theirs) if is_outlet(name)]
    offers: dict[tuple[str, ...], str] = {}
    for name in filter(None, (*standing, *both, *publisher_named, *media, *publishers)):
        offers.setdefault(key_of(name), name)
    return list(offers.values())[:MOST_OFFERS]


def _named_by(capture: Capture) -> list[str]:
    source = capture.source
    counts = Counter(capture.attributions.values_list("name", flat=True))
    order = sorted(counts, key=lambda name: (not is_outlet(name), -counts[name], name))
    return [*byline_origins(source.author, source.publisher), *order]


def earlier_of(link: Link) -> Source | None:
    """Which of the two was surely published first; None where their dates do not say."""
    try:
        one, other = (PartialDate.parse(source.published_on) for source in (link.one, link.other))
    except UnusableDate:
        return None
    for mine, theirs in ((one.year, other.year), (one.month, other.month), (one.day, other.day)):
        if not mine or not theirs:
            return None
        if mine != theirs:
            return link.one if mine < theirs else link.other
    return None


def not_compared() -> QuerySet[Comparison]:
    """Captures that could not be compared with the others, the newest of their sources only; the oldest first."""
    newer = Capture.objects.filter(source=OuterRef("capture__source"), number__gt=OuterRef("capture__number"))
    failed = Comparison.objects.filter(~Exists(newer), status=ComparisonStatus.FAILED)
    return failed.select_related("capture__source").defer("capture__text").order_by("pk")


def comparison_of(capture: Capture) -> Comparison | None:
    return Comparison.objects.filter(capture=capture).first()


def history_of(source: Source) -> list[Event]:
    """Who decided what about the source's origin, the latest first."""
    links = [str(pk) for pk in Link.objects.filter(Q(one=source) | Q(other=source)).values_list("pk", flat=True)]
    about = Q(subject_type="source", subject_id=str(source.pk)) | Q(subject_type="link", subject_id__in=links)
    return list(Event.objects.filter(about, action__in=ON_RECORD).order_by("-at", "-pk"))


def origin_context(capture: Capture) -> dict[str, Any]:
    """What `library/origin/_state.html` shows of a source."""
    return {
        "comparison": comparison_of(capture),
        "links": list(links_of(capture.source)),
        "named": origins_named(capture),
        "history": history_of(capture.source),
    }
