from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

from caseapp.core import checks


class CoreConfig(AppConfig):
    name = "caseapp.core"

    def ready(self) -> None:
        checks.register_all()


class WebFilesConfig(StaticFilesConfig):
    """The static files that browsers are given: not the fonts of printed pages, nor pictures of flags."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "print", "flags"]
