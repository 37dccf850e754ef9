"""Who is on a team already keeps what they could do: lawyers are its lawyers, everybody else works on it."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_parts(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("cases", "CaseMember").objects.filter(user__role="lawyer").update(part="lawyer")


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_statements_said_and_answered")]

    operations = [
        migrations.AddField(
            model_name="casemember",
            name="part",
            field=models.CharField(
                choices=[("viewer", "Looks"), ("editor", "Works on it"), ("lawyer", "Lawyer of the case")],
                default="editor",
                max_length=20,
                verbose_name="part",
            ),
        ),
        migrations.RunPython(give_parts, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="casemember",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["viewer", "editor", "lawyer"])), name="member_part_is_known"
            ),
        ),
    ]
