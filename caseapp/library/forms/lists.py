"""What people do with a list of the library: keep its search, or change many of its rows at once."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from caseapp.library.found.narrowing import ThemeTree
from caseapp.library.models import Kind, SavedSearch, Theme
from caseapp.library.models.source import ONE_PLAIN_LINE

CANCEL = "<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"
KEEP, ADD, REMOVE = "", "add", "remove"


class SaveSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields: ClassVar[tuple[str, ...]] = ("name", "is_shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name", "is_shared", Div(Submit("", _("Save the search")), HTML(CANCEL), css_class="form-buttons")
        )


class ChangeSourcesForm(forms.Form):
    """What is left as it is says nothing."""

    country = forms.ChoiceField(label=_("Country it is about"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    publisher = forms.CharField(
        label=_("Publisher"),
        required=False,
        max_length=200,
        validators=[ONE_PLAIN_LINE],
        help_text=_("Leave it empty to keep what each of them has."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_it_is = ("", _("As it is"))
        self.fields["country"].choices = [as_it_is, *countries]
        self.fields["kind"].choices = [as_it_is, *Kind.choices]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.values:
            raise forms.ValidationError(_("Choose what all of them are to have."))
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class TagForm(forms.Form):
    """For each theme: leave it, give it to all, take it from all. A field of a theme is called `theme-` and its id."""

    def __init__(self, *args: Any, tree: ThemeTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {f"theme-{theme.pk}": theme for theme in tree.in_order()}
        choices = ((KEEP, _("Leave it")), (ADD, _("All")), (REMOVE, _("None")))
        for name, theme in self.themes.items():
            self.fields[name] = forms.ChoiceField(
                label=theme.name, choices=choices, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose a theme that all of them are to have, or none of them."))
        return self.cleaned_data

    def chosen(self, wish: str) -> list[Theme]:
        return [theme for name, theme in self.themes.items() if self.cleaned_data.get(name) == wish]
