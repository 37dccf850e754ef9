"""Builds and their parts as rows, for tests of what happens to rows."""

import datetime as dt
import hashlib

from caseapp.cases.models import Case
from caseapp.packets.models import Build, BuildPart, Packet

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
        manifest={},
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
