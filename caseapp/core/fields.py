"""What several apps need to read what people and their browsers send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_LONGEST = 18
"""So many digits fit every column of ids on every database."""


def number_in(sent: str | None) -> int | None:
    """The whole number that an address or a script sent; None for what is none, or is larger than any id."""
    return int(sent) if sent and len(sent) <= _LONGEST and sent.isdecimal() else None


class ChosenRowsField(forms.ModelMultipleChoiceField):
    """Django's asks the database for whatever number is sent; one that no column can hold is the id of no row."""

    def clean(self, value: Any) -> Any:
        given = value if isinstance(value, Iterable) and not isinstance(value, str) else ()
        for pk in map(str, given):
            if len(pk) > _LONGEST and pk.strip("-").isdecimal():
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": pk}
                )
        return super().clean(value)
