"""What the themes that the library started with go to show, where the office still has them."""

from django.db import migrations

FOUNDING = {
    "off-duty-killings": ("us-harm", "us-nexus", "uk-reason", "uk-risk", "ca-nexus", "ca-risk"),
    "weapon-rules": ("us-state", "uk-protection", "ca-protection"),
    "unpassed-protection-law": ("us-state", "uk-protection", "ca-protection"),
}


def point(apps, schema_editor):
    pointing = apps.get_model("cases", "ThemeElement")
    for theme in apps.get_model("library", "Theme").objects.filter(slug__in=FOUNDING):
        pointing.objects.bulk_create(pointing(theme=theme, element=key) for key in FOUNDING[theme.slug])


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_what_themes_go_to_show"), ("library", "0002_founding_themes")]
    operations = [migrations.RunPython(point, migrations.RunPython.noop)]
