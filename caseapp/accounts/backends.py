"""Who the person of a session is, and whether they have a second factor, in one query."""

from allauth.account.auth_backends import AuthenticationBackend

from caseapp.accounts.models import User


class PeopleOfTheOffice(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        person = User.objects.with_second_factor().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
