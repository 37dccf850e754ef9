from django.apps import AppConfig
from django.core.checks import register

from caseapp.accounts.checks import second_factor_key


class AccountsConfig(AppConfig):
    name = "caseapp.accounts"

    def ready(self) -> None:
        register(second_factor_key)
