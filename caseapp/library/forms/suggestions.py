"""What people answer to suggestions, what of them they want to see, and the rules that make them."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.library.forms.themes import PlaceField
from caseapp.library.models import Answer, Capture, Excerpt, Theme, ThemeRule
from caseapp.library.queries import theme_tree


class PlaceForm(forms.Form):
    """Some words of a text, by their place in it."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


class ProposedForm(PlaceForm):
    """A passage and the theme that was suggested for it."""

    capture = forms.ModelChoiceField(Capture.objects.select_related("source"))
    theme = forms.ModelChoiceField(Theme.objects.all())

    @classmethod
    def of_key(cls, key: str) -> "ProposedForm":
        """`key` is that of a proposal."""
        names = ("capture", "start", "end", "theme")
        return cls(dict(zip(names, key.split("-"), strict=False)))

    @property
    def proposed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("capture", "start", "end", "theme")}


class AnswerForm(ProposedForm):
    answer = forms.ChoiceField(choices=Answer)


class QueueForm(forms.Form):
    """What the list of suggestions is narrowed to. Whatever else stands in the address is passed over."""

    OPEN = "open"
    EXCERPTS, PARAGRAPHS = "excerpts", "paragraphs"

    theme = PlaceField(label=_("Theme"))
    among = forms.ChoiceField(
        label=_("Among"),
        required=False,
        choices=[(EXCERPTS, _("Excerpts")), (PARAGRAPHS, _("Paragraphs of the sources"))],
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[(OPEN, _("Open")), *((str(one.value), one.label) for one in Answer)]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["theme"].offer(theme_tree(), _("All themes"))
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        columns = (Column(name, css_class="col-sm-3") for name in self.fields)
        self.helper.layout = Layout(
            Row(
                *columns,
                Column(Submit("", _("Show"), css_class="mb-3"), css_class="col-sm-3"),
                css_class="align-items-end",
            )
        )
        self.is_valid()

    @property
    def wanted(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "theme": found.get("theme"),
            "among": found.get("among") or self.EXCERPTS,
            "status": found.get("status") or self.OPEN,
        }


class RuleForm(forms.ModelForm):
    class Meta:
        model = ThemeRule
        fields: ClassVar[tuple[str, ...]] = ("kind", "text")
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.TextInput(attrs={"autocomplete": "off"})}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "text": _("A pattern knows kill* for any ending, and near/5 for words that stand close together.")
        }

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(
                Column("kind", css_class="col-sm-3"),
                Column("text", css_class="col-sm-9"),
            ),
            Submit("", _("Add the rule")),
        )


class ExampleForm(forms.Form):
    """Pins a passage to a theme as an example, or takes it away again."""

    BELONGS, EXCLUDED, NONE = "belongs", "excluded", "none"

    excerpt = forms.ModelChoiceField(Excerpt.objects.all())
    pin = forms.ChoiceField(choices=[(name, name) for name in (BELONGS, EXCLUDED, NONE)])
