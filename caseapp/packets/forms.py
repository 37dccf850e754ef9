"""What people type about a packet and choose as its exhibits."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.cases.forms import as_sent, form_buttons
from caseapp.cases.models import Case
from caseapp.core.differences import Difference, differences
from caseapp.library.models import Capture
from caseapp.library.queries import captures_without_text
from caseapp.packets.models import Packet


class PacketForm(forms.ModelForm):
    """`version` is the one of the packet that the person saw; a new packet has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Packet
        fields: ClassVar[tuple[str, ...]] = ("title", "forum", "index_style")
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "forum": _("Who receives the filing. It sets the paper, the tabs and the rules that are checked."),
            "index_style": _("How the index is arranged."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "title": {"required": _("Give the packet a title. It is printed on the cover.")},
            "forum": {"required": _("Choose the forum that receives the filing.")},
            "index_style": {"required": _("Choose how the index is arranged.")},
        }

    def __init__(
        self, data: QueryDict | None = None, *, case: Case | None = None, packet: Packet | None = None
    ) -> None:
        """A new packet of a case, or the one that is changed."""
        initial = model_to_dict(packet) | {"version": packet.version} if packet else {}
        super().__init__(data, initial=({"forum": case.forum} if case else {}) | initial)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"), *self.Meta.fields, form_buttons(_("Save") if packet else _("Start the packet"))
        )

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences_from(self, packet: Packet) -> list[Difference]:
        """What stands in the packet against what was typed. Sending the form again then saves over what stands."""
        return differences(self, packet, self.details)


class ExhibitForm(forms.Form):
    """The captures to file, in the order of the page."""

    captures = forms.ModelMultipleChoiceField(
        captures_without_text(),
        error_messages={
            "required": _("Tick at least one source."),
            "invalid_choice": _("One of the sources is no longer in the library. Nothing was added."),
        },
    )

    def clean_captures(self) -> list[Capture]:
        return as_sent(self, "captures")
