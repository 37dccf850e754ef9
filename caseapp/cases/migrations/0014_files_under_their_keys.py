"""The files of documents and translations, and the words of documents, become files of their case.

Nothing is taken away here: packets.0004 does that, when everything has its copy. Begun again, it goes on where it was.
"""

import json

from django.db import migrations

from caseapp.cases.files import CaseFiles
from caseapp.cases.migrations._moving import take_in


def move(apps, schema_editor):
    keys = apps.get_model("cases", "CaseKey").objects
    for case_id in apps.get_model("cases", "Case").objects.values_list("pk", flat=True):
        files = CaseFiles(case_id, keys)
        files.begin()
        for document in apps.get_model("cases", "Document").objects.filter(case=case_id).iterator():
            take_in(files, [document.original_sha256, document.clean_sha256])
            _move_words(files, document)
        translations = apps.get_model("cases", "DocumentTranslation").objects.filter(document__case=case_id)
        for names in translations.values_list("original_sha256", "clean_sha256"):
            take_in(files, names)


def _move_words(files, document):
    if document.clean_sha256 and not document.words_sha256:
        words = {"text": document.text, "page_map": document.page_map}
        document.words_sha256 = files.put_bytes(json.dumps(words, ensure_ascii=False).encode()).sha256
        document.save(update_fields=["words_sha256"])


class Migration(migrations.Migration):
    # A key must be written down before anything is encrypted with it, and stay so if the power fails.
    atomic = False
    dependencies = [("cases", "0013_keys_and_words")]
    operations = [migrations.RunPython(move)]
