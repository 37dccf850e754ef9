from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("packets", "0004_builds_under_their_keys")]
    operations = [migrations.RemoveField(model_name="build", name="manifest")]
