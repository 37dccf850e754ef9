"""A case with one row of everything that can belong to one, and words in it that stand nowhere else."""

import datetime as dt
import uuid

from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.cases.files import files_of
from caseapp.cases.models import Bearing, Case, CoverageNote, CoverageSnapshot, DocumentTranslation, Statement
from caseapp.cases.models.coverage import CaseThemeElement
from caseapp.cases.models.task import CaseComment, CaseMention, CaseTask
from caseapp.cases.services.documents import picture_of_page
from caseapp.cases.services.translations import add_document_certificate
from caseapp.library.models import Theme
from caseapp.library.services.translations import TranslationFile
from caseapp.packets.belonging import models_of_a_case, rows_of
from caseapp.packets.models import Build, BuildPart, Exhibit, FilingDetails, Packet, Volume, Waiver
from caseapp.packets.services.looking import picture_of_volume
from tests.architecture.test_every_url import things_of_a_case
from tests.cases.making import make_document


def rows_of_each(case_id: uuid.UUID) -> dict[str, int]:
    """How many rows of each kind belong to the case."""
    return {model._meta.label: rows_of(model, ways, case_id).count() for model, ways in models_of_a_case().items()}


def make_whole_case(caseworker: User, lawyer: User, word: str, *, reference: str = "SV-2027-014") -> Case:
    """`word` stands in every text of the case that people type, and in the files."""
    things = things_of_a_case(caseworker, lawyer, reference=reference)
    case = Case.objects.get(pk=things["case"])
    for name in ("client_name", "judge", "filer", "court", "file_number"):
        setattr(case, name, f"{word} {name}")
    case.save()
    case.evidence.update(why=f"{word} why", relevance=f"{word} relevance", answer=f"{word} met")
    case.glasses.update(reason=f"{word} glass")
    case.glasses.get().seen_by.add(lawyer)
    document = make_document(case, f"{word} left in spring.".encode(), name=f"{word}.txt", title=f"{word} title")
    case.documents.exclude(pk=document.pk).update(title=f"{word} other")
    picture_of_page(document, 1)
    translation = DocumentTranslation.objects.create(
        document=document, text=f"{word} translated", translator=f"{word} translator"
    )
    signed = TranslationFile(f"{word} signed.txt", f"{word} certified".encode())
    add_document_certificate(by=lawyer, document=translation.document, file=signed, now=timezone.now())
    statement = Statement.objects.create(case=case, document=document, position=9, text=f"{word} statement")
    Bearing.objects.create(statement=statement, evidence=case.evidence.first())
    theme = Theme.objects.get_or_create(slug="weapon-rules", defaults={"name": "Weapons"})[0]
    case.events_since.update(words=f"{word} event")
    case.events_since.get().themes.add(theme)
    CaseThemeElement.objects.create(case=case, theme=theme, element="nexus", is_on=True)
    CoverageNote.objects.create(case=case, element="nexus", words=f"{word} note", by=lawyer)
    CoverageSnapshot.objects.create(case=case, taken_on=dt.date(2026, 11, 20), gaps=["nexus"])
    CaseTask.objects.create(case=case, words=f"{word} task", added_by=lawyer)
    comment = CaseComment.objects.create(case=case, words=f"{word} comment", written_by=lawyer)
    CaseMention.objects.create(comment=comment, user=caseworker)
    packet = Packet.objects.get(case=case)
    FilingDetails.objects.get_or_create(packet=packet)
    FilingDetails.objects.filter(packet=packet).update(preparer=f"{word} preparer", late_reason=f"{word} late")
    Exhibit.objects.create(packet=packet, document=document, position=9)
    Waiver.objects.filter(packet=packet).update(reason=f"{word} reason", sentence=f"{word} sentence")
    manifest = files_of(case.pk).put_bytes(f'{{"client": "{word} manifest"}}'.encode())
    Build.objects.filter(packet=packet).update(manifest_sha256=manifest.sha256, failure=f"{word} failure")
    BuildPart.objects.filter(build__packet=packet).update(title=f"{word} part", layout={"words": f"{word} layout"})
    picture_of_volume(Volume.objects.get(build__packet=packet), 1)
    filed = Build.objects.filter(packet=packet).first()
    Build.objects.filter(pk=filed.pk).update(filed_at=timezone.now(), filed_by=lawyer)
    Packet.objects.create(case=case, title="Supplement", forum="generic", follows=filed, numbering="continue")
    return case
