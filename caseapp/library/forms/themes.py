"""What people type about a theme, and where they put it."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Field, Layout, Row, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from caseapp.core.differences import Difference, differences, differences_seen, seen_field
from caseapp.library.models import Theme
from caseapp.library.models.excerpt import State
from caseapp.library.models.theme import COLOUR
from caseapp.library.queries import ThemeRow, colours_in_use, ids_below, theme_tree
from caseapp.library.themes.contrast import is_fit, nearest_fit
from caseapp.library.themes.palette import next_colour

CANCEL = "<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"


def theme_choices(rows: list[ThemeRow]) -> list[tuple[str, str]]:
    """Themes for a select element, those below others set in."""
    return [(str(row.theme.pk), "\u2003" * row.depth + row.theme.name) for row in rows]


def _buttons(words: str | Promise) -> Div:
    return Div(Submit("", words), HTML(CANCEL), css_class="form-buttons")


class PlaceField(forms.TypedChoiceField):
    """One of the themes of `rows`, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, coerce=int, empty_value=None, **kwargs)

    def offer(self, rows: list[ThemeRow], empty: str | Promise) -> None:
        self.choices = [("", empty), *theme_choices(rows)]
        self.themes = {row.theme.pk: row.theme for row in rows}

    def clean(self, value: Any) -> Theme | None:
        return self.themes.get(super().clean(value))


class ThemeForm(forms.ModelForm):
    """`version` is that of the theme the person saw; a new theme has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Theme
        fields: ClassVar[tuple[str, ...]] = (
            "name",
            "definition",
            "belongs",
            "excludes",
            "colour",
            "stale_after_months",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "definition": forms.Textarea(attrs={"rows": 3}),
            "belongs": forms.Textarea(attrs={"rows": 3}),
            "excludes": forms.Textarea(attrs={"rows": 3}),
            "colour": forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "definition": _("Which passages belong here, so that everybody tags alike."),
            "belongs": _("Examples in a few words. Passages can be pinned as examples on the theme's page."),
            "excludes": _("What one might take for it, and where that goes instead."),
            "colour": _("Washes the marked passages. The name always stands beside it."),
            "stale_after_months": _("Left empty, its passages hold until the law or rule they tell of is changed."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "name": {"required": _("Every theme needs a name.")},
        }

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("version"), "name", *self.about(), _buttons(_("Save")))

    def about(self) -> tuple[Any, ...]:
        return (
            "definition",
            Row(Column("belongs", css_class="col-sm-6"), Column("excludes", css_class="col-sm-6")),
            Row(Column("colour", css_class="col-sm-6"), Column("stale_after_months", css_class="col-sm-6")),
        )

    def clean_colour(self) -> str:
        """A theme may keep the colour it has. Another must be fit to be seen; the nearest that is, is filled in."""
        colour: str = self.cleaned_data["colour"].lower()
        if not re.match(COLOUR, colour):
            return colour  # the model's own validator says what is wrong
        if colour == self.initial.get("colour") or is_fit(colour):
            return colour
        nearest = nearest_fit(colour)
        self.data = self.data.copy()
        self.data["colour"] = nearest
        raise forms.ValidationError(
            gettext(
                "%(colour)s is hard to see on white paper or on a dark screen. The nearest that can be seen is "
                "%(nearest)s; it is filled in, so saving again takes it."
            )
            % {"colour": colour, "nearest": nearest}
        )

    def clean(self) -> dict[str, Any]:
        """Browsers send every line end as CR LF."""
        typed = super().clean() or self.cleaned_data
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in typed.items()}

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences_from(self, standing: Theme) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.details)


class AddThemeForm(ThemeForm):
    """A new theme, in a colour that no other has as long as there is one."""

    parent = PlaceField(label=_("Stands under"))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"colour": next_colour(colours_in_use())} | (initial or {}))
        self.fields["parent"].offer(theme_tree(), _("(at the top)"))
        self.helper.layout = Layout("name", "parent", *self.about(), _buttons(_("Add the theme")))

    @property
    def details(self) -> dict[str, Any]:
        return super().details | {"parent": self.cleaned_data["parent"]}


class BegunThemeForm(AddThemeForm):
    """A theme of which only the name is known yet, made while somebody tags; what belongs there is said later."""

    def __init__(self, name: str) -> None:
        super().__init__({"name": name, "colour": next_colour(colours_in_use())})


class MoveForm(forms.Form):
    """Where a theme goes: under any theme but itself and those below it."""

    parent = PlaceField(label=_("Stands under"))

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data, initial={"parent": theme.parent_id})
        self.fields["seen"] = seen_field(parent=theme.parent_id)
        below = ids_below(theme)
        self.fields["parent"].offer([row for row in theme_tree() if row.theme.pk not in below], _("(at the top)"))
        self.helper = FormHelper()
        self.helper.layout = Layout("seen", "parent", _buttons(_("Move the theme")))

    def differences_from(self, standing: Theme) -> list[Difference]:
        """Where somebody else put it, against where it was to go."""
        differences_seen(self, {"parent": standing.parent_id}, {})
        places = (str(place or _("(at the top)")) for place in (standing.parent, self.cleaned_data["parent"]))
        return [Difference(str(self.fields["parent"].label), *places)]


class PassageFilterForm(forms.Form):
    """What of a theme's passages is shown. Whatever else stands in the address is passed over."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any state")), *State.choices])
    adverse = forms.ChoiceField(
        label=_("Which way"),
        required=False,
        choices=[("", _("For and against us")), ("no", _("For us")), ("yes", _("Against us"))],
    )
    since = forms.RegexField(
        r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        label=_("Published since"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2019", "inputmode": "numeric"}),
        error_messages={"invalid": _("Give a year, a month or a day, like 2019, 2019-03 or 2019-03-04.")},
    )
    style = forms.ChoiceField(label=_("Cite for"), required=False)
    below = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, countries_on_offer: list[str], styles: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        names = [(code, str(countries.name(code)) or code) for code in countries_on_offer]
        self.fields["country"].choices = [("", _("All countries")), *names]
        self.fields["style"].choices = styles
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        columns = (
            Column(name, css_class="col-6 col-md-2") for name in ("country", "state", "adverse", "since", "style")
        )
        show = Column(Submit("", _("Show"), css_class="mb-3"), css_class="col-6 col-md-2")
        self.helper.layout = Layout("below", Row(*columns, show, css_class="align-items-end"))
        self.is_valid()

    @property
    def wanted(self) -> dict[str, Any]:
        found = {name: self.cleaned_data.get(name, "") for name in ("country", "state", "adverse", "since")}
        return found | {"with_those_below": self.cleaned_data.get("below") != "0"}


class DropForm(forms.Form):
    """Where a theme was dropped: after another (none: first of all), or as the first below it."""

    after = forms.ModelChoiceField(Theme.objects.all(), required=False)
    inside = forms.BooleanField(required=False)


class MergeForm(forms.Form):
    """Into which theme: any but itself and those below it."""

    into = PlaceField(label=_("Merge it into"))

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data)
        below = ids_below(theme)
        self.fields["into"].offer([row for row in theme_tree() if row.theme.pk not in below], _("Choose a theme"))
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout("into", _buttons(_("Show what will happen")))
