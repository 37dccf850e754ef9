"""Pages of a clean PDF as pictures, for screens."""

from pathlib import Path

import pypdfium2

from caseapp.core.refused import Refused

# A page as long as a banner must not become a picture of a gigabyte.
_MOST_POINTS = 12_000_000


def picture(folder: Path, *, page: int, width: int) -> None:
    """Draw one page, counted from 1, `width` points wide, into `picture.png`."""
    with pypdfium2.PdfDocument(folder / "input") as file:
        if not 1 <= page <= len(file):
            raise Refused("no-such-page", page=page)
        drawn = file[page - 1]
        across, down = drawn.get_size()
        scale = min(width / across, (_MOST_POINTS / (across * down)) ** 0.5)
        # Highlights and notes belong to the page; forms were flattened when the copy was made clean.
        drawn.render(scale=scale, may_draw_forms=False).to_pil().save(folder / "picture.png")
