"""What people type about what has to be done on a case, and what they say about it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.cases.forms.cases import form_buttons, one_line_ends
from caseapp.cases.models import Case, CaseComment, CaseTask
from caseapp.cases.models.case import validate_day
from caseapp.cases.queries import team_of
from caseapp.core.differences import Difference, differences
from caseapp.library.models.source import ONE_PLAIN_LINE


class TaskForm(forms.Form):
    """`things` are what a task of the case can be about, in words by their keys. `version` is that of the task seen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What has to be done"),
        max_length=300,
        validators=[ONE_PLAIN_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say what has to be done.")},
    )
    assignee = forms.ChoiceField(label=_("Who"), required=False)
    due_on = forms.DateField(
        label=_("By"),
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    about = forms.ChoiceField(label=_("About"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        case: Case,
        things: Mapping[str, str],
        task: CaseTask | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(task) if task else None)
        self._people = {str(member.user_id): member.user for member in team_of(case) if member.user.is_active}
        names: list[tuple[str, str | Promise]] = [(pk, person.name) for pk, person in self._people.items()]
        self.fields["assignee"].choices = [("", _("Nobody yet")), *names]
        self.fields["about"].choices = [("", _("The whole case")), *things.items()]
        if task is None:
            self.fields["words"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            "words",
            Div(*(Div(name, css_class="col-sm-4") for name in ("assignee", "due_on", "about")), css_class="row"),
            form_buttons(_("Save")) if task else Div(Submit("", _("Add the task")), css_class="form-buttons"),
        )

    @property
    def details(self) -> dict[str, Any]:
        sent: dict[str, Any] = {name: self.cleaned_data[name] for name in ("words", "due_on", "about")}
        assignee: User | None = self._people.get(self.cleaned_data["assignee"])
        return sent | {"assignee": assignee}

    def differences_from(self, task: CaseTask) -> list[Difference]:
        return differences(self, task, self.details)


class CaseCommentForm(forms.Form):
    """`version` is that of the comment as it was seen; a new one has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write @ and the name of a colleague on the team, and it stands on their first page."),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, data: QueryDict | None = None, *, comment: CaseComment | None = None) -> None:
        super().__init__(data, initial={"words": comment.words, "version": comment.version} if comment else None)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("version"), "words", form_buttons(_("Save")))

    def clean_words(self) -> str:
        return one_line_ends(self.cleaned_data["words"])

    def differences_from(self, comment: CaseComment) -> list[Difference]:
        return differences(self, comment, {"words": self.cleaned_data["words"]})


def _initial(task: CaseTask) -> dict[str, str | int | dt.date | None]:
    return {
        "version": task.version,
        "words": task.words,
        "assignee": str(task.assignee_id or ""),
        "due_on": task.due_on,
        "about": task.about,
    }
