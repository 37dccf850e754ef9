"""How the library shows what it holds: {% load library %}"""

from typing import Any

from django import template
from django.utils.formats import date_format

from caseapp.library.languages import LANGUAGES
from caseapp.library.noticed import sentence_of
from caseapp.library.published import PartialDate, UnusableDate

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


@register.filter
def notice_words(stored: dict[str, Any]) -> str:
    """{{ notice|notice_words }} → what the reader of a file noticed, in the page's language."""
    return sentence_of(stored)
