"""The links by which people set their own password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from caseapp.accounts.models import User


class SetPasswordTokens(PasswordResetTokenGenerator):
    """A token dies with its use, a sign-in, three days (PASSWORD_RESET_TIMEOUT), or a newer one."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{user.access_version}"
