"""Forms about excerpts: tagging a selected passage, pasting a quote, changing what is said of it."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.core.fields import ChosenRowsField
from caseapp.library.excerpts.anchors import Ambiguous, BlankQuote, Exact, Finding, Lost, Moved, Place, find
from caseapp.library.models import Capture, Excerpt, Theme
from caseapp.library.themes.picker import ThemeOption, theme_options

# The way back, which the template is given as cancel_url and cancel_words.
CANCEL = HTML("<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>")
PLACES = HTML('{% include "library/excerpt/_places.html" %}')
SAME = HTML('{% include "library/excerpt/_same.html" %}')
AROUND = 80  # characters shown before and after a place, to tell it from another


class TagsForm(forms.Form):
    """What is said of a passage: its themes, a note, whether it cuts against us; and what it says in English, where
    it stands in another language."""

    themes: ChosenRowsField = ChosenRowsField(
        Theme.objects.all(),
        required=False,
        label=_("Themes"),
        error_messages={
            "invalid_choice": _("A theme was removed or merged in the meantime. Choose again."),
            "invalid_pk_value": _("A theme was removed or merged in the meantime. Choose again."),
        },
    )
    translation = forms.CharField(
        required=False,
        max_length=8000,
        label=_("Translation"),
        help_text=_("Printed beneath the passage wherever it is quoted."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        required=False, max_length=4000, label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )
    is_adverse = forms.BooleanField(required=False, label=_("Cuts against us"))
    answer = forms.CharField(
        required=False,
        max_length=4000,
        label=_("What can be said of it in general"),
        help_text=_(
            "A note on the source that the whole office reads: nothing about a client. What a case says to the passage "
            "is written in the case."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, person: User, language: str, **kwargs: Any) -> None:
        """`language` is that of the source; a passage in English is only asked for a translation if it has one."""
        super().__init__(*args, **kwargs)
        self._person = person
        if language.partition("-")[0].lower() == "en" and not self.initial.get("translation"):
            del self.fields["translation"]

    @cached_property
    def theme_options(self) -> list[ThemeOption]:
        return theme_options(self._person)

    @property
    def chosen_themes(self) -> set[int]:
        """The themes ticked, as far as they still exist; what is typed may be anything."""
        ticked = {str(value) for value in self["themes"].value() or []}
        return {option.theme.pk for option in self.theme_options if str(option.theme.pk) in ticked}

    def tag_fields(self) -> list[Any]:
        return [
            *([Field("translation", maxlength=None)] if "translation" in self.fields else []),
            Field("themes", template="library/excerpt/_theme_picker.html"),
            Field("note", maxlength=None),
            Field("is_adverse"),
            Field("answer", maxlength=None, wrapper_class="mb-3 adverse-answer"),
        ]

    @property
    def tags(self) -> dict[str, Any]:
        themes: QuerySet[Theme] = self.cleaned_data["themes"]
        words = {name: self.cleaned_data[name] for name in ("note", "is_adverse", "answer")}
        return words | {"themes": themes, "translation": self.cleaned_data.get("translation", "")}

    def clean_translation(self) -> str:
        """Browsers send every line end as CR LF; the same words must compare as equal before and after."""
        return str(self.cleaned_data["translation"]).replace("\r\n", "\n")


class PassageForm(TagsForm):
    """A passage selected in the reader; the panel's script fills in where it is."""

    start = forms.IntegerField(widget=forms.HiddenInput)
    end = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, capture: Capture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = "panel-form"
        self.helper.form_action = f"{reverse('excerpt_add', args=[capture.source_id])}?version={capture.number}"
        self.helper.attrs = {
            "hx-post": self.helper.form_action,
            "hx-target": "this",
            "hx-swap": "outerHTML",
            "hx-sync": "this:drop",
            "hx-disabled-elt": "find [type=submit]",
        }
        self.helper.layout = Layout(
            "start", "end", "words", SAME, *self.tag_fields(), _save_button(_("Save for the whole office"))
        )

    same: Excerpt | None = None

    @property
    def passage(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("start", "end", "words")}

    def clean_words(self) -> str:
        """Forms are sent with line ends of their own; the stored text has line feeds."""
        return str(self.cleaned_data["words"]).replace("\r\n", "\n")

    def clean(self) -> None:
        if {"start", "end", "words"} & self.errors.keys():
            self.add_error(None, gettext("No selection arrived, so nothing was saved. Select the passage again."))


