"""What the library has for an element that is not in the case yet. The library is read and told nothing."""

from django.db.models import Count, Q, QuerySet

from caseapp.cases.coverage.passages import place_of
from caseapp.cases.covering import Coverage, Pointing, pointing_of
from caseapp.cases.elements import Element, elements_of
from caseapp.cases.models import Case
from caseapp.library.models import Excerpt
from caseapp.library.queries import Tagging


def offers_of(coverage: Coverage) -> dict[str, int]:
    """How many vetted passages on the case's country go to each element and are not in the case."""
    case = coverage.case
    themes = {
        element.key: found
        for element in coverage.elements
        if (found := _themes(element, coverage.elements, coverage.pointing))
    }
    if not case.country or not themes:
        return {}
    counts = {key: Count("excerpt", distinct=True, filter=Q(theme__in=found)) for key, found in themes.items()}
    told = Tagging.objects.filter(excerpt__in=_vetted_elsewhere(case)).aggregate(
        **{key.replace("-", "_"): count for key, count in counts.items()}
    )
    return {key: told[key.replace("-", "_")] for key in themes}


def passages_on_offer(case: Case, element: Element) -> QuerySet[Excerpt]:
    """Those that `offers_of` counts."""
    themes = _themes(element, elements_of(case.forum), pointing_of(case))
    tagged = Tagging.objects.filter(theme__in=themes).values("excerpt")
    return _vetted_elsewhere(case).filter(pk__in=tagged)


def _vetted_elsewhere(case: Case) -> QuerySet[Excerpt]:
    there: QuerySet[Excerpt] = Excerpt.objects.filter(approved_at__isnull=False, capture__source__country=case.country)
    return there.exclude(pk__in=case.evidence.values("excerpt"))


def _themes(element: Element, elements: tuple[Element, ...], pointing: Pointing) -> list[int]:
    """The themes that go to the element, or to what is below it."""
    keys = place_of(element, elements).keys
    return [theme for theme, goes_to in pointing.goes_to.items() if goes_to & keys]
