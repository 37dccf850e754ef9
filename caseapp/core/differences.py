"""Two people saved the same thing: what stands against what was typed, field by field, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext


@dataclass(frozen=True)
class Difference:
    """One field of something that two people changed at once, in words."""

    label: str
    standing: str
    typed: str


def differences(form: forms.ModelForm, standing: Any, typed: dict[str, Any]) -> list[Difference]:
    """The fields in which `typed` differs. The form then carries the standing version, so that saving again wins."""
    form.data = QueryDict.copy(cast(QueryDict, form.data))
    form.data["version"] = str(standing.version)
    return [
        Difference(str(field.label), _in_words(field, getattr(standing, name)), _in_words(field, typed[name]))
        for name, field in form.fields.items()
        if name in typed and getattr(standing, name) != typed[name]
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(cast(list[tuple[str, str]], field.choices)).get(str(value), value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.date):
        return date_format(value)
    return str(value or "")
