"""What leaves the office with a finished build: for the lawyer who looks through it before the first download."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from caseapp.cases.models import Document
from caseapp.intake.report import notices_from, questions_from
from caseapp.intake.sentences import notice_sentence, question_sentence
from caseapp.library.models import Capture
from caseapp.library.texts.noticed import sentence_of
from caseapp.packets.files import frozen_of, published_of
from caseapp.packets.leafing import Leafing, Place
from caseapp.packets.models import Build, FilingDetails

# Of the filing details, those that are people and places.
_NAMING = (
    "preparer", "served_party", "served_address", "interpreter", "interpreter_address", "interpreter_telephone",
)  # fmt: skip
_TRANSLATOR = ("translator", "address", "telephone")


@dataclass(frozen=True)
class ExhibitLeaves:
    """`begins` is where its pages are among the pictures. `found` are sentences on what was hidden in, told by or taken
    from the file that it was made from."""

    tab: str
    title: str
    begins: Place
    pages: int
    is_of_client: bool
    is_never_electronic: bool
    is_confidential: bool
    found: tuple[str, ...]


@dataclass(frozen=True)
class Leaves:
    """`named` are (what, who) as the pages say it; `addresses` are of the web, and every link to one is in them."""

    exhibits: tuple[ExhibitLeaves, ...]
    pages: int
    pages_of_ours: int
    named: tuple[tuple[str | Promise, str], ...]
    addresses: tuple[str, ...]


def what_leaves(build: Build) -> Leaves:
    """Of a build that is ready. Raises FileAltered."""
    published, frozen = published_of(build), frozen_of(build)
    pages: Counter[str] = Counter()
    for part in published["parts"]:
        pages[part["source"].partition("-")[2]] += part["pages"] if part["source"].startswith("exhibit-") else 0
    begins = Leafing(build, published).exhibits
    exhibits = tuple(
        _exhibit(build, exhibit, begins[exhibit["key"]], pages[exhibit["key"]]) for exhibit in frozen["exhibits"]
    )
    every = sum(volume["pages"] for volume in published["volumes"])
    addresses = {address for part in published["parts"] for address in part.get("addresses", ())}
    return Leaves(exhibits, every, every - pages.total(), tuple(_named(frozen)), tuple(sorted(addresses)))


def _exhibit(build: Build, frozen: Mapping[str, Any], begins: Place, pages: int) -> ExhibitLeaves:
    document, found = None, []
    if frozen["section"] == "client":
        document = _documents(build).filter(original_sha256=frozen["sha256"]).first()
        found = list(_of_document(document)) if document else []
    else:
        capture = Capture.objects.only("notices").filter(original_sha256=frozen["sha256"]).first()
        found = [sentence_of(stored) for stored in capture.notices] if capture else []
    return ExhibitLeaves(
        tab=frozen["label"],
        title=frozen["title"],
        begins=begins,
        pages=pages,
        is_of_client=frozen["section"] == "client",
        is_never_electronic=bool(document and document.is_never_electronic),
        is_confidential=bool(document and document.is_confidential),
        found=tuple(dict.fromkeys(found)),
    )


def _documents(build: Build) -> Any:
    told = ("report", "answers", "is_never_electronic", "is_confidential")
    return Document.objects.filter(case=build.packet.case_id).only(*told)


def _of_document(document: Document) -> Iterator[str]:
    """What somebody agreed to when the file was taken in comes first: it is what is still on the pages."""
    report = document.report
    yield from (question_sentence(question) for question in questions_from(report.get("questions", ())))
    every = [*report.get("notices", ()), *report.get("clean", ())]
    yield from (notice_sentence(notice) for notice in notices_from(every))


def _named(manifest: Mapping[str, Any]) -> Iterator[tuple[str | Promise, str]]:
    """Everybody whom the cover and the papers name, as they were frozen."""
    yield from ((label, value) for label, value in manifest["cover"]["fields"])
    for field in FilingDetails._meta.fields:
        if field.name in _NAMING and manifest["filing"].get(field.name):
            yield field.verbose_name, manifest["filing"][field.name]
    for exhibit in manifest["exhibits"]:
        said = [exhibit["translation"][name] for name in _TRANSLATOR] if exhibit["translation"] else []
        if any(said):
            yield exhibit["title"], ", ".join(filter(None, said))
