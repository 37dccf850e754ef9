"""The pages of a client's own paper that are meant where it bears on a statement. Pure."""

from collections.abc import Iterator

from caseapp.packets.manifest import Exhibit, Manifest
from caseapp.packets.pages import PagesUnclear, page_numbers


def meant_pages(manifest: Manifest) -> dict[str, tuple[Exhibit, tuple[int, ...]]]:
    """By key of the place: the exhibit, and pages of its file that follow each other."""
    exhibits = {exhibit.key: exhibit for exhibit in manifest.exhibits}
    return {
        key: (exhibits[bearing_key], numbers)
        for bearing_key, words in _bearings(manifest)
        if bearing_key in exhibits and (numbers := _run(exhibits[bearing_key], words))
        for key in (_key(bearing_key, numbers),)
    }


def key_of(exhibit: Exhibit, words: str) -> str:
    """The key of such a place, as it stands in a layout; nothing where no run of pages is named."""
    numbers = _run(exhibit, words)
    return _key(exhibit.key, numbers) if numbers else ""


def _bearings(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for statement in manifest.statements:
        for bearing in statement.bearings:
            if bearing.pages:
                yield bearing.key, bearing.pages


def _run(exhibit: Exhibit, words: str) -> tuple[int, ...]:
    """A pinpoint names its first and last page, so pages apart from each other have none."""
    if not words or exhibit.file is None:
        return ()
    try:
        numbers = page_numbers(words, exhibit.file.pages)
    except PagesUnclear:
        return ()
    return numbers if numbers[-1] - numbers[0] + 1 == len(numbers) else ()


def _key(exhibit: str, numbers: tuple[int, ...]) -> str:
    return f"{exhibit}.{numbers[0]}-{numbers[-1]}"
