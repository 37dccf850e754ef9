"""Results as people read them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_BEGIN, _END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
_TITLES = {
    "assembly": "Assembly",
    "verification": "Verification",
    "scaling": "Five times the pages",
    "volumes": "10,000 pages in volumes of 25 MB",
    "text": "Text exhibits",
    "workers": "Two workers",
    "rebuild": "After one excerpt changed",
    "peers": "The same files with other tools",
    "tagging": "People who tag at the same time",
    "reuse": "One report told many times",
    "suggestions": "Themes suggested for passages",
    "search": "The lists of a library of 100,000 excerpts",
}


def line(row: Row) -> str:
    if "bar" in row:
        sign = "≥" if row["at_least"] else "≤"
        return f"    {row['bar']}: {row['found']:g} (bar {sign} {row['limit']:g}, {'met' if row['met'] else 'MISSED'})"
    middle = row["median"]
    peak = f", {middle['peak_mb']:.0f} MB" if "peak_mb" in middle else ""
    return f"    {row['name']}: {middle['cpu']:.2f} s CPU, {middle['wall']:.2f} s wall{peak}"


def write(rows: Sequence[Row], path: Path) -> None:
    """Between the two marks; what stands around them is kept."""
    before, _, rest = path.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    figures = "\n".join(_written(rows))
    path.write_text(f"{before}{_BEGIN}\n\n{figures}\n{_END}{after}")


def _written(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if row.get("group") == "machine":
            yield f"{row['cores']} cores of {row['processor']}, Python {row['python']}, commit {row['commit']}."
            yield ""
    yield "| bar | found | limit | |"
    yield "|---|---|---|---|"
    for row in rows:
        if "bar" in row:
            limit = f"{'≥' if row['at_least'] else '≤'} {row['limit']:g}"
            yield f"| {row['bar']} | {row['found']:g} | {limit} | {'met' if row['met'] else '**missed**'} |"
    for group, title in _TITLES.items():
        measured = [row for row in rows if row.get("group") == group and "median" in row]
        if measured:
            yield from (
                "",
                f"### {title}",
                "",
                "| what | CPU s | wall s (min–max) | peak MB | |",
                "|---|---|---|---|---|",
            )
            yield from map(_measured, measured)
            yield ""
            yield "```"
            yield from (f"{row['command']}" for row in measured)
            yield "```"


def _measured(row: Row) -> str:
    middle, walls = row["median"], [run.get("wall", run.get("seconds")) for run in row["runs"]]
    peak = f"{middle['peak_mb']:.0f}" if "peak_mb" in middle else ""
    speed = f"{row['pages_per_second']:g} pages a second of CPU" if "pages_per_second" in row else ""
    wall = f"{middle['wall']:.2f} ({min(walls):.2f}–{max(walls):.2f})"
    return f"| {row['name']} | {middle['cpu']:.2f} | {wall} | {peak} | {speed} |"
