from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "caseapp.cases"
