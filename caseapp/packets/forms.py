"""What people type about a packet and choose as its exhibits."""

from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseapp.cases.forms import as_sent, form_buttons, one_line_ends
from caseapp.cases.models import Case, Document
from caseapp.cases.queries import documents_in_order
from caseapp.core.differences import Difference, differences, differences_seen, seen_field
from caseapp.core.fields import ChosenRowsField
from caseapp.forums import Forum
from caseapp.library.models import Capture
from caseapp.library.queries import captures_without_text
from caseapp.packets.filed import Following
from caseapp.packets.models import Build, Exhibit, FilingDetails, Include, Numbering, Packet
from caseapp.packets.pages import PagesUnclear, page_numbers
from caseapp.packets.queries import filed_builds


class PacketForm(forms.ModelForm):
    """`version` is the one of the packet that the person saw; a new packet has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Packet
        fields: ClassVar[tuple[str, ...]] = ("title", "forum", "index_style", "follows", "numbering")
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "follows": _("A build that is marked as filed. Its tabs and pages stay as they were cited."),
            "numbering": _("How the tabs and pages of this packet are numbered beside those of the filed one."),
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
        filed = filed_builds(packet.case if packet else case)
        if filed.exists():
            self.fields["follows"].queryset = filed
            self.fields["follows"].label_from_instance = _build_words
            self.fields["follows"].empty_label = gettext("no filed packet")
        else:
            del self.fields["follows"], self.fields["numbering"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            *(name for name in self.Meta.fields if name in self.fields),
            form_buttons(_("Save") if packet else _("Start the packet")),
        )

    def clean(self) -> dict[str, Any]:
        """New numbers need no filed packet, and any other numbers need one."""
        super().clean()
        chosen = self.cleaned_data
        if chosen.get("numbering") == Numbering.FRESH:
            chosen["follows"] = None
        elif "numbering" in chosen and not chosen.get("follows"):
            self.add_error("follows", _("Choose the filed build that this packet goes on from."))
        return chosen

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "forum", "index_style")} | {
            "following": Following(self.cleaned_data["follows"], self.cleaned_data["numbering"])
            if "numbering" in self.fields
            else None
        }

    def differences_from(self, packet: Packet) -> list[Difference]:
        """What stands in the packet against what was typed. Sending the form again then saves over what stands."""
        return differences(self, packet, self.details)


def _build_words(build: Build) -> str:
    words = gettext("“%(title)s”, build %(number)d")
    return words % {"title": build.packet.title, "number": build.number}


class ShownForm(forms.ModelForm):
    """How much of an exhibit is shown."""

    class Meta:
        model = Exhibit
        fields: ClassVar[tuple[str, ...]] = ("include", "context_pages", "pages_shown")
        widgets: ClassVar[dict[str, forms.Widget]] = {"include": forms.RadioSelect()}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "context_pages": _("With cited pages: how many pages before and after each are shown too."),
            "pages_shown": _("With chosen pages: pages of the document, such as 3-5, 9."),
        }

    def __init__(self, data: QueryDict | None = None, *, exhibit: Exhibit) -> None:
        super().__init__(data, initial=model_to_dict(exhibit, fields=self.Meta.fields))
        self.fields["seen"] = seen_field(**exhibit.shown)
        self.pages = _pages_of(exhibit)
        self.fields["context_pages"].required = False
        if not self.pages:
            self.fields["include"].choices = [choice for choice in Include.choices if choice[0] != Include.PAGES]
            del self.fields["pages_shown"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, form_buttons(_("Save")))

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = self.cleaned_data
        chosen["context_pages"] = chosen.get("context_pages") or 0
        if chosen.get("include") == Include.PAGES:
            try:
                page_numbers(chosen.get("pages_shown", ""), self.pages)
            except PagesUnclear:
                words = _("Name pages of this document, from 1 to %(pages)d, such as 3-5, 9.")
                self.add_error("pages_shown", words % {"pages": self.pages})
        return chosen

    def differences_from(self, standing: Exhibit) -> list[Difference]:
        return differences_seen(self, standing.shown, self.cleaned_data)


def _pages_of(exhibit: Exhibit) -> int:
    """How many pages its file has; 0 for a text, which has none before it is set."""
    if exhibit.document:
        return exhibit.document.pages
    return len(exhibit.capture.pages) if exhibit.capture and exhibit.capture.clean_sha256 else 0


class ExhibitForm(forms.Form):
    """The sources and the client's documents to file, each in the order of the page."""

    captures = ChosenRowsField(
        captures_without_text(),
        required=False,
        error_messages={
            "invalid_choice": _("One of the sources is no longer in the library. Nothing was added."),
        },
    )
    documents = ChosenRowsField(
        Document.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("One of the documents is no longer in the case. Nothing was added."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, case: Case) -> None:
        super().__init__(data)
        self.fields["documents"].queryset = documents_in_order(case)

    def clean_captures(self) -> list[Capture]:
        return as_sent(self, "captures")

    def clean_documents(self) -> list[Document]:
        sent = cast(QueryDict, self.data).getlist("documents")
        return sorted(self.cleaned_data["documents"], key=lambda document: sent.index(str(document.pk)))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if not self.errors and not chosen["captures"] and not chosen["documents"]:
            self.add_error(None, _("Tick at least one source or document."))
        return chosen


class FilingForm(forms.ModelForm):
    """How the packet is filed and served. Only what its forum asks about is shown; the rest stays as it is."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FilingDetails
        fields: ClassVar[tuple[str, ...]] = (
            "channel", "all_parties_electronic", "preparer", "served_party", "served_address", "served_means",
            "interpreter", "interpreter_address", "interpreter_telephone", "interpreted_language",
            "remand_reason", "late_reason", "longer_schedule_permitted", "application_attached",
            "puts_file_number_in_names",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "served_address": forms.Textarea(attrs={"rows": 3}),
            "interpreter_address": forms.Textarea(attrs={"rows": 3}),
            "remand_reason": forms.Textarea(attrs={"rows": 4}),
            "late_reason": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "preparer": _("Printed under the line for the signature, which stays empty."),
            "served_means": _("Left empty, a line is printed for whoever serves it to write on."),
            "interpreter": _("Who read a declaration to the person who signed it."),
            "remand_reason": _("Printed before the exhibits."),
            "late_reason": _("Printed before the exhibits."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "channel": {"required": _("Choose how the packet is filed.")},
        }

    def __init__(self, data: QueryDict | None = None, *, profile: Forum, standing: FilingDetails) -> None:
        super().__init__(data, initial=model_to_dict(standing) | {"version": standing.version})
        self.fields["channel"].choices = [(channel.key, gettext(channel.name)) for channel in profile.channels]
        asks = {
            "all_parties_electronic": any(channel.needs_service for channel in profile.channels),
            "remand_reason": profile.rule_named("new-evidence") is not None,
            "longer_schedule_permitted": profile.schedule is not None,
            "application_attached": profile.country_pages_limit is not None,
            "puts_file_number_in_names": bool(profile.file_names.with_number),
        }
        for name, is_asked in asks.items():
            if not is_asked:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            self._fieldset(_("How it is filed"), "channel", "all_parties_electronic", "preparer"),
            self._fieldset(_("Who is served"), "served_party", "served_address", "served_means"),
            self._fieldset(
                _("Who interpreted"),
                "interpreter",
                "interpreted_language",
                "interpreter_address",
                "interpreter_telephone",
            ),
            self._fieldset(
                _("What the forum has to know"),
                "remand_reason",
                "late_reason",
                "longer_schedule_permitted",
                "application_attached",
                "puts_file_number_in_names",
            ),
            form_buttons(_("Save")),
        )

    def _fieldset(self, legend: Promise, *names: str) -> Fieldset:
        return Fieldset(legend, *(name for name in names if name in self.fields))

    def clean(self) -> dict[str, Any]:
        texts = ("served_address", "interpreter_address", "remand_reason", "late_reason")
        told = {name: one_line_ends(self.cleaned_data[name]) for name in texts if name in self.cleaned_data}
        self.cleaned_data.update(told)
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def differences_from(self, standing: FilingDetails) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.details)


class WaiverForm(forms.Form):
    """Why a lawyer files with a finding."""

    finding = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Seen by the case’s team, with your name and the day. It is not printed and does not leave the office."
        ),
        error_messages={"required": _("Say why the packet may be filed with this.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("finding"), "reason", form_buttons(_("Waive it")))


class LookedThroughForm(forms.Form):
    """A lawyer's word that they went through what leaves."""

    looked = forms.BooleanField(
        label=_("I looked through what leaves the office with this build."),
        error_messages={"required": _("Tick this once you have looked through it all.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("looked", form_buttons(_("Open the downloads")))
