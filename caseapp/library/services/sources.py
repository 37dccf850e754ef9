"""Sources: added whole or not at all, described, trimmed; their original bytes are kept for ever."""

import dataclasses
import datetime as dt
import re
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.library.models import Capture, Excerpt, Kind, Method, Origin, Source
from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.queries import excerpts_outside
from caseapp.library.services.captures import PDF, contents_of

LONGEST_NAME = 150
LONGEST_ORIGIN = 200


@dataclass(frozen=True, kw_only=True)
class SourceDetails:
    """What is said about a source. `published_on` is "", a year, a month or a day: 2019, 2019-03, 2019-03-04.

    `origin_name` says who first made the report; sources that repeat one report have the same.
    """

    title: str
    publisher: str = ""
    author: str = ""
    published_on: str = ""
    url: str = ""
    language: str = "en"
    kind: str = Kind.NEWS
    country: str = ""
    accessed_on: dt.date | None = None
    archive_url: str = ""
    citation: str = ""
    origin_name: str = ""


class AlreadyAdded(Exception):
    """The same submission came twice: a double click, or the page loaded again. Nothing was added."""

    def __init__(self, source: Source) -> None:
        super().__init__(_("“%(source)s” was already added by this form.") % {"source": source})
        self.source = source


class SubmissionUsed(Exception):
    """A form that was saved before came back with other content. Nothing was added."""

    def __init__(self, source: Source) -> None:
        super().__init__(
            _("This form was saved before, as “%(source)s”. To add another source, save once more.")
            % {"source": source}
        )
        self.source = source


class SourceChangedMeanwhile(Exception):
    """Somebody saved other details since the form was opened. Nothing was overwritten."""

    def __init__(self, current: Source) -> None:
        super().__init__(
            _("Somebody else saved these details while you were typing. Nothing was overwritten: compare the two.")
        )
        self.current = current


class ArticleRefused(Exception):
    """The bounds were left as they were. str() says why."""


class ArticleEmpty(ArticleRefused):
    def __init__(self) -> None:
        super().__init__(_("Between this start and this end stand no words. Choose an end below the start."))


class ExcerptsOutsideArticle(ArticleRefused):
    def __init__(self, excerpts: list[Excerpt]) -> None:
        self.excerpts = excerpts
        super().__init__(
            ngettext(
                "%(n)d excerpt would fall outside the article. Choose wider bounds, or remove the excerpt first.",
                "%(n)d excerpts would fall outside the article. Choose wider bounds, or remove the excerpts first.",
                len(excerpts),
            )
            % {"n": len(excerpts)}
        )


def add_source(
    *,
    by: User | None,
    details: SourceDetails,
    original: bytes,
    name: str,
    method: Method,
    now: dt.datetime,
    captured_at: dt.datetime | None = None,
    submission: uuid.UUID | None = None,
    accepted: frozenset[str] = frozenset(),
) -> Source:
    """A new source with its first capture. `submission` names one filled-in form, so that it is saved once.

    `accepted` are the codes of what is wrong with the file and was accepted by a person. Raises what `contents_of`
    raises, ValidationError for a detail that no source may have, AlreadyAdded, SubmissionUsed.
    """
    contents = contents_of(original, name=name, method=method, accepted=accepted)
    values = dataclasses.asdict(details)
    origin_name = _origin_line(values.pop("origin_name"))
    source = Source(**values, created_at=now, created_by=by, submission=submission)
    source.full_clean(validate_constraints=False, exclude=["submission"])
    blob = storage.put_bytes(original)
    try:
        with transaction.atomic():
            source.origin = _origin(origin_name, by)
            source.save()
            source.captures.create(
                method=method,
                captured_by=by,
                captured_at=captured_at or now,
                original_sha256=blob.sha256,
                original_size=blob.size,
                original_name=safe_name(name),
                **contents.fields(),
            )
            record(by=by, action=Action.SOURCE_ADDED, subject=source, label=source.title, sha256=blob.sha256)
    except IntegrityError as error:
        earlier = Source.objects.filter(submission=submission).first() if submission else None
        if earlier is None:
            raise
        raise _already_saved(earlier, details, blob) from error
    return source


