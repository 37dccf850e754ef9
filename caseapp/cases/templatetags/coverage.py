"""What the matrix says in words: {% load coverage %}"""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.coverage.counting import Gap, Row
from caseapp.cases.elements import Element, element_named
from caseapp.cases.models import Case
from caseapp.library.models.source import Kind

register = template.Library()


@register.simple_tag
def gap_words(gap: Gap, row: Row) -> str:
    """{% gap_words gap row %} → why the element is not shown well."""
    match gap:
        case Gap.NOTHING:
            return _("Nothing goes to it yet")
        case Gap.NOT_APPROVED:
            words = ngettext("%(count)s passage, not approved", "%(count)s passages, none approved", row.waits)
            return words % {"count": row.waits}
        case Gap.ONE_ORIGIN:
            return _("All that is approved comes from one origin")
    return _("All that is approved is too old")


@register.filter
def origins_words(row: Row) -> str:
    """{{ row|origins_words }} → 6 sources, 2 independent"""
    words = ngettext("%(count)s source", "%(count)s sources", row.sources) % {"count": row.sources}
    if row.sources == row.independent == 1:
        return words
    return _("%(sources)s, %(count)s independent") % {"sources": words, "count": row.independent}


@register.filter
def kinds_words(row: Row) -> str:
    """{{ row|kinds_words }} → News 3, Government 1"""
    labels = dict(Kind.choices)
    return ", ".join(f"{labels.get(kind, kind)} {count}" for kind, count in row.kinds)


@register.filter
def column_words(column: str) -> str:
    """{{ "stale"|column_words }} → what a list of such passages is called"""
    return {
        "proposed": _("proposed"),
        "checked": _("checked"),
        "approved": _("approved"),
        "stale": _("too old"),
        "adverse": _("cut against us"),
        "answered": _("cut against us, answered"),
        "unanswered": _("cut against us, not answered"),
    }.get(column, _("all passages"))


@register.inclusion_tag("cases/coverage/_cell.html")
def cell(case: Case, row: Row, column: str, words: str = "") -> dict[str, Any]:
    """{% cell case row "approved" %}: a number that opens the passages it counts; no link where there are none."""
    count = getattr(row, column)
    href = f"{reverse('coverage_passages', args=[case.pk, row.element.key])}?show={column}"
    return {"count": count, "href": href, "words": words or str(count), "what": column_words(column), "row": row}


@register.filter
def offered(offers: dict[str, int], element: Element) -> int:
    """{{ offers|offered:row.element }} → how many vetted passages of the library are not in the case yet"""
    return offers.get(element.key, 0)


@register.filter
def of_excerpts(excerpts: dict[int, Any], ids: tuple[int, ...]) -> list[Any]:
    """{% for excerpt in story.excerpts|of_excerpts:story.changes.added %}: those whose words are told"""
    return [excerpts[pk] for pk in ids if pk in excerpts]


@register.filter
def element_names(keys: tuple[str, ...]) -> str:
    """{{ story.changes.closed|element_names }} → Nexus: one central reason; Internal relocation"""
    return "; ".join(str(element.name) if (element := element_named(key)) else key for key in keys)
