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
from caseapp.cases.models import Case, CaseMember
from caseapp.cases.ordering import wanted_order
from caseapp.cases.parts import Part
from caseapp.cases.queries import people_to_add
from caseapp.cases.registries import registries_of
from caseapp.core.differences import Difference, differences, differences_seen, seen_field
from caseapp.core.fields import ChosenRowsField, number_in
from caseapp.library.models import Excerpt
from caseapp.library.models.source import ONE_PLAIN_LINE

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


DATES = (
    "hearing_on", "hearing_kind", "ordered_on", "registry",
    "decision_on", "briefing_on", "lodged_on", "other_bundle_on", "other_filing_on",
)  # fmt: skip


class Folded(Fieldset):
    """Fields that few need, out of sight until one of them is filled in or somebody asks for them."""

    template = "cases/case/_folded.html"

    def render(self, form: forms.Form, *args: Any, **kwargs: Any) -> Any:
        self.is_open = any(form[name].value() or form[name].errors for name in self.fields)
        return super().render(form, *args, **kwargs)


class CaseForm(forms.ModelForm):
    """`version` is the one of the case that the person saw; a new case has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields: ClassVar[tuple[str, ...]] = (
            "reference", "client_name", "country", "forum", *DATES,
            "file_number", "court", "judge", "is_detained", "filer",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in DATES
                if name.endswith("_on")
            },
            "filer": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "forum": _("Who receives the filing. It sets the paper, the tabs and the rules that are checked."),
            "is_detained": _("For somebody detained the court itself sets the date: none is counted here."),
            "decision_on": _("The Board of Immigration Appeals counts from it."),
            "briefing_on": _("The Board counts the days for a brief from it."),
            "lodged_on": _("The First-tier Tribunal counts from it, or from the other side’s bundle."),
            "other_filing_on": _("What answers it has days of its own."),
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
            Fieldset(_("Case"), "reference", "client_name", "country", "forum"),
            Fieldset(_("Dates"), *DATES[:2], "is_detained", *DATES[2:4]),
            Folded(_("Appeals, and answers to the other side: dates from which days are counted"), *DATES[4:]),
            Fieldset(_("For the cover page"), "file_number", "court", "judge", "filer"),
            form_buttons(_("Save") if case else _("Open the case")),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        forum, registry = self.cleaned_data.get("forum"), self.cleaned_data.get("registry")
        if forum and registry and registry not in {each.key for each in registries_of(forum)}:
            self.add_error("registry", _("This registry receives nothing for the chosen forum."))
        return self.cleaned_data

    def clean_filer(self) -> str:
        return one_line_ends(self.cleaned_data["filer"])

    def differences_from(self, case: Case) -> list[Difference]:
        """What stands in the case against what was typed. Sending the form again then saves over what stands."""
        return differences(self, case, self.details)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PartForm(forms.Form):
    """What somebody on the team may do there."""

    part = forms.TypedChoiceField(
        label=_("On this case"),
        choices=Part.choices,
        coerce=Part,
        widget=forms.RadioSelect,
        initial=Part.EDITOR,
        help_text=_(
            "Who looks sees everything and changes nothing. Who works on it adds and changes. A lawyer of the case "
            "also builds and downloads packets, and decides when the case is closed and what is kept; only people "
            "with the role Lawyer can be that."
        ),
        error_messages={"required": _("Say what this colleague may do here.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = seen_field(**kwargs.get("initial") or {})
        self.helper = FormHelper()
        self.helper.layout = Layout("seen", "part", form_buttons(_("Save")))

    def differences_from(self, standing: CaseMember) -> list[Difference]:
        return differences_seen(self, {"part": standing.part}, self.cleaned_data)


class MemberForm(PartForm):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose a colleague to add."),
            "invalid_choice": _("This colleague is on the team already, or cannot work on cases."),
        },
    )

    field_order = ("user", "part")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_to_add(case)
        self.helper.layout = Layout("user", "part", Div(Submit("", _("Add to the team")), css_class="form-buttons"))


class EvidenceForm(forms.Form):
    """The ticked excerpts and why they matter here: sources in the order of the page, the passages of each as they
    stand in its text."""

    excerpts = ChosenRowsField(
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
        chosen: list[Excerpt] = as_sent(self, "excerpts")
        sources = list(dict.fromkeys(one.capture_id for one in chosen))
        return sorted(chosen, key=lambda one: (sources.index(one.capture_id), one.start, one.end))

    def clean_why(self) -> str:
        return one_line_ends(self.cleaned_data["why"])


class WhyForm(forms.Form):
    """`was`, `relevance_was` and `answer_was` are the words that the person saw."""

    was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    relevance_was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    relevance = forms.CharField(
        label=_("What it shows"), required=False, max_length=300, validators=[ONE_PLAIN_LINE], empty_value=""
    )
    why = forms.CharField(
        label=_("Why it is here"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_was = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    answer = forms.CharField(
        label=_("What this case says to it"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_was(self) -> str:
        return one_line_ends(self.cleaned_data["was"])

    def clean_answer_was(self) -> str:
        return one_line_ends(self.cleaned_data["answer_was"])

    def clean_answer(self) -> str:
        return one_line_ends(self.cleaned_data["answer"])

    def clean_why(self) -> str:
        return one_line_ends(self.cleaned_data["why"])


class IdList(forms.Field):
    """Several ids under one name, in the order sent."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        numbers = [number for item in value or () if (number := number_in(item)) is not None]
        if len(numbers) < len(value or ()):
            raise forms.ValidationError(_("This is not a list that can be sorted."))
        return numbers


class OrderForm(forms.Form):
    """A list as it was seen, and either the order that dragging made of it, or one item to move up or down."""

    seen = IdList()
    order = IdList(required=False)
    up = forms.IntegerField(required=False)
    down = forms.IntegerField(required=False)

    def wanted(self) -> list[int]:
        sent = self.cleaned_data
        return wanted_order(sent["seen"], sent["order"], up=sent["up"], down=sent["down"])
