import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_case_dates")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="calendar_uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
