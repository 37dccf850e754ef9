from django.apps import AppConfig
from django.db.models.signals import post_migrate

from caseapp.audit.append_only import after_migration


class AuditConfig(AppConfig):
    name = "caseapp.audit"

    def ready(self) -> None:
        post_migrate.connect(after_migration, sender=self)
