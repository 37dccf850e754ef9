from django.apps import AppConfig
from django.utils.module_loading import import_string


class CasesConfig(AppConfig):
    name = "caseapp.cases"

    def ready(self) -> None:
        # By its name: this module is read before there are models.
        import_string("caseapp.cases.services.handing_over.register")()
