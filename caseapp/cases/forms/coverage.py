"""What goes to show what, ticked from the elements of a legal system, and why a gap is none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements import Element, System, element_named
from caseapp.cases.forms.cases import one_line_ends
from caseapp.core.differences import Difference

_SEPARATOR = ","


@dataclass(frozen=True)
class Choice:
    """One element that can be ticked. `depth` is how far below others it stands."""

    element: Element
    depth: int
    is_ticked: bool


class ElementsForm(forms.Form):
    """`was` are the keys that stood there when the page was made."""

    elements = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("One of these is not known here. Nothing was saved.")}
    )
    was = forms.CharField(required=False, max_length=4000)

    def __init__(self, data: QueryDict | None, *, systems: Sequence[System], standing: Iterable[str]) -> None:
        super().__init__(data)
        self.systems, self.standing = systems, frozenset(standing)
        self.fields["elements"].choices = [(one.key, one.name) for system in systems for one in system.elements]

    def clean_was(self) -> frozenset[str]:
        return frozenset(filter(None, self.cleaned_data["was"].split(_SEPARATOR)))

    @property
    def seen(self) -> str:
        """What stands, for the page to send back."""
        return _SEPARATOR.join(sorted(self.standing))

    @property
    def groups(self) -> Iterator[tuple[System, list[Choice]]]:
        ticked = frozenset(self.data.getlist("elements")) if self.is_bound else self.standing
        for system in self.systems:
            depths: dict[str, int] = {}
            for element in system.elements:
                depths[element.key] = depths.get(element.parent, -1) + 1
            yield system, [Choice(one, depths[one.key], one.key in ticked) for one in system.elements]

    def differences_from(self, standing: frozenset[str]) -> list[Difference]:
        """What stands against what was ticked. The form then carries what stands, so that saving again wins."""
        self.standing = standing
        label: str | Promise = _("Goes to show")
        return [Difference(str(label), _named(standing), _named(self.cleaned_data["elements"]))]


class ExplanationForm(forms.Form):
    """`was` are the words that the person saw."""

    words = forms.CharField(
        label=_("Why this is no gap"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def differences_from(self, standing: str) -> list[Difference]:
        return [Difference(str(self.fields["words"].label), standing, self.cleaned_data["words"])]

    def clean_words(self) -> str:
        return one_line_ends(self.cleaned_data["words"])

    def clean_was(self) -> str:
        return one_line_ends(self.cleaned_data["was"])


def _named(keys: Iterable[str]) -> str:
    found = (element_named(key) for key in sorted(keys))
    return "; ".join(str(element.name) for element in found if element)
