"""What administrators say about people and the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.forms.shape import one_button
from caseapp.accounts.models import Office, User
from caseapp.accounts.queries import values_of_office
from caseapp.accounts.roles import Role
from caseapp.core.differences import Difference, differences_seen, seen_field


class PersonForm(forms.Form):
    """Name and role of a person who is already here. The e-mail is how they are known, and stays."""

    name = forms.CharField(label=_("Name"), max_length=User._meta.get_field("name").max_length)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Caseworkers add sources, excerpts and evidence. Lawyers also approve excerpts and build and download "
            "packets. Administrators manage people, and see no case they are not on."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = seen_field(**kwargs.get("initial") or {})
        self.helper = one_button(*self.fields, label=_("Save"))

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def differences_from(self, standing: User) -> list[Difference]:
        return differences_seen(self, {"name": standing.name, "role": standing.role}, self.cleaned_data)


class NewPersonForm(PersonForm):
    email = forms.EmailField(label=_("E-mail"), max_length=User._meta.get_field("email").max_length)

    field_order = ("email", "name", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.helper = one_button(*self.fields, label=_("Add this person"))


class OfficeForm(forms.ModelForm):
    class Meta:
        model = Office
        fields = ("may_fetch", "keep_years")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = seen_field(**values_of_office(self.instance))
        self.helper = one_button(*self.fields, label=_("Save"))

    def differences_from(self, standing: Office) -> list[Difference]:
        return differences_seen(self, values_of_office(standing), self.cleaned_data)
