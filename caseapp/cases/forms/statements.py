"""What people paste, type and choose about the client's statements."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements import elements_of
from caseapp.cases.forms.cases import form_buttons
from caseapp.cases.models import Bearing, Case, CaseEvidence, Document, Relation, Statement
from caseapp.cases.queries import documents_in_order, words_taken
from caseapp.cases.splitting import LONGEST, Piece, are_held, pieces_of, sentences_of
from caseapp.cases.words import words_of
from caseapp.core.differences import Difference, differences
from caseapp.core.storage import FileAltered

# relation:shown as it stands in a menu. What cuts against a statement is not printed under it unless a lawyer shows it.
HIDDEN_AGAINST, SHOWN_AGAINST = "contradicts:hidden", "contradicts:shown"
BEARING_CHOICES: tuple[tuple[str, str | Promise], ...] = (
    ("", _("does not bear on it")),
    ("supports:shown", _("supports it")),
    ("context:shown", _("gives context")),
    (HIDDEN_AGAINST, _("cuts against it; not printed under it")),
    (SHOWN_AGAINST, _("cuts against it; printed under it")),
    ("supports:hidden", _("supports it; not printed under it")),
    ("context:hidden", _("gives context; not printed under it")),
)


class DeclarationForm(forms.Form):
    """A declaration, pasted or taken from a document, and which of its pieces become statements."""

    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("Declaration"), required=False, empty_label=_("None of the documents")
    )
    text = forms.CharField(
        label=_("Its words"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Paste it here, or leave this empty to take the words of the document chosen above. "
            "Its pieces are offered as statements."
        ),
    )
    each = forms.ChoiceField(
        label=_("Offered as a statement"),
        required=False,
        choices=(("paragraph", _("each paragraph")), ("sentence", _("each sentence"))),
    )

    def __init__(self, data: QueryDict | None = None, *, case: Case, document: str = "") -> None:
        super().__init__(data, initial={"document": document})
        self.case = case
        self.fields["document"].queryset = documents_in_order(case)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text, document = data.get("text", ""), data.get("document")
        if not text.strip() and document:
            text = self._words_of(document)
        self.words: str = text
        self.pieces: list[Piece] = pieces_of(text, each_sentence=data.get("each") == "sentence")
        if not self.pieces and not self.errors:
            self.add_error(
                "text",
                _("This document has no words that can be read. Paste the declaration here.")
                if document
                else _("Paste the declaration here, or choose a document above."),
            )
        return data

    def _words_of(self, document: Document) -> str:
        try:
            return words_of(document).paragraphs
        except FileAltered as error:
            self.add_error("document", str(error))
            return ""

    def chosen(self, numbers: Sequence[str]) -> list[Piece]:
        """The ticked pieces, in the order of the declaration."""
        return [piece for number, piece in enumerate(self.pieces) if str(number) in set(numbers)]

    def offered(self) -> list[tuple[Piece, bool]]:
        """Each piece, and whether the case has all of it as statements already."""
        return list(zip(self.pieces, are_held(self.pieces, words_taken(self.case)), strict=True))


class DivideForm(forms.Form):
    """A statement with empty lines where it is to be divided. `version` is the one that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Divide it with empty lines"),
        max_length=2 * LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": _("Only divide it here: every word has to stay. Its words can be changed afterwards.")
        },
    )

    def __init__(self, data: QueryDict | None = None, *, statement: Statement) -> None:
        text = "\n\n".join(sentences_of(statement.text))
        super().__init__(data, initial={"text": text, "version": statement.version})
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("version"), "text", form_buttons(_("Divide")))

    @property
    def parts(self) -> list[str]:
        return list(map(str.strip, re.split(r"\n\s*\n", self.cleaned_data["text"].replace("\r\n", "\n"))))