@transaction.atomic
def change_source(*, by: User | None, source: Source, details: SourceDetails, version: int) -> Source:
    """New details, where `version` is the one the person saw. Raises SourceChangedMeanwhile, ValidationError."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.version != version:
        raise SourceChangedMeanwhile(current)
    changed = _differences(current, details)
    if changed:
        origin = changed.pop("origin_name", None)
        for field in changed:
            setattr(current, field, getattr(details, field))
        if origin:
            current.origin = _origin(_origin_line(details.origin_name), by)
        current.full_clean(validate_constraints=False)
        current.version += 1
        current.save(update_fields=[*changed, "origin", "version"])
        if changed:
            record(by=by, action=Action.SOURCE_CHANGED, subject=current, label=current.title, changed=changed)
        if origin:
            record(by=by, action=Action.ORIGIN_CHOSEN, subject=current, label=current.title, origin=origin)
    return current


def _origin(name: str, by: User | None) -> Origin | None:
    """The origin of this name, whatever its capitals; a new one where there is none."""
    if not name:
        return None
    known = Origin.objects.filter(name__iexact=name).first()
    return known or Origin.objects.get_or_create(name=name, defaults={"created_by": by})[0]


def _origin_line(name: str) -> str:
    line = " ".join(name.split())
    try:
        for check in (ONE_PLAIN_LINE, MaxLengthValidator(LONGEST_ORIGIN)):
            check(line)
    except ValidationError as error:
        raise ValidationError({"origin_name": error.messages}) from error
    return line


@transaction.atomic
def trim_article(*, by: User | None, capture: Capture, start: int, end: int) -> Capture:
    """Say where the article starts and ends in the capture's text; the original stays whole.

    The capture is held meanwhile, so that no excerpt appears outside. Raises a class of ArticleRefused.
    """
    current = Capture.objects.select_for_update().select_related("source").get(pk=capture.pk)
    if not 0 <= start < end <= len(current.text) or not current.text[start:end].strip():
        raise ArticleEmpty
    outside = excerpts_outside(current, start, end)
    if outside:
        raise ExcerptsOutsideArticle(outside)
    before = [current.article_start, current.article_end]
    if before != [start, end]:
        current.article_start, current.article_end = start, end
        current.save(update_fields=["article_start", "article_end"])
        source = current.source
        record(
            by=by, action=Action.SOURCE_TRIMMED, subject=source, label=source.title, before=before, after=[start, end]
        )
    return current


def release_original(*, by: User | None, capture: Capture) -> bytes:
    """The original bytes, checked against their hash, and the download put on record. Raises FileAltered."""
    data = storage.read_bytes(capture.original_sha256)
    source = capture.source
    record(
        by=by,
        action=Action.ORIGINAL_DOWNLOADED,
        subject=source,
        label=source.title,
        sha256=capture.original_sha256,
        capture=capture.number,
    )
    return data


def download_name(capture: Capture) -> str:
    """What the downloaded file is called: its own name, or one made of the title."""
    ending = PDF.extensions[0] if capture.clean_sha256 else ".txt"
    return capture.original_name or f"{slugify(capture.source.title)[:80] or 'source'}{ending}"


def safe_name(name: str) -> str:
    """A file's name without folders, control or direction characters, composed, short, its ending kept."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    path = PurePosixPath(visible)
    return path.stem[: LONGEST_NAME - len(path.suffix[:20])] + path.suffix[:20]


def _already_saved(earlier: Source, details: SourceDetails, blob: storage.Blob) -> AlreadyAdded | SubmissionUsed:
    is_same = earlier.title == details.title and earlier.captures.filter(original_sha256=blob.sha256).exists()
    return AlreadyAdded(earlier) if is_same else SubmissionUsed(earlier)


def _differences(current: Source, details: SourceDetails) -> dict[str, list[Any]]:
    """Field → what it was and what it becomes, as plain values."""
    before = {field.name: getattr(current, field.name) for field in dataclasses.fields(details)}
    before["country"] = str(before["country"])
    return {
        field: [_plain(old), _plain(new)] for field, old in before.items() if (new := getattr(details, field)) != old
    }


def _plain(value: dt.date | str | None) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
