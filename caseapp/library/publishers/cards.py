"""Publishers: their cards, and which sources each of them published. Sources name them in words."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from caseapp.library.models import Publisher, PublisherName, Source
from caseapp.library.publishers.names import folded_name


@dataclass
class Named:
    """The spellings of sources that fold to one name, the most frequent first, and how many sources have them."""

    spellings: list[str] = field(default_factory=list)
    sources: int = 0

    @property
    def name(self) -> str:
        return self.spellings[0]


@dataclass(frozen=True)
class Listed:
    """A publisher in the list: with a card, or with none yet."""

    name: str
    sources: int
    card: Publisher | None


def card_of(name: str) -> Publisher | None:
    """The card of the publisher that a source names so."""
    return Publisher.objects.filter(names__key=folded_name(name)).first()


def publishers_listed() -> list[Listed]:
    """Those with a card by name, then those that sources name and nobody assessed, by the number of their sources."""
    named = _named_by_sources()
    cards = list(Publisher.objects.prefetch_related("names"))
    listed = [
        Listed(card.name, sum(named.pop(name.key, Named()).sources for name in card.names.all()), card)
        for card in cards
    ]
    without = sorted(named.values(), key=lambda one: (-one.sources, one.name))
    return listed + [Listed(one.name, one.sources, None) for one in without]


def _named_by_sources() -> dict[str, Named]:
    """By folded name."""
    found: dict[str, Named] = defaultdict(Named)
    counted = Source.objects.exclude(publisher="").order_by().values_list("publisher").annotate(n=Count("pk"))
    for spelling, count in counted.order_by("-n", "publisher"):
        key = folded_name(spelling)
        if key:
            found[key].spellings.append(spelling)
            found[key].sources += count
    return found


def sources_of(publisher: Publisher) -> QuerySet[Source]:
    named = _named_by_sources()
    spellings = [spelling for name in publisher.names.all() for spelling in named.get(name.key, Named()).spellings]
    return Source.objects.filter(publisher__in=spellings).order_by("-published_on", "title", "pk")


def other_spellings(publisher: Publisher) -> list[str]:
    own = folded_name(publisher.name)
    return list(PublisherName.objects.filter(publisher=publisher).exclude(key=own).values_list("name", flat=True))
