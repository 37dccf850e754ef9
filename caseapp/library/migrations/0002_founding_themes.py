"""The three themes that the library starts with."""

from django.db import migrations

FOUNDING_THEMES = (
    (
        "off-duty-killings",
        "Off-duty killings",
        "Police officers killed or attacked while off duty: at home, on leave, on the way, with their families.",
        "#f4b183",
    ),
    (
        "weapon-rules",
        "Weapon rules",
        "Rules on whether officers may carry or keep their service weapons when they are off duty.",
        "#9dc3e6",
    ),
    (
        "unpassed-protection-law",
        "Unpassed protection law",
        "A law to protect officers and their families that was asked for or drafted and never passed.",
        "#a9d18e",
    ),
)


def plant(apps, schema_editor):
    theme = apps.get_model("library", "Theme")
    for position, (slug, name, definition, colour) in enumerate(FOUNDING_THEMES, start=1):
        theme.objects.create(slug=slug, name=name, definition=definition, colour=colour, position=position)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
