"""Until now the head of an exhibit printed what had been taken out of its file because it names people."""

from django.db import migrations

PRINTED = "Left out of the copy that exhibits are made from, since it may name people or tools:"


def take_out(apps, schema_editor):
    Document = apps.get_model("cases", "Document")
    for document in Document.objects.exclude(notices=[]).only("notices"):
        kept = [notice for notice in document.notices if not notice.startswith(PRINTED)]
        if kept != document.notices:
            Document.objects.filter(pk=document.pk).update(notices=kept)


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_what_founding_themes_go_to_show")]
    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
