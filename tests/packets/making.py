"""Packets with real articles behind them, and builds as bare rows."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from caseapp.accounts.models import User
from caseapp.cases.models import Case
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.packets.models import Build, BuildPart, Packet
from caseapp.packets.services.packets import add_exhibit, start_packet

REQUESTED_AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def make_packet(reference: str = "SV-2027-014") -> Packet:
    case = Case.objects.create(reference=reference, client_name="Confidential Client")
    return Packet.objects.create(case=case, title="Country conditions", forum="generic")


def make_build(*, packet: Packet | None = None, parts: int = 2, **fields: object) -> Build:
    """A build whose parts wait for a worker."""
    packet = packet or make_packet()
    build = Build.objects.create(
        packet=packet,
        number=packet.builds.count() + 1,
        manifest_sha256="0" * 64,
        requested_at=REQUESTED_AT,
        heartbeat_at=REQUESTED_AT,
        **fields,
    )
    for position in range(parts):
        key = hashlib.sha256(f"{build.pk} {position}".encode()).hexdigest()
        name = f"exhibit-e{position + 1}"
        BuildPart.objects.create(
            build=build,
            position=position,
            name=name,
            title=f"Tab {chr(65 + position)}",
            key=key,
            heartbeat_at=REQUESTED_AT,
        )
    return build


PARAGRAPH = "Two officers were shot at home while off duty. Neighbours said that no patrol came until morning. "


def add_article(title: str, text: str, *, file: str = "article.txt", **details: str) -> Source:
    return add_source(
        by=None,
        details=SourceDetails(title=title, publisher=details.pop("publisher", "The Example Herald"), **details),
        original=text.encode(),
        name=file,
        method=Method.IMPORTED,
        now=REQUESTED_AT,
    )


def mark(source: Source, quote: str, *slugs: str, is_adverse: bool = False) -> Excerpt:
    start = source.capture.text.index(quote)
    # The founding themes are not there after a test that empties the database.
    themes = [Theme.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in slugs]
    return quote_excerpt(
        by=None, capture=source.capture, start=start, end=start + len(quote), themes=themes, is_adverse=is_adverse
    )


def make_filing(
    *, team: Iterable[User] = (), forum: str = "generic", reference: str = "SV-2027-014", paragraphs: int = 3
) -> Packet:
    """A packet of two articles with three passages: what a build really works on."""
    herald = add_article(
        "Officers killed at home", f"First, Čačak.\n\n{PARAGRAPH}\n\n" + f"{PARAGRAPH}\n\n" * paragraphs
    )
    gazette = add_article(
        "A law that was never passed", "The bill to protect officers lapsed again.\n\nWeapons stay in the barracks."
    )
    excerpts = [
        mark(gazette, "Weapons stay in the barracks.", "weapon-rules"),
        mark(herald, "Čačak", "off-duty-killings"),
        mark(gazette, "The bill to protect officers lapsed again.", "unpassed-protection-law", is_adverse=True),
    ]
    details = CaseDetails(reference=reference, client_name="Consuelo Confidencial", forum=forum, court="A court")
    case = open_case(by=None, details=details, team=team)
    add_evidence(by=None, case=case, excerpts=excerpts, why="Shows that the state does not protect.")
    packet = start_packet(by=None, case=case, title="Country conditions", forum=forum)
    for source in (herald, gazette):
        add_exhibit(by=None, packet=packet, capture=source.capture)
    return packet
