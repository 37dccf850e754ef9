"""How the list of a case's evidence is narrowed, and what is done with several pieces at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements import elements_of
from caseapp.cases.evidence_rows import Narrowing
from caseapp.cases.forms.cases import IdList
from caseapp.cases.forms.statements import BEARING_CHOICES, SHOWN_AGAINST
from caseapp.cases.models import Case, Statement
from caseapp.library.models import Theme
from caseapp.library.models.excerpt import State
from caseapp.library.queries import theme_tree

Choices = list[tuple[Any, str | Promise]]

_MARKS: Choices = [
    ("", _("Everything")),
    ("stale", _("Stale")),
    ("adverse", _("Cuts against us")),
    ("no-statement", _("On no statement")),
    ("no-theme", _("Without a theme")),
]
_GROUPS: Choices = [
    ("", _("In one list")),
    ("theme", _("By theme")),
    ("element", _("By what it goes to show")),
    ("statement", _("By statement")),
    ("state", _("By state")),
]


class EvidenceFilterForm(forms.Form):
    """Wrong values in an address show everything rather than nothing."""

    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("Theme"), required=False)
    element = forms.ChoiceField(label=_("Goes to show"), required=False)
    statement = forms.TypedChoiceField(label=_("Statement"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any state")), *State.choices])
    mark = forms.ChoiceField(label=_("Only"), required=False, choices=_MARKS)
    by = forms.ChoiceField(label=_("Shown"), required=False, choices=_GROUPS)

    def __init__(self, data: QueryDict, *, case: Case, statements: Sequence[Statement]) -> None:
        super().__init__(data)
        themes = [(row.theme.pk, f"{'– ' * row.depth}{row.theme.name}") for row in theme_tree()]
        elements = [(element.key, element.name) for element in elements_of(case.forum)]
        self.fields["theme"].choices = [("", _("Any theme")), *themes]
        self.fields["element"].choices = [("", _("Anything")), *elements]
        self.fields["statement"].choices = [("", _("Any statement")), *statement_choices(statements)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def narrowing(self) -> Narrowing:
        self.is_valid()
        return Narrowing(**{name: value for name, value in self.cleaned_data.items() if value})


DEEDS = ("statement", "element", "not-element", "quote", "not-quote", "remove")


class EvidenceBulkForm(forms.Form):
    """The ticked pieces, and what is done with all of them."""

    items = IdList(error_messages={"required": _("Tick at least one passage.")})
    do = forms.ChoiceField(choices=[(name, "") for name in DEEDS])
    statement = forms.ModelChoiceField(Statement.objects.none(), label=_("Statement"), required=False)
    relation = forms.ChoiceField(label=_("What they do to it"), required=False)
    element = forms.ChoiceField(label=_("Goes to show"), required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None, *, case: Case, statements: Sequence[Statement], may_show: bool) -> None:
        # The filter above has fields of the same names.
        super().__init__(data, auto_id="bulk_%s")
        self.fields["statement"].queryset = Statement.objects.filter(case=case)
        self.fields["statement"].choices = [("", _("Choose a statement")), *statement_choices(statements)]
        self.fields["relation"].choices = [
            choice for choice in BEARING_CHOICES if choice[0] and (may_show or choice[0] != SHOWN_AGAINST)
        ]
        elements = [(element.key, element.name) for element in elements_of(case.forum)]
        self.fields["element"].choices = [("", _("Choose what they go to show")), *elements]
        for name in ("statement", "relation", "element"):
            self.fields[name].widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("do") == "statement" and not self.errors:
            for name in ("statement", "relation"):
                if not data.get(name):
                    self.add_error(name, _("Choose a statement, and what the passages do to it."))
                    break
        if str(data.get("do")).endswith("element") and not data.get("element") and not self.errors:
            self.add_error("element", _("Choose what the passages go to show."))
        return data

    @property
    def sentence(self) -> str:
        """What is wrong, in one line."""
        return next((str(words) for errors in self.errors.values() for words in errors), "")


def statement_choices(statements: Sequence[Statement]) -> Choices:
    return [(row.pk, f"{number}. {row}") for number, row in enumerate(statements, start=1)]
