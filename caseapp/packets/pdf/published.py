"""A published manifest, read by somebody who does not trust it. Pure.

Only its shape is looked at, so that whoever holds it against the files finds what they expect at every name. Whether
it is true of the files is theirs to find out.
"""

import json
import math
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from caseapp.packets.pdf.seen import COLUMNS, ROWS

LARGEST = 256 * 1024 * 1024
_MOST = 10**9
_Shape = Callable[[Any], bool]


class NotAManifest(ValueError):
    """These bytes are no published manifest; the sentence says what is wrong."""


def read_published(published: bytes) -> dict[str, Any]:
    if len(published) > LARGEST:
        raise NotAManifest(
            _("it is larger than %(size)s MB, more than any manifest of ours") % {"size": LARGEST // 1024**2}
        )
    try:
        facts = json.loads(published)
    except (ValueError, RecursionError) as error:
        raise NotAManifest(_("it is not JSON")) from error
    if not isinstance(facts, dict):
        raise NotAManifest(_("it does not begin with named entries"))
    for name, shape in _MANIFEST.items():
        if name not in facts:
            raise NotAManifest(_("its entry “%(name)s” is missing") % {"name": name})
        if not shape(facts[name]):
            raise NotAManifest(_("its entry “%(name)s” does not hold what it should") % {"name": name})
    return facts


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def _page(value: Any) -> bool:
    return _number(value) and value > 0


def _measure(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -_MOST < value < _MOST and math.isfinite(value)


def _one_of(*words: str) -> _Shape:
    return lambda value: isinstance(value, str) and value in words


def _list(shape: _Shape, least: int = 0) -> _Shape:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(shape, value))


def _entries(**shapes: _Shape) -> _Shape:
    return lambda value: (
        isinstance(value, dict) and all(name in value and shape(value[name]) for name, shape in shapes.items())
    )


def _box(value: Any) -> bool:
    return _list(_measure)(value) and len(value) == 4


def _pages(value: Any) -> bool:
    return _list(_page, least=1)(value) and value == sorted(value)


def _stretch(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3 or not _number(value[1]):
        return False
    return _number(value[2]) if value[0] == "count" else _one_of("order", "letters")(value[0]) and _text(value[2])


def _shown(value: Any) -> bool:
    return value is None or _SHOWN(value)


def _seen(value: Any) -> bool:
    return value is None or _list(lambda page: page is None or _entries(box=_box, ink=_text, text=_text)(page))(value)


def _volumes(value: Any) -> bool:
    rows = _list(_entries(number=_page, file=_text, sha256=_text, bytes=_number, pages=_number, labels=_list(_text)), 1)
    return (
        rows(value)
        and len({row["file"] for row in value}) == len(value)
        and [row["number"] for row in value] == list(range(1, len(value) + 1))
        and all(len(row["labels"]) == row["pages"] for row in value)
    )


def _counts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_number, value.values()))


def _seen_pages(value: Any) -> bool:
    return value is None or _list(lambda page: page is None or _SEEN(page))(value)


def _ink(value: Any) -> bool:
    return _text(value) and len(value) == COLUMNS * ROWS and set(value) <= set("0123456789abcdef")


def _spot(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 5 and _page(value[0]) and _box(value[1:])


def _file(value: Any) -> bool:
    return value is None or _entries(shown=_list(_page))(value)


def _optional(**shapes: _Shape) -> _Shape:
    return lambda value: all(name not in value or shape(value[name]) for name, shape in shapes.items())


def _parts(value: Any) -> bool:
    rows = _list(
        _entries(
            name=_text,
            source=_text,
            kind=_text,
            pages=_number,
            volume=_page,
            first_page=_page,
            piece=_page,
            pieces=_page,
            body=_box,
            shown=_shown,
            seen=_seen,
            annotations=_counts,
        )
    )
    return (
        rows(value)
        and {"cover", "index"} <= {row["name"] for row in value}
        and all(map(_optional(seen=_seen_pages), value))
        and all(not row.get("seen") or len(row["seen"]) == row["pages"] for row in value)
    )


def _inputs(value: Any) -> bool:
    return _list(_entries(key=_text, tab=_text, printed_title=_text))(value) and all(map(_optional(file=_file), value))


def _quotations(value: Any) -> bool:
    return _list(_QUOTATION)(value) and all(map(_optional(boxes=_list(_spot)), value))


_QUOTATION = _entries(
    key=_text,
    quote=_text,
    tab=_text,
    volume=_page,
    pages=_pages,
    labels=_list(_text, least=1),
    index_pages=_list(_entries(volume=_page, pages=_pages)),
)
_SEEN = _entries(box=_box, ink=_ink, text=_text)
_SHOWN = _entries(letters=_number, stretches=_list(_stretch), landmarks=_list(_list(_text)))
_LINK: dict[str, _Shape] = {
    "volume": _page,
    "page": _page,
    "rect": _box,
    "to": _text,
    "key": _text,
    "says": _text,
    "target_page": _page,
}
_MANIFEST: dict[str, _Shape] = {
    "document_title": _text,
    "stamp": _entries(prefix=_text, position=_text, band=_measure),
    "volumes": _volumes,
    "parts": _parts,
    "inputs": _inputs,
    "forum": _optional(volume_bytes_limit=lambda value: value is None or _number(value)),
    "index_file": _entries(file=_text, sha256=_text, bytes=_number),
    "sections": _list(
        _entries(
            numeral=_text,
            name=_text,
            quotations=_list(_text),
            entries=_list(_entries(to=_text, key=_text, texts=_list(_text))),
        )
    ),
    "quotations": _quotations,
    "links": _list(_entries(**_LINK)),
    "mentions": _list(_entries(**_LINK, target_volume=_page)),
    "bookmarks": _list(_entries(volume=_page, title=_text, level=_number, page=_page)),
}
