"""What builds are made of and what they became moves into the files of their case, and what lay there for everybody
who reads the disk is taken away, as far as the library does not use it. Begun again, it goes on where it was."""

import json
import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations

from caseapp.cases.files import CaseFiles
from caseapp.cases.migrations._moving import remove_plain, take_in


def move(apps, schema_editor):
    keys = apps.get_model("cases", "CaseKey").objects
    for build in apps.get_model("packets", "Build").objects.select_related("packet").iterator():
        files = CaseFiles(build.packet.case_id, keys)
        take_in(files, _files_of(build))
        frozen = json.dumps(build.manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        build.manifest_sha256 = files.put_bytes(frozen.encode()).sha256
        build.save(update_fields=["manifest_sha256"])


def _files_of(build):
    parts = build.parts.values_list("sha256", flat=True)
    return [build.published_sha256, build.index_sha256, *build.volumes.values_list("sha256", flat=True), *parts]


def take_away(apps, schema_editor):
    """What the rows name, and what the record says was there: the originals of documents that were removed."""
    still_used = set(_named_by(apps, "library"))
    remove_plain(_named_by(apps, "cases"), still_used)
    remove_plain(_named_by(apps, "packets"), still_used)
    remove_plain(_on_record(apps), still_used)
    shutil.rmtree(Path(settings.DATA_DIR) / "pictures", ignore_errors=True)


def _named_by(apps, label):
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.fields:
            if field.name.endswith("sha256"):
                yield from model.objects.exclude(**{field.name: ""}).values_list(field.name, flat=True)


def _on_record(apps):
    events = apps.get_model("audit", "Event").objects.exclude(case_id=None)
    for detail in events.values_list("detail", flat=True).iterator():
        named = detail.get("sha256", "")
        yield from [named] if isinstance(named, str) else named


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("packets", "0003_build_looked_through"),
        ("cases", "0015_words_are_files"),
        ("library", "0019_serial_reports"),
        ("audit", "0006_seals_and_origin"),
    ]
    operations = [
        migrations.RunPython(move),
        migrations.RunPython(take_away),
    ]
