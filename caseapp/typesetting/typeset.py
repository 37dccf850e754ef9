"""WeasyPrint behind a fetcher that knows our own assets and nothing else."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from caseapp.typesetting import fonts
from caseapp.typesetting.errors import PrintProblem

fonts.use_only_our_fonts()  # before WeasyPrint opens fontconfig, hence before its import

import weasyprint  # noqa: E402
from fontTools import version as fonttools_version  # noqa: E402
from weasyprint.text.ffi import harfbuzz, pango  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: E402

STYLES = Path(__file__).resolve().parents[1] / "static" / "print"
POINTS_PER_PIXEL = 0.75
# Thinner than this, a box holds no letter: only the white space that a page break swallowed.
_HAIR = 0.05

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # its messages quote the text, which logs must not


class PageReachedOut(PrintProblem):
    """A page asked for something that is not one of our assets; nothing was fetched and the rendering stopped."""

    def __init__(self) -> None:
        super().__init__(_("A page of the packet asked for something from outside the program; it was refused."))


class _AssetRefused(FatalURLFetchingError):
    """The only kind of error that WeasyPrint does not swallow; it is no Exception, so it never leaves this module."""


class AssetFetcher(URLFetcher):
    """Answers `asset:` names from a fixed set of bytes. No file, no network, no data: addresses."""

    def __init__(self, assets: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._assets:
            raise _AssetRefused
        media_type, data = self._assets[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from the page's top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Typeset:
    """A rendered document: its bytes, and for each page the boxes of the anchors that stand there."""

    pdf: bytes
    anchors: tuple[dict[str, Box], ...]

    @property
    def pages(self) -> int:
        return len(self.anchors)

    def boxes(self) -> Iterator[tuple[int, str, Box]]:
        """(page from 1, anchor, box) for every anchor that has ink on that page."""
        for page, boxes in enumerate(self.anchors, start=1):
            for name, box in boxes.items():
                if box.right - box.left > _HAIR:
                    yield page, name, box


def typeset(
    html: str, page_styles: str, assets: Mapping[str, tuple[str, bytes]] = MappingProxyType({}), *, styles: str = ""
) -> Typeset:
    """`page_styles` give paper, margins and fonts; `styles` names a file of `STYLES` that outweighs them, and what
    stands in `html` outweighs both.

    `assets` are the images that the page may show: media type and bytes by `asset:` name.
    """
    fetcher = AssetFetcher(assets)
    try:
        paged = weasyprint.CSS(string=page_styles + fonts.language_styles(), url_fetcher=fetcher, base_url="asset:")
        sheets = [paged, _parsed(styles)] if styles else [paged]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="asset:").render(stylesheets=sheets)
        pdf = document.write_pdf()
    except _AssetRefused:
        raise PageReachedOut from None
    anchors = tuple({name: _box(points) for name, points in page.anchors.items()} for page in document.pages)
    return Typeset(pdf, anchors)


def engine() -> tuple[tuple[str, str], ...]:
    """Everything outside the manifest that decides how a page comes out, as (name, version)."""
    return (
        ("weasyprint", weasyprint.__version__),
        ("pydyf", version("pydyf")),
        ("fonttools", fonttools_version),
        ("pango", str(pango.pango_version())),
        ("harfbuzz", _harfbuzz_version()),
    )


@cache
def _harfbuzz_version() -> str:
    """HarfBuzz only answers whether it is at least some version, so each number is counted up."""
    version = [0, 0, 0]
    for place in range(len(version)):
        while harfbuzz.hb_version_atleast(*version[:place], version[place] + 1, *version[place + 1 :]):
            version[place] += 1
    return ".".join(map(str, version))


@cache
def styles_fingerprint() -> str:
    return sha256(b"".join(path.read_bytes() for path in sorted(STYLES.glob("*.css")))).hexdigest()


@cache
def _parsed(name: str) -> weasyprint.CSS:
    """Read once: to parse our styles takes longer than to set a short page by them."""
    return weasyprint.CSS(string=(STYLES / name).read_text(encoding="utf-8"), url_fetcher=AssetFetcher({}))


def _box(points: tuple[float, float, float, float]) -> Box:
    left, top, right, bottom = (value * POINTS_PER_PIXEL for value in points)
    return Box(left, top, right, bottom)
