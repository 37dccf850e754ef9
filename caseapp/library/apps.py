from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class LibraryConfig(AppConfig):
    name = "caseapp.library"

    def ready(self) -> None:
        post_migrate.connect(_prepare_search, sender=self)


def _prepare_search(**_migrated: Any) -> None:
    # By its name: this module is read before there are models.
    import_string("caseapp.library.keeping.searching.prepare_search")()
