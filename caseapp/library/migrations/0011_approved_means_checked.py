"""What was approved before there were checks was looked at by the lawyer who approved it.

By itself, because PostgreSQL changes no table in the transaction in which a foreign key of it was written.
"""

from django.db import migrations
from django.db.models import F


def check_what_is_approved(apps, schema_editor):
    approved = apps.get_model("library", "Excerpt").objects.filter(approved_at__isnull=False, checked_at=None)
    approved.update(checked_at=F("approved_at"), checked_by=F("approved_by"))


class Migration(migrations.Migration):
    dependencies = [("library", "0010_imports")]

    operations = [migrations.RunPython(check_what_is_approved, migrations.RunPython.noop)]
