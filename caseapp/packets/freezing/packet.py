"""A packet as it stands now → the manifest that a build is made from.

Nothing in a manifest comes from a database id or from the clock: the same case, exported and imported into an empty
database, freezes into the same manifest.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields

from caseapp.cases.versions import papers_of
from caseapp.forums import Forum, forum
from caseapp.library.models import Theme as LibraryTheme
from caseapp.packets.filed import filed_parts
from caseapp.packets.freezing.cover import cover_fields
from caseapp.packets.freezing.elements import shown_by_themes
from caseapp.packets.freezing.exhibits import frozen_exhibits
from caseapp.packets.freezing.statements import frozen_statements
from caseapp.packets.manifest import Cover, Exhibit, Filing, Manifest, Numbering, Statement, Theme
from caseapp.packets.models import FilingDetails, IndexStyle, Packet
from caseapp.packets.naming import NEUTRAL_TITLE, names
from caseapp.packets.pdf.tools import tool_versions

# Siblings may share a position after a merge; nothing that an export loses may decide between them.
THEME_ORDER = ("position", "name", "slug")


def freeze(packet: Packet) -> Manifest:
    """All that a build of this packet needs. Raises CannotFreeze."""
    profile = forum(packet.forum)
    exhibits = frozen_exhibits(packet)
    used = {slug for exhibit in exhibits for passage in exhibit.passages for slug in passage.themes}
    return Manifest(
        packet_title=NEUTRAL_TITLE if names(packet.title, packet.case.client_name) else packet.title,
        reference="" if names(packet.case.reference, packet.case.client_name) else packet.case.reference,
        forum=profile,
        index_style=packet.index_style,
        cover=Cover(title=packet.title, fields=cover_fields(packet.case, profile)),
        themes=tuple(_used_themes(used, shown_by_themes(packet.case, packet.forum))),
        exhibits=exhibits,
        statements=_statements(packet, exhibits, profile),
        filing=_filing(packet),
        numbering=Numbering(packet.numbering, filed_parts(packet)),  # type: ignore[arg-type]
        tools=tool_versions(),
    )


def _statements(packet: Packet, exhibits: tuple[Exhibit, ...], profile: Forum) -> tuple[Statement, ...]:
    """Words of the client's own: only where the index is arranged by them."""
    if packet.index_style != IndexStyle.STATEMENT:
        return ()
    by_rank = {passage.rank: passage.key for exhibit in exhibits for passage in exhibit.passages}
    evidence = packet.case.evidence.order_by("position", "pk").values_list("pk", flat=True)
    passage_keys = {pk: by_rank[rank] for rank, pk in enumerate(evidence, start=1) if rank in by_rank}
    documents = packet.exhibits.order_by("position", "pk").values_list("document", flat=True)
    exhibit_keys = {
        pk: exhibit.key for pk, exhibit in zip(documents, exhibits, strict=True) if exhibit.section == "client"
    }
    return frozen_statements(
        packet.case, passage_keys=passage_keys, exhibit_keys=exhibit_keys, papers=papers_of(packet.case)
    )


def _filing(packet: Packet) -> Filing:
    details = FilingDetails.objects.filter(packet=packet).first() or FilingDetails(packet=packet)
    return Filing(**{field.name: getattr(details, field.name) for field in fields(Filing)})


def _used_themes(used: set[str], shown: Mapping[int, tuple[str, ...]]) -> Iterator[Theme]:
    """The themes in use, in the order of the tree. Depth counts only the themes above that are in use too."""
    children: dict[int | None, list[LibraryTheme]] = defaultdict(list)
    for theme in LibraryTheme.objects.order_by(*THEME_ORDER):
        children[theme.parent_id].append(theme)
    waiting = [(theme, 0) for theme in reversed(children[None])]
    while waiting:
        theme, depth = waiting.pop()
        is_used = theme.slug in used
        if is_used:
            yield Theme(theme.slug, theme.name, theme.definition, theme.colour, depth, shown.get(theme.pk, ()))
        waiting += [(child, depth + is_used) for child in reversed(children[theme.pk])]
