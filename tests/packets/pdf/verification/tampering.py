"""Changing a finished packet, or what its manifest says of it."""

import json

from caseapp.packets.pdf.packet import VolumeFile
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.pdf.conftest import a_room

EXHIBIT = 5
INDEX = 2


def check(facts, data):
    path = a_room() / "packet.pdf"
    path.write_bytes(data)
    return verify_packet(json.dumps(facts).encode(), [VolumeFile("packet.pdf", path, 0)])


def rules(failures):
    return {failure.rule for failure in failures}


def first_link(facts, kind):
    return next(link for link in facts["links"] if link["to"] == kind)


def annotation(pdf, fact):
    (found,) = (
        link
        for link in pdf.pages[fact["page"] - 1].Annots
        if all(abs(float(a) - b) < 0.1 for a, b in zip(link.Rect, fact["rect"], strict=True))
    )
    return found
