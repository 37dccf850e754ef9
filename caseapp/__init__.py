"""An evidence organiser for asylum legal aid."""

from caseapp.celery import app as celery_app

# Tasks find their application through this name, in every process that imports the program.
__all__ = ["celery_app"]
