from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import register

from caseapp.core import checks, exposure, logs


class CoreConfig(AppConfig):
    name = "caseapp.core"

    def ready(self) -> None:
        checks.register_all()
        for check in exposure.ALL:
            register(check)
        logs.log_what_nobody_catches()


class WebFilesConfig(StaticFilesConfig):
    """The static files that browsers are given: not the fonts of printed pages, nor pictures of flags."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "print", "flags"]