class LocatingForm(forms.Form):
    """Words pasted in, and where they stand in the article: at one place, or at one that the person then chooses."""

    quote = forms.CharField(
        label=_("The words to quote"),
        help_text=_("Copy them from the text and paste them here."),
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        error_messages={"required": _("Paste the words to quote.")},
    )
    place = forms.IntegerField(required=False)
    same: Excerpt | None = None

    def __init__(self, *args: Any, capture: Capture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capture = capture
        self.finding: Finding | None = None

    def clean_quote(self) -> str:
        return str(self.cleaned_data["quote"]).replace("\r\n", "\n")

    def clean(self) -> None:
        super().clean()
        quote = self.cleaned_data.get("quote")
        if quote is None:
            return
        try:
            self.finding = find(self.capture.article, quote)
        except BlankQuote:
            self.add_error("quote", gettext("There are no words in this. Paste the words to quote."))
            return
        if self.located is None:
            self.add_error("quote", self._why_not())

    @property
    def located(self) -> Place | None:
        """Where the quote stands in the capture's text, once that is certain."""
        if isinstance(self.finding, Exact):
            return self._in_text(self.finding.start, self.finding.end)
        chosen = self.cleaned_data.get("place")
        return next((place for place in self._places() if place.start == chosen), None)

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The places that may be meant, each with the words around it as the text has them."""
        text, low, high = self.capture.text, self.capture.article_start, self.capture.article_end
        return [
            {
                "start": start,
                "before": text[max(low, start - AROUND) : start],
                "words": text[start:end],
                "after": text[end : min(high, end + AROUND)],
            }
            for start, end in self._places()
        ]

    @property
    def places_left_out(self) -> int:
        return self.finding.count - len(self.finding.places) if isinstance(self.finding, Ambiguous) else 0

    @property
    def is_moved(self) -> bool:
        return isinstance(self.finding, Moved)

    def _places(self) -> list[Place]:
        if isinstance(self.finding, Ambiguous):
            return [self._in_text(*place) for place in self.finding.places]
        if isinstance(self.finding, Moved):
            return [self._in_text(self.finding.start, self.finding.end)]
        return []

    def _in_text(self, start: int, end: int) -> Place:
        return Place(start + self.capture.article_start, end + self.capture.article_start)

    def _why_not(self) -> str:
        if isinstance(self.finding, Ambiguous):
            return ngettext(
                "These words stand in the article once in other writing. Choose it below, or paste other words.",
                "These words stand in the article %(count)d times. Choose below which place you mean, "
                "or paste more words.",
                self.finding.count,
            ) % {"count": self.finding.count}
        if isinstance(self.finding, Moved):
            return gettext(
                "The article has these words in another writing: other spaces, quotation marks, dashes or letters. "
                "Look below at how it reads; only the words of the article itself can be quoted."
            )
        if not isinstance(find(self.capture.text, self.cleaned_data["quote"]), Lost):
            return gettext(
                "These words stand in what was trimmed away, outside the article. "
                "Quote other words, or change where the article starts and ends."
            )
        return gettext(
            "These words do not stand in the article. Compare them with the text: "
            "copy them from there, without leaving anything out."
        )


class QuoteForm(LocatingForm, TagsForm):
    """An excerpt made without selecting: the words are pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "quote",
            PLACES,
            SAME,
            *self.tag_fields(),
            Div(_save_button(_("Save for the whole office")), CANCEL, css_class="form-buttons"),
        )


class ChangeForm(TagsForm):
    """Other tags for an excerpt. `version` is that of the excerpt the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, excerpt: Excerpt, **kwargs: Any) -> None:
        said = {
            "themes": list(excerpt.themes.all()),
            "translation": excerpt.translation,
            "note": excerpt.note,
            "is_adverse": excerpt.is_adverse,
            "answer": excerpt.answer,
            "version": excerpt.version,
        }
        super().__init__(*args, initial=said, language=excerpt.capture.source.language, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "version", *self.tag_fields(), Div(_save_button(_("Save")), CANCEL, css_class="form-buttons")
        )

    def renewed(self, version: int) -> None:
        """Keep what was entered; saving again is meant for the excerpt as it is now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


class RequoteForm(LocatingForm):
    """New bounds for an excerpt, by pasting its new words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "version",
            Field("quote"),
            PLACES,
            SAME,
            _save_button(_("Use these words")),
        )


class BoundsForm(forms.Form):
    """New bounds for an excerpt, as grown or shrunk on the page."""

    start = forms.IntegerField()
    end = forms.IntegerField()


class VersionForm(forms.Form):
    """Which version of an excerpt the person saw."""

    version = forms.IntegerField()


class MoveForm(BoundsForm, VersionForm):
    """The bounds to be saved."""


def _save_button(words: Any) -> Submit:
    return Submit("save", words, css_class="btn-primary")
