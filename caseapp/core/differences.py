"""Two people saved the same thing: what stands against what was typed, field by field, in words."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One field of something that two people changed at once, in words."""

    label: str
    standing: str
    typed: str


def differences(form: forms.BaseForm, standing: Any, typed: dict[str, Any]) -> list[Difference]:
    """The fields in which `typed` differs. The form then carries the standing version, so that saving again wins."""
    carry_version(form, standing.version)
    return [
        Difference(str(field.label), _in_words(field, getattr(standing, name)), _in_words(field, typed[name]))
        for name, field in form.fields.items()
        if name in typed and getattr(standing, name) != typed[name]
    ]


def carry_version(form: forms.BaseForm, version: int) -> None:
    """The form was sent over an older version; sent again as it is, it is saved over this one."""
    form.data = QueryDict.copy(cast(QueryDict, form.data))
    form.data["version"] = str(version)


class ChangedMeanwhile(Exception):
    """Somebody else saved the same thing after this person saw it. `standing` is how it is now."""

    def __init__(self, standing: Any) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this in the meantime, so nothing was saved. "
                "Compare; saving again keeps what you chose."
            )
        )


def as_seen(**values: Any) -> str:
    """What stood there when a page was made, for its form to send back. For things that carry no version."""
    return json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)


def seen_field(**values: Any) -> forms.CharField:
    return forms.CharField(required=False, strip=False, widget=forms.HiddenInput, initial=as_seen(**values))


def require_seen(standing: Any, was: str | None, **values: Any) -> None:
    """Raises ChangedMeanwhile where what stands is not what the person saw. None: nobody saw a page."""
    if was is not None and was != as_seen(**values):
        raise ChangedMeanwhile(standing)


def differences_seen(form: forms.BaseForm, standing: dict[str, Any], typed: dict[str, Any]) -> list[Difference]:
    """The same for a form with a `seen_field`, which then carries what stands, so that saving again wins."""
    form.data = QueryDict.copy(cast(QueryDict, form.data))
    form.data["seen"] = as_seen(**standing)
    return [
        Difference(
            str(form.fields[name].label), _in_words(form.fields[name], value), _in_words(form.fields[name], typed[name])
        )
        for name, value in standing.items()
        if name in form.fields and name in typed and typed[name] != value
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(cast(list[tuple[str, str]], field.choices)).get("" if value is None else str(value), value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return date_format(value)
    return str(value or "")
