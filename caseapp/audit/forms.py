"""What somebody looks for on record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.audit.kinds import Kind
from caseapp.audit.queries import Asked

_DAY = {"type": "date"}
# Beyond them, the day after or the same day in another zone may be no day at all.
_YEARS = range(2000, 2100)


class AskedForm(forms.Form):
    """Sent in the address, so that what was asked can be kept as a bookmark. Nothing sent asks for everything."""

    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))

    def __init__(self, sent: Any, *, people: Sequence[tuple[int, str]], kinds: Sequence[Kind] = tuple(Kind)) -> None:
        super().__init__(sent if any(sent.get(name) for name in self.base_fields) else None)
        self.fields["person"].choices = [("", _("everybody")), *people]
        self.fields["kind"].choices = [("", _("everything")), *((kind.value, kind.label) for kind in kinds)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and day.year not in _YEARS:
                self.add_error(name, _("Choose a day between the years 2000 and 2099."))
        if since and until and since > until:
            self.add_error("until", _("This is before the first day. Choose a later one, or leave it empty."))
        return given

    @property
    def asked(self) -> Asked:
        """Everything, where nothing was asked or it cannot be understood."""
        return Asked(**self.cleaned_data) if self.is_valid() else Asked()

    @property
    def status(self) -> int:
        return 422 if self.is_bound and not self.is_valid() else 200
