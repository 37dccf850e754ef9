"""The people of the office, and what the office decided for all of them."""

from collections.abc import Iterator
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.roles import ABILITIES, Ability, Role

SECOND_FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


class UserManager(BaseUserManager["User"]):
    def with_second_factor(self) -> models.QuerySet["User"]:
        """People who know without another query whether they have a second factor (in the property's place)."""
        factors = Authenticator.objects.filter(user=models.OuterRef("pk"), type__in=SECOND_FACTORS)
        return self.annotate(**{"has_second_factor": models.Exists(factors)})

    def create_user(self, *, email: str, name: str, role: Role, password: str | None = None) -> "User":
        """A person who can sign in once a password is set; without one, only a set-password link opens the door."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, role=role)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("can sign in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Raised to end every open session and every unused set-password link of this person at once.
    access_version = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return self._of_this_access_version(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._of_this_access_version, super().get_session_auth_fallback_hash())

    def _of_this_access_version(self, session_hash: str) -> str:
        return f"{session_hash}:{self.access_version}"

    @cached_property
    def has_second_factor(self) -> bool:
        """Recovery codes are none: they help where one is lost."""
        return Authenticator.objects.filter(user=self, type__in=SECOND_FACTORS).exists()

    def can(self, ability: Ability) -> bool:
        return self.is_active and ability in ABILITIES[Role(self.role)]


class Office(models.Model):
    """What is decided once for the whole office: one row, or none while everything is as it was installed."""

    ONLY = 1

    may_fetch = models.BooleanField(
        _("web pages may be fetched"),
        default=False,
        help_text=_(
            "Whoever adds a source can then give a web address, and this server asks for the page. Its owner may learn "
            "this server’s address, the time, and what is being read; somebody who knows the office could conclude "
            "what it works on. While this is off, people save pages in their browser and upload the files."
        ),
    )

    keep_years = models.PositiveSmallIntegerField(
        _("years for which closed cases are kept"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_(
            "Counted from the day a case was closed. The rules of the bar say how long; in most places seven years. "
            "Nothing is erased by itself: afterwards the lawyers of the case are asked."
        ),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="office_is_one"),
            models.CheckConstraint(
                condition=models.Q(keep_years__gte=1, keep_years__lte=99), name="office_keeps_cases_for_years"
            ),
        )

    def __str__(self) -> str:
        return "Office"
