"""Which names are those of publishers that the office's library has."""

from caseapp.library.models import PublisherName, Source
from caseapp.library.publishers.names import folded_name

_ARTICLES = ("The ", "El ", "La ", "Los ", "Las ", "Le ", "Les ")
MOST = 200


def publishers_among(names: set[str]) -> set[str]:
    """By the names on the cards, and by what stands on the sources, with or without an article."""
    asked = {folded_name(name): name for name in sorted(names)[:MOST]}
    if not asked:
        return set()
    cards = PublisherName.objects.filter(key__in=asked).values_list("key", flat=True)
    spellings = {spelling for name in asked.values() for spelling in _spellings(name)}
    sources = Source.objects.filter(publisher__in=spellings).order_by().values_list("publisher", flat=True).distinct()
    return {asked[key] for key in {*cards, *map(folded_name, sources)} & asked.keys()}


def _spellings(name: str) -> set[str]:
    bare = next((name[len(article) :] for article in _ARTICLES if name.startswith(article)), name)
    return {name, bare, *(article + bare for article in _ARTICLES)}
