"""Whether a theme's colour is seen, and words on it read, on white paper and on a dark screen (figures of WCAG 2.2)."""

from collections.abc import Iterable

# Of static/css/app.css and reader.css, in light and dark: what is written on, what it is written with, and how much of
# a theme's colour two marks that overlap mix into the paper.
PAPERS = ("#ffffff", "#1c2024")
INKS = ("#1f2428", "#dde1e4")
WASHES = (0.30, 0.28)
SEEN, READ = 3.0, 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(_channels(one)), _luminance(_channels(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def washed(colour: str, paper: str, share: float) -> str:
    """The colour of a mark: that much of the theme's colour over the paper."""
    mixed = (share * c + (1 - share) * p for c, p in zip(_channels(colour), _channels(paper), strict=True))
    return _written(mixed)


def is_fit(colour: str) -> bool:
    """Its line and its dot stand out from the paper, and words are read on its wash, in light and in dark."""
    return all(
        contrast(colour, paper) >= SEEN and contrast(ink, washed(colour, paper, share)) >= READ
        for paper, ink, share in zip(PAPERS, INKS, WASHES, strict=True)
    )


def nearest_fit(colour: str) -> str:
    """The colour itself where it is fit, or the nearest that is, darker or lighter in the same hue."""
    shares = (number / 100 for number in range(101))
    for share in shares:
        for towards in ("#000000", "#ffffff"):
            candidate = washed(towards, colour, share)
            if is_fit(candidate):
                return candidate
    raise AssertionError("between black and white some grey is fit")


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _written(channels: Iterable[float]) -> str:
    return "#" + bytes(round(channel) for channel in channels).hex()


def _luminance(channels: tuple[int, ...]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
