"""What stands against what was typed, in words."""

import datetime as dt
from types import SimpleNamespace

from django import forms
from django.http import QueryDict

from caseapp.core.differences import Difference, differences


class AForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=[("ngo", "NGO"), ("news", "News")])
    detained = forms.BooleanField(label="Detained")
    hearing = forms.DateField(label="Hearing")
    title = forms.CharField(label="Title")


STANDING = SimpleNamespace(version=7, kind="ngo", detained=False, hearing=dt.date(2027, 3, 15), title="Same")


def test_only_what_differs_is_told_in_words() -> None:
    form = AForm(QueryDict("version=6"))
    typed = {"kind": "news", "detained": True, "hearing": None, "title": "Same"}
    assert differences(form, STANDING, typed) == [
        Difference("Kind", "NGO", "News"),
        Difference("Detained", "no", "yes"),
        Difference("Hearing", "15 Mar 2027", ""),
    ]


def test_saving_again_saves_over_what_stands() -> None:
    form = AForm(QueryDict("version=6"))
    differences(form, STANDING, {"title": "Other"})
    assert form.data["version"] == "7"


def test_a_choice_that_is_not_on_offer_is_told_as_it_is() -> None:
    (difference,) = differences(AForm(QueryDict("")), STANDING, {"kind": "rumour"})
    assert difference == Difference("Kind", "NGO", "rumour")
