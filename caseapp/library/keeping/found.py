"""What a file says of itself, as details of a source: a guess until a person confirms it."""

import dataclasses
from collections.abc import Collection

from django.core.exceptions import ValidationError

from caseapp.intake.readers.reading import Found
from caseapp.library.models.source import source_field


def believable(found: Found) -> dict[str, str]:
    """What a source may have of what a file says of itself."""
    values = {}
    for name, value in dataclasses.asdict(found).items():
        field = source_field(name)
        line = " ".join(value.split())[: field.max_length]
        try:
            values[name] = field.clean(line, None)
        except ValidationError:
            continue
    return {name: value for name, value in values.items() if value}


def unconfirmed(names: Collection[str], values: dict[str, object]) -> list[str]:
    """Of these details the ones that say something, as a source keeps their names."""
    return sorted(name for name in set(names) if values.get(name))
