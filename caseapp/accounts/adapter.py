"""How allauth behaves in a closed office."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedOffice(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, never by the person at the door."""
        return False
