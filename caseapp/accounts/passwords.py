"""What a password must not be. Any character is welcome, and nobody is made to change a good one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

LONGEST = 128
# zxcvbn's scale: 3 withstands somebody who has stolen a slow hash, 4 somebody very patient.
_STRONG_ENOUGH = 3
# It reads no more than so much, and takes long over much; a longer beginning hides no weakness.
_READ = 72


class NotTooLong:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password has more than %(longest)s characters.") % {"longest": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("It has at most %(longest)s characters, of any kind.") % {"longest": LONGEST}


class NotGuessable:
    """Refuses what lists of stolen passwords hold, and what is put together of such words, names, years and keys."""

    def validate(self, password: str, user: Any = None) -> None:
        about = [word for word in (getattr(user, "email", ""), getattr(user, "name", "")) if word]
        if password and zxcvbn(password[:_READ], user_inputs=about)["score"] < _STRONG_ENOUGH:
            raise ValidationError(
                _("This password is easy to guess. Several words that have nothing to do with each other are better."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("It is not put together of a common password, a name, a year or neighbouring keys.")
