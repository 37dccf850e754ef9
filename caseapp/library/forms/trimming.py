"""Where the article starts and ends: a paragraph chosen, or its first and last words pasted."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseapp.core.differences import Difference, differences_seen, seen_field
from caseapp.library.excerpts.anchors import Ambiguous, Exact, Moved, UnusableQuote, find


class TrimForm(forms.Form):
    """`start` and `end` are offsets of the text; words, where given, go before them."""

    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=1)
    first_words = forms.CharField(
        label=_("Its first words"),
        required=False,
        max_length=1000,
        help_text=_("Instead of a mark below, or where it starts within a paragraph."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    last_words = forms.CharField(
        label=_("Its last words"),
        required=False,
        max_length=1000,
        help_text=_("Instead of a mark below, or where it ends within a paragraph."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, text: str, article: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.article = text, article
        self.differences: list[Difference] = []
        self.fields["seen"] = seen_field(start=article[0], end=article[1])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "seen", Row(Column("first_words", css_class="col-md-6"), Column("last_words", css_class="col-md-6"))
        )

    def clean_first_words(self) -> str:
        return self._find("first_words", "start")

    def clean_last_words(self) -> str:
        return self._find("last_words", "end")

    def _find(self, field: str, bound: str) -> str:
        """Replaces the bound by the place of the words, or says why they say nothing."""
        words: str = self.cleaned_data[field]
        if not words:
            return words
        try:
            found = find(self.text, words)
        except UnusableQuote as error:
            raise forms.ValidationError(str(error)) from error
        if isinstance(found, Exact | Moved):
            self.cleaned_data[bound] = getattr(found, bound)
            return words
        raise forms.ValidationError(_where_else(found.count) if isinstance(found, Ambiguous) else _not_there())

    def show_conflict(self, start: int, end: int) -> None:
        """Both versions: the one that somebody else saved, and the one that was chosen here."""
        chosen = self.bounds
        differences_seen(self, {"start": start, "end": end}, {})
        self.differences = [
            Difference(str(words), self._around(theirs), self._around(mine))
            for words, theirs, mine in ((_("starts"), start, chosen[0]), (_("ends"), end, chosen[1]))
            if theirs != mine
        ]

    def _around(self, place: int) -> str:
        return f"…{self.text[max(0, place - 40) : place]} | {self.text[place : place + 40]}…"

    @property
    def bounds(self) -> tuple[int, int]:
        """What was chosen; what was not understood stays as it stands."""
        start, end = (self.cleaned_data.get(name) if self.is_bound else None for name in ("start", "end"))
        return self.article[0] if start is None else start, self.article[1] if end is None else end


def _where_else(count: int) -> str:
    return ngettext(
        "These words stand at %(n)d place in the text. Paste more of them, until only one place is meant.",
        "These words stand at %(n)d places in the text. Paste more of them, until only one place is meant.",
        count,
    ) % {"n": count}


def _not_there() -> str:
    return gettext("These words do not stand in the text. Copy them from the text below.")
