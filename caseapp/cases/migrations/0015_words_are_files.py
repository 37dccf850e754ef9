from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_files_under_their_keys")]
    operations = [
        migrations.RemoveField(model_name="document", name="page_map"),
        migrations.RemoveField(model_name="document", name="text"),
    ]
