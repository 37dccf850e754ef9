"""A packet as it stands now → the manifest that a build is made from.

Nothing in a manifest comes from a database id or from the clock: the same case, exported and imported into an empty
database, freezes into the same manifest.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from caseapp.cases.models import Case
from caseapp.forums import Forum, forum
from caseapp.library.models import Capture, Excerpt
from caseapp.library.models import Theme as LibraryTheme
from caseapp.packets.labels import tab_label
from caseapp.packets.manifest import Cover, Exhibit, Manifest, Passage, Theme
from caseapp.packets.models import Exhibit as ExhibitRow
from caseapp.packets.models import Packet
from caseapp.packets.naming import NEUTRAL_TITLE, names
from caseapp.packets.pdf.tools import tool_versions
from caseapp.packets.pdf.words import date_words

# Siblings may share a position after a merge; nothing that an export loses may decide between them.
THEME_ORDER = ("position", "name", "slug")

CLIENT = ("Respondent", "In the matter of", "Applicant", "Appellant", "Claimant")
NUMBER = ("A-number", "File number", "Tribunal reference", "IRB file number")
COURT = ("Court", "Submitted to", "Immigration court", "Asylum office", "Hearing centre", "Registry")
HEARING = ("Next hearing", "Interview", "Hearing")


class CannotFreeze(Exception):
    """The packet contradicts its sources; its str() says where."""


class QuoteAltered(CannotFreeze):
    """An excerpt no longer says what its capture says there."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: the words of an excerpt are no longer where they were in the source. "
                "Nothing was built. Open the source and check its excerpts."
            )
            % {"label": label, "title": title}
        )


class PassageOutsideArticle(CannotFreeze):
    """An excerpt in use lies in the part of the capture that is left out."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: an excerpt in use lies outside the article, in the part that was trimmed "
                "away. Move the bounds of the article, or take the excerpt out of the case’s evidence."
            )
            % {"label": label, "title": title}
        )


def freeze(packet: Packet) -> Manifest:
    """All that a build of this packet needs. Raises CannotFreeze."""
    profile = forum(packet.forum)
    evidence = _evidence_by_capture(packet.case)
    exhibits = tuple(
        _exhibit(row, number, profile, evidence[row.capture_id]) for number, row in enumerate(_rows(packet), start=1)
    )
    used = {slug for exhibit in exhibits for passage in exhibit.passages for slug in passage.themes}
    return Manifest(
        packet_title=NEUTRAL_TITLE if names(packet.title, packet.case.client_name) else packet.title,
        reference="" if names(packet.case.reference, packet.case.client_name) else packet.case.reference,
        forum=profile,
        index_style=packet.index_style,
        cover=Cover(title=packet.title, fields=cover_fields(packet.case, profile)),
        themes=tuple(_used_themes(used)),
        exhibits=exhibits,
        tools=tool_versions(),
    )


def _rows(packet: Packet) -> Iterable[ExhibitRow]:
    return packet.exhibits.select_related("capture__source").order_by("position", "pk")


def _evidence_by_capture(case: Case) -> dict[int, list[tuple[int, Excerpt]]]:
    """The excerpts in use on each capture, in the order of its text, each with its rank in the case's own order.

    Why an excerpt is here, its note, and whether it cuts against the claim stay behind: they are for the office.
    """
    rows = case.evidence.select_related("excerpt").prefetch_related("excerpt__themes").order_by("position", "pk")
    found: dict[int, list[tuple[int, Excerpt]]] = defaultdict(list)
    for rank, row in enumerate(rows, start=1):
        found[row.excerpt.capture_id].append((rank, row.excerpt))
    for ranked in found.values():
        ranked.sort(key=lambda pair: (pair[1].start, pair[1].end))
    return found


def _exhibit(row: ExhibitRow, number: int, profile: Forum, evidence: Iterable[tuple[int, Excerpt]]) -> Exhibit:
    capture, source = row.capture, row.capture.source
    key, label = f"e{number}", tab_label(profile.tab_scheme, number)
    return Exhibit(
        key=key,
        label=label,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published_on=source.published_on,
        url=source.url,
        language=source.language,
        kind=source.kind,
        country=str(source.country),
        captured_on=capture.captured_at.astimezone(dt.UTC).date().isoformat(),
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        sha256=capture.original_sha256,
        method=capture.method,
        text=capture.article,
        left_out_before=capture.article_start,
        left_out_after=len(capture.text) - capture.article_end,
        passages=tuple(
            _passage(excerpt, rank, f"{key}-p{place}", capture, label)
            for place, (rank, excerpt) in enumerate(evidence, start=1)
        ),
    )


def _passage(excerpt: Excerpt, rank: int, key: str, capture: Capture, label: str) -> Passage:
    if capture.text[excerpt.start : excerpt.end] != excerpt.quote:
        raise QuoteAltered(label, capture.source.title)
    if not capture.article_start <= excerpt.start < excerpt.end <= capture.article_end:
        raise PassageOutsideArticle(label, capture.source.title)
    return Passage(
        key=key,
        start=excerpt.start - capture.article_start,
        end=excerpt.end - capture.article_start,
        quote=excerpt.quote,
        # By short name: the order in which themes were ticked says nothing and does not survive an export.
        themes=tuple(sorted(theme.slug for theme in excerpt.themes.all())),
        rank=rank,
    )


def _used_themes(used: set[str]) -> Iterator[Theme]:
    """The themes in use, in the order of the tree. Depth counts only the themes above that are in use too."""
    children: dict[int | None, list[LibraryTheme]] = defaultdict(list)
    for theme in LibraryTheme.objects.order_by(*THEME_ORDER):
        children[theme.parent_id].append(theme)
    waiting = [(theme, 0) for theme in reversed(children[None])]
    while waiting:
        theme, depth = waiting.pop()
        is_used = theme.slug in used
        if is_used:
            yield Theme(theme.slug, theme.name, theme.definition, theme.colour, depth)
        waiting += [(child, depth + is_used) for child in reversed(children[theme.pk])]


def cover_fields(case: Case, profile: Forum) -> tuple[tuple[str, str], ...]:
    """The forum's cover fields that the case can fill, as (label, value). Confidential."""
    known = _cover_values(case, profile)
    return tuple((label, known[label]) for label in profile.cover_fields if known.get(label))


def _cover_values(case: Case, profile: Forum) -> dict[str, str]:
    """What the case knows, under every name that a forum has for it."""
    hearing = date_words(case.hearing_on.isoformat(), profile.date_order) if case.hearing_on else ""
    return (
        dict.fromkeys(("Filed by", "Submitted by"), case.filer)
        | dict.fromkeys(CLIENT, case.client_name)
        | dict.fromkeys(NUMBER, case.file_number)
        | dict.fromkeys(COURT, case.court)
        | dict.fromkeys(HEARING, hearing)
        | {
            "Detention status": "Detained" if case.is_detained else "Not detained",
            "Immigration judge": case.judge,
        }
    )
