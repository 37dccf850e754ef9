"""The small pieces every page is made of: {% load page %}"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from caseapp.core import numbered

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "trash" %} beside a word; {% icon "trash" label=_("Remove") %} where no word stands.

    Names: the ICONS list of scripts/vendor.sh.
    """
    href = f"{static('vendor/bootstrap-icons/sprite.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def request_number() -> str:
    """{% request_number %} on a page that says what went wrong: the log has it too."""
    return numbered.number()


def _is_here(request: HttpRequest | None, href: str, *, exact: bool) -> bool:
    if request is None:
        return False
    href = href.partition("?")[0]
    return request.path == href or (not exact and request.path.startswith(href))


@register.inclusion_tag("components/_nav_link.html", takes_context=True)
def nav_link(context: dict[str, Any], label: str, href: str, exact: bool = False, also: str = "") -> dict[str, Any]:
    """One link of the top bar; marked as current on the page it names and on all below it, unless exact.

    `also` names other addresses, a space between, below which lie pages of the same part of the program.
    """
    request = context.get("request")
    here = _is_here(request, href, exact=exact) or any(_is_here(request, one, exact=False) for one in also.split())
    return {"label": label, "href": href, "here": here}


@register.inclusion_tag("components/_tab.html", takes_context=True)
def tab(
    context: dict[str, Any],
    label: str,
    href: str,
    count: int | str | None = None,
    here: bool | None = None,
    warns: int = 0,
    warns_of: str = "",
) -> dict[str, Any]:
    """One tab of {% block tabs %}: {% url "case_team" case.pk as team %}{% tab _("Team") team count=3 %}

    It is current when its address is the page's; say here=True where a page below it is shown. `warns` is how many
    things behind it somebody has to look at, and `warns_of` says what they are.
    """
    if here is None:
        here = _is_here(context.get("request"), href, exact=True)
    return {"label": label, "href": href, "count": count, "here": here, "warns": warns, "warns_of": warns_of}


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """Page numbers with gaps, for the pagination component."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def own_name(language_code: str) -> str:
    """A language's name in that language: "es" → "Español"."""
    return str(get_language_info(language_code)["name_local"]).capitalize()
