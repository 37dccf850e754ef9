"""Passages as JSON of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/). Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from caseapp.library.exporting.model import PassageOut

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations_json(passages: Iterable[PassageOut]) -> Iterator[bytes]:
    """One collection with all passages in it, piece by piece.

    The target is the address of the source where it has one, and otherwise the hash of the bytes that were captured.
    Positions count characters of the captured text; the quote with its surroundings stands beside them.
    """
    yield f'{{"@context": "{CONTEXT}", "type": "AnnotationPage", "items": [\n'.encode()
    comma = ""
    for passage in passages:
        yield f"{comma}{json.dumps(annotation(passage), ensure_ascii=False)}".encode()
        comma = ",\n"
    yield b"\n]}\n"


def annotation(passage: PassageOut) -> dict[str, Any]:
    captured = f"urn:sha256:{passage.original_sha256}"
    made = {
        "id": f"urn:evidence-organiser:excerpt:{passage.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "created": passage.added_at.isoformat(timespec="seconds"),
        "body": _bodies(passage),
        "target": {
            "source": passage.source.facts.url or captured,
            "state": {
                "type": "TimeState",
                "sourceDate": passage.captured_at.isoformat(timespec="seconds"),
                "cached": captured,
            },
            "selector": list(passage.anchor.to_w3c()),
        },
    }
    if passage.added_by:
        made["creator"] = {"type": "Person", "name": passage.added_by}
    return made


def _bodies(passage: PassageOut) -> list[dict[str, str]]:
    tags = [*passage.themes, f"state: {passage.state}", *(["adverse"] if passage.is_adverse else [])]
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    if passage.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": passage.note})
    if passage.answer:
        bodies.append({"type": "TextualBody", "purpose": "replying", "value": passage.answer})
    if passage.translation:
        bodies.append({"type": "TextualBody", "purpose": "describing", "language": "en", "value": passage.translation})
    return bodies
