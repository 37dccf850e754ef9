"""How the library shows what it holds: {% load library %}"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from caseapp.accounts.models import User
from caseapp.library.excerpts.beside import sides
from caseapp.library.excerpts.recheck_queue import waiting_count
from caseapp.library.excerpts.vetting_queues import Queue, Wanted, passages_waiting
from caseapp.library.models import Excerpt, Publisher, Recheck, Theme
from caseapp.library.origins.families import links_to_decide
from caseapp.library.origins.reasons import reason_sentence
from caseapp.library.publishers.cards import card_of
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.published import PartialDate, UnusableDate
from caseapp.library.texts.noticed import sentence_of
from caseapp.library.texts.rewording import Piece

register = template.Library()


@register.filter
def published_in_words(written: str) -> str:
    """{{ source.published_on|published_in_words }} → 2019, March 2019, 4 Mar 2019, in the page's language."""
    try:
        date = PartialDate.parse(written)
    except UnusableDate:
        return written
    if not date.month:
        return str(date.year)
    return str(date_format(date.earliest(), "DATE_FORMAT" if date.day else "YEAR_MONTH_FORMAT"))


@register.filter
def language_name(code: str) -> str:
    """{{ source.language|language_name }} → Spanish; a code that the forms do not offer stays a code."""
    return str(dict(LANGUAGES).get(code, code))


@register.simple_tag
def asking(href: str, address: str) -> str:
    """{% asking sources found.address as sources %} → a list that is asked for the same."""
    return f"{href}?{address}" if address else href


@register.simple_tag(takes_context=True)
def kept_list(context: dict[str, Any], href: str) -> str:
    """{% kept_list url as url %} → the same address, which goes on remembering from which list the person came."""
    request = context.get("request")
    address = request.GET.get("list", "") if request else ""
    return f"{href}?{urlencode({'list': address})}" if address else href


@register.simple_tag(takes_context=True)
def back_to_list(context: dict[str, Any]) -> str:
    """{% back_to_list as up %} → the list of sources as the person left it."""
    request, href = context.get("request"), reverse("source_list")
    address = request.GET.get("list", "") if request else ""
    return f"{href}?{address}" if address else href


@register.filter
def reason_words(stored: dict[str, Any]) -> str:
    """{{ reason|reason_words }} → why two sources are probably one report, in the page's language."""
    return reason_sentence(stored)


@register.simple_tag
def reports_to_decide() -> int:
    """{% reports_to_decide as n %} → how many pairs of sources are probably one report and wait for a person."""
    return links_to_decide()


@register.simple_tag
def places_beside(recheck: Recheck) -> list[dict[str, Any]]:
    """{% places_beside recheck as places %} → where it may stand, each beside the words as they were quoted."""
    excerpt, found = recheck.excerpt, []
    for place in recheck.places:
        was, is_now = sides(excerpt.prefix, excerpt.quote, excerpt.suffix, place)
        found.append(place | {"was": was, "now": is_now})
    return found


@register.filter
def told_in_line(pieces: list[Piece]) -> SafeString:
    """{{ side.before|told_in_line }} → words that stayed, went and came, where every line end shows."""
    told = render_to_string("library/version/_pieces.html", {"pieces": pieces})
    return SafeString(told.removeprefix("\n").removesuffix("\n"))


@register.filter
def notice_words(stored: dict[str, Any]) -> str:
    """{{ notice|notice_words }} → what the reader of a file noticed, in the page's language."""
    return sentence_of(stored)


MOST_COUNTED = 999


@register.simple_tag
def passages_to_check(person: User) -> str:
    """{% passages_to_check request.user as count %} → how many wait for this person to check them; no more are counted
    than stand beside a tab, for the tab is on every page of the library."""
    count = passages_waiting(person, Wanted(Queue.TO_CHECK)).order_by()[: MOST_COUNTED + 1].count()
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


@register.simple_tag
def publisher_card(name: str) -> Publisher | None:
    """{% publisher_card source.publisher as card %} → what the office says of this publisher, if it says anything."""
    return card_of(name)


@register.filter
def of_key(found: dict[Any, Any], key: Any) -> Any:
    """{{ readings|of_key:source.pk }} → what stands there, or nothing."""
    return found.get(key)


@register.simple_tag
def passages_to_recheck() -> int:
    """{% passages_to_recheck as n %} → how many wait until somebody has looked at a newer version of their source."""
    return waiting_count()


@register.simple_tag
def linked_theme(theme: Theme) -> SafeString:
    """{% linked_theme theme %} → its name with its colour, which leads to its page; a list shows each many times."""
    return _linked_theme(theme.name, theme.colour, theme.get_absolute_url())


@lru_cache(maxsize=1000)
def _linked_theme(name: str, colour: str, href: str) -> SafeString:
    return render_to_string("components/theme_tag.html", {"theme": {"name": name, "colour": colour}, "href": href})


@register.simple_tag
def state_of(excerpt: Excerpt) -> SafeString:
    """{% state_of excerpt %} → how far it is vetted, as a badge."""
    return _state(str(excerpt.state.label), "good" if excerpt.is_approved else "quiet")


@lru_cache(maxsize=100)
def _state(label: str, tone: str) -> SafeString:
    return render_to_string("components/state.html", {"label": label, "tone": tone})
