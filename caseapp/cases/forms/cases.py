"""What people type about a case, its team and its evidence."""

from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout, Submit
from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.cases.models import Case
from caseapp.cases.ordering import wanted_order
from caseapp.cases.queries import excerpts_found, people_to_add, sources_with_excerpts
from caseapp.core.differences import Difference, differences
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.queries import theme_tree

CANCEL = "<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"


def form_buttons(save: str | Promise) -> Div:
    """Save, and the way back, which the template is given as cancel_url and cancel_words."""
    return Div(Submit("", save), HTML(CANCEL), css_class="form-buttons")


def as_sent(form: forms.Form, name: str) -> list[Any]:
    """The chosen rows as they stood on the page, which is how they were sent; a query would sort them by id."""
    places = {int(value): place for place, value in enumerate(cast(QueryDict, form.data).getlist(name))}
    return sorted(form.cleaned_data[name], key=lambda row: places[row.pk])


def one_line_ends(text: str) -> str:
    """Browsers send every line end as CR LF; the same text must compare as equal before and after."""
    return text.replace("\r\n", "\n")


class CaseForm(forms.ModelForm):
    """`version` is the one of the case that the person saw; a new case has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields: ClassVar[tuple[str, ...]] = (
            "reference", "client_name", "country", "forum", "hearing_on",
            "file_number", "court", "judge", "is_detained", "filer",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "hearing_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "filer": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "forum": _("Who receives the filing. It sets the paper, the tabs and the rules that are checked."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "reference": {"required": _("Give the case a reference of your office’s own. Lists show it.")},
            "client_name": {"required": _("Give the client’s name. The cover page needs it.")},
            "forum": {"required": _("Choose the forum that receives the filing.")},
        }

    def __init__(self, data: QueryDict | None = None, *, case: Case | None = None) -> None:
        super().__init__(data, initial=model_to_dict(case) | {"version": case.version} if case else None)
        for name in ("reference", "client_name", "file_number"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            Fieldset(_("Case"), "reference", "client_name", "country", "forum", "hearing_on"),
            Fieldset(_("For the cover page"), "file_number", "court", "judge", "is_detained", "filer"),
            form_buttons(_("Save") if case else _("Open the case")),
        )

    def clean_filer(self) -> str:
        return one_line_ends(self.cleaned_data["filer"])

    def differences_from(self, case: Case) -> list[Difference]:
        """What stands in the case against what was typed. Sending the form again then saves over what stands."""
        return differences(self, case, self.details)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose a colleague to add."),
            "invalid_choice": _("This colleague is on the team already, or cannot work on cases."),
        },
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_to_add(case)
        self.helper = FormHelper()
        self.helper.layout = Layout("user", Div(Submit("", _("Add to the team")), css_class="form-buttons"))


class ExcerptSearchForm(forms.Form):
    """What the picker looks for. Wrong values in an address find everything rather than nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("Theme"), required=False)
    source = forms.ModelChoiceField(
        Source.objects.none(), label=_("Source"), required=False, empty_label=_("Any source")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources_with_excerpts()
        self.fields["theme"].choices = [
            ("", _("Any theme")),
            *((row.theme.pk, f"{'– ' * row.depth}{row.theme.name}") for row in theme_tree()),
        ]

    def found(self) -> Any:
        self.is_valid()
        wanted = self.cleaned_data
        return excerpts_found(words=wanted.get("q", ""), theme=wanted.get("theme"), source=wanted.get("source"))


class EvidenceForm(forms.Form):
    """The ticked excerpts in the order of the page, and why they matter here."""

    excerpts = forms.ModelMultipleChoiceField(
        Excerpt.objects.select_related("capture__source").defer("capture__text"),
        error_messages={
            "required": _("Tick at least one passage."),
            "invalid_choice": _("One of the passages was removed from the library in the meantime. Nothing was added."),
        },
    )
    why = forms.CharField(
        label=_("Why they are here"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the passages show for this client. Only the team of this case sees it."),
    )

    def clean_excerpts(self) -> list[Excerpt]:
        return as_sent(self, "excerpts")

    def clean_why(self) -> str:
        return one_line_ends(self.cleaned_data["why"])


class WhyForm(forms.Form):
    """`was` and `relevance_was` are the words that the person saw."""

    was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    relevance_was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    relevance = forms.CharField(
        label=_("What it shows"), required=False, max_length=300, validators=[ONE_PLAIN_LINE], empty_value=""
    )
    why = forms.CharField(
        label=_("Why it is here"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_was(self) -> str:
        return one_line_ends(self.cleaned_data["was"])

    def clean_why(self) -> str:
        return one_line_ends(self.cleaned_data["why"])


class IdList(forms.Field):
    """Several ids under one name, in the order sent."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        if any(not (isinstance(item, str) and item.isdecimal() and len(item) < 19) for item in value or ()):
            raise forms.ValidationError(_("This is not a list that can be sorted."))
        return [int(item) for item in value or ()]


class OrderForm(forms.Form):
    """A list as it was seen, and either the order that dragging made of it, or one item to move up or down."""

    seen = IdList()
    order = IdList(required=False)
    up = forms.IntegerField(required=False)
    down = forms.IntegerField(required=False)

    def wanted(self) -> list[int]:
        sent = self.cleaned_data
        return wanted_order(sent["seen"], sent["order"], up=sent["up"], down=sent["down"])
