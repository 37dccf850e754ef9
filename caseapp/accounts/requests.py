"""What a view behind the sign-in is given."""

from django.http import HttpRequest

from caseapp.accounts.models import User


class PersonRequest(HttpRequest):
    """A request whose user is somebody of the office: nobody else gets past the sign-in."""

    user: User
