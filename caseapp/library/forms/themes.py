"""What people type about a theme, and where they put it."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.library.models import Theme
from caseapp.library.palette import next_colour
from caseapp.library.queries import ThemeRow, colours_in_use, ids_below, theme_tree

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
    class Meta:
        model = Theme
        fields: ClassVar[tuple[str, ...]] = ("name", "definition", "colour")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "definition": forms.Textarea(attrs={"rows": 3}),
            "colour": forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "definition": _("Which passages belong here, so that everybody tags alike."),
            "colour": _("Washes the marked passages. The name always stands beside it."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "name": {"required": _("Every theme needs a name.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, _buttons(_("Save")))

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].lower()
        return colour

    def clean_definition(self) -> str:
        """Browsers send every line end as CR LF."""
        definition: str = self.cleaned_data["definition"].replace("\r\n", "\n")
        return definition

    @property
    def details(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AddThemeForm(ThemeForm):
    """A new theme, in a colour that no other has as long as there is one."""

    parent = PlaceField(label=_("Stands under"))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"colour": next_colour(colours_in_use())} | (initial or {}))
        self.fields["parent"].offer(theme_tree(), _("(at the top)"))
        self.helper.layout = Layout("name", "parent", "definition", "colour", _buttons(_("Add the theme")))


class MoveForm(forms.Form):
    """Where a theme goes: under any theme but itself and those below it."""

    parent = PlaceField(label=_("Stands under"))

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data, initial={"parent": theme.parent_id})
        below = ids_below(theme)
        self.fields["parent"].offer([row for row in theme_tree() if row.theme.pk not in below], _("(at the top)"))
        self.helper = FormHelper()
        self.helper.layout = Layout("parent", _buttons(_("Move the theme")))


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
