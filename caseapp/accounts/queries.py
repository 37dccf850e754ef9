"""What is asked about people."""

from caseapp.accounts.models import User


class NobodyWithEmail(LookupError):
    def __init__(self, email: str) -> None:
        super().__init__(f"There is no open account with the e-mail {email}.")


def person_by_email(email: str) -> User:
    try:
        return User.objects.get(email__iexact=email, is_active=True)
    except User.DoesNotExist as error:
        raise NobodyWithEmail(email) from error