class StatementForm(forms.ModelForm):
    """The details of a statement. `version` is the one that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    element = forms.ChoiceField(label=_("What it goes to show"), required=False)

    class Meta:
        model = Statement
        fields: ClassVar[tuple[str, ...]] = ("text", "paragraph", "element", "document")
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "paragraph": _("Where it stands in the declaration, such as ¶ 12."),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "text": {"required": _("Write what the client says, in a sentence.")},
        }

    def __init__(self, data: QueryDict | None = None, *, statement: Statement) -> None:
        super().__init__(data, initial=model_to_dict(statement) | {"version": statement.version})
        self.fields["document"].queryset = _declarations(statement)
        self.fields["document"].label_from_instance = _with_version
        self.fields["document"].empty_label = _("None of the documents")
        self.fields["element"].choices = _element_choices(statement)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            "text",
            Row(Column("paragraph", css_class="col-sm-4"), Column("document", css_class="col-sm-8")),
            "element",
            form_buttons(_("Save")),
        )

    def clean_text(self) -> str:
        """Browsers send every line end as CR LF."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences_from(self, standing: Statement) -> list[Difference]:
        return differences(self, standing, self.details)


def _declarations(statement: Statement) -> QuerySet[Document]:
    """The documents as they stand, and the older version that the statement was taken from."""
    standing = documents_in_order(statement.case).values("pk")
    rows = Document.objects.filter(Q(pk__in=standing) | Q(pk=statement.document_id), case=statement.case)
    return rows.select_related("newer").order_by("position", "added_at", "pk")


def _with_version(document: Document) -> str:
    return gettext("%(title)s (older version)") % {"title": document} if document.is_replaced else str(document)


def _element_choices(statement: Statement) -> list[tuple[str, str | Promise]]:
    """The elements of the case's forum with what they rest on, and the one that stands if it is another forum's."""
    offered: list[tuple[str, str | Promise]] = [("", _("Nothing in particular"))]
    offered += [(element.key, f"{element.name} ({element.citation})") for element in elements_of(statement.case.forum)]
    key = statement.element
    return offered if key in dict(offered) else [*offered, (key, key)]


class BearingRow(forms.Form):
    """One passage or document, and what it does to the statement."""

    relation = forms.ChoiceField(choices=BEARING_CHOICES, required=False)
    pages = forms.CharField(required=False, max_length=60)
    answer = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        target: CaseEvidence | Document,
        standing: Bearing | None,
        may_show: bool,
    ) -> None:
        self.target, self.standing = target, standing
        self.is_document = isinstance(target, Document)
        value = f"{standing.relation}:{'shown' if standing.is_shown else 'hidden'}" if standing else ""
        super().__init__(
            data,
            prefix=f"{'document' if self.is_document else 'passage'}-{target.pk}",
            initial={
                "relation": value,
                "pages": standing.pages if standing else "",
                "answer": standing.answer if standing else "",
            },
        )
        label = _("What it does to the statement")
        self.fields["relation"].widget.attrs |= {"class": "form-select", "aria-label": label}
        self.fields["pages"].widget.attrs |= {"class": "form-control", "aria-label": _("Pages")}
        self.fields["answer"].widget.attrs |= {"class": "form-control"}
        if not may_show and value != SHOWN_AGAINST:
            self.fields["relation"].choices = [choice for choice in BEARING_CHOICES if choice[0] != SHOWN_AGAINST]

    def clean_answer(self) -> str:
        """Browsers send every line end as CR LF."""
        return str(self.cleaned_data["answer"]).replace("\r\n", "\n")

    @property
    def is_of_older(self) -> bool:
        """Whether what stands was said of an older version of the document."""
        return self.is_document and self.standing is not None and self.standing.document_id != self.target.pk

    @property
    def cuts_against(self) -> bool:
        return str(self["relation"].value() or "").startswith(Relation.CONTRADICTS)

    @property
    def standing_words(self) -> str:
        """What is saved, where that is not what stands in the menu."""
        saved = self.initial["relation"]
        return "" if saved == self["relation"].value() else str(dict(BEARING_CHOICES)[saved])
