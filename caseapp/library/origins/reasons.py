"""Why two sources are probably one report, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def reason_sentence(reason: dict[str, Any]) -> str:
    """A stored reason (see `reuse.judging`) as a sentence."""
    match reason["code"]:
        case "same-words":
            return ngettext(
                "%(n)d passage in the same words, %(words)d words in all.",
                "%(n)d passages in the same words, %(words)d words in all.",
                reason["passages"],
            ) % {"n": reason["passages"], "words": reason["words"]}
        case "retold":
            return ngettext(
                "%(n)d paragraph tells the same in other words.",
                "%(n)d paragraphs tell the same in other words.",
                reason["passages"],
            ) % {"n": reason["passages"]}
        case "translated":
            return ngettext(
                "%(n)d paragraph has the same figures, names and dates in another language.",
                "%(n)d paragraphs have the same figures, names and dates in another language.",
                reason["passages"],
            ) % {"n": reason["passages"]}
        case "same-signs":
            return _("Both have: %(signs)s.") % {"signs": _listed(reason["signs"], reason["more"])}
        case "same-origin":
            return _("Both name %(name)s.") % {"name": reason["name"]}
        case "one-names-other":
            return _("The first names the publisher of the second, %(name)s.") % {"name": reason["name"]}
        case "other-names-one":
            return _("The second names the publisher of the first, %(name)s.") % {"name": reason["name"]}
    return _("Both have the byline %(name)s.") % {"name": reason["name"]}


def _listed(signs: list[str], more: int) -> str:
    listed = ", ".join(signs)
    return _("%(listed)s and %(n)d more") % {"listed": listed, "n": more} if more else listed
