"""The fonts a packet may use: those vendored in `static/print/fonts`, never the machine's own.

`use_only_our_fonts` must run before anything in the process opens fontconfig; `typeset` calls it before it imports
WeasyPrint. A packet then has the same bytes on every machine that has the same WeasyPrint and Pango.
"""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "static" / "print" / "fonts"
CONFIGURATION = FOLDER / "fonts.conf"
TEXT_FAMILY = "Noto Serif"
# A few syllables and the Japanese letters stand in two fonts: only in a Korean text is the Korean one asked first.
KOREAN_FAMILY = "NanumMyeongjo"

# Broad sets stand last, so that a letter is drawn by the font made for its script.
_LAST = ("Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2", "Droid Sans Fallback", KOREAN_FAMILY)


def use_only_our_fonts() -> None:
    """Point fontconfig at our folder and nothing else, for this process and its children."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)


def font_files() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*.ttf")))


@cache
def families() -> tuple[str, ...]:
    """Family names in the order in which they are asked for a letter."""
    names = {_family(path) for path in font_files()}
    ranked = sorted(names, key=lambda name: (name != TEXT_FAMILY, name in _LAST, _rank(name), name))
    return tuple(ranked)


@cache
def font_stack() -> str:
    return ", ".join(f'"{family}"' for family in families())


def language_styles() -> str:
    return f':lang(ko) {{ font-family: "{TEXT_FAMILY}", "{KOREAN_FAMILY}", {font_stack()} }}'


def _rank(name: str) -> int:
    return _LAST.index(name) if name in _LAST else -1


def _family(path: Path) -> str:
    with TTFont(path, lazy=True) as font:
        return str(font["name"].getDebugName(1))


@cache
def drawable() -> frozenset[int]:
    """Every code point for which one of our fonts has a glyph."""
    points: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


@cache
def fingerprint() -> str:
    """One hash over every font file and the fontconfig file."""
    digest = sha256()
    for path in (*font_files(), CONFIGURATION):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
