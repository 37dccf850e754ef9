"""A new source with its first capture: whole or not at all, and once for each filled-in form."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.intake.readers.reading import Found
from caseapp.library.found.narrowing import country_names
from caseapp.library.keeping.captures import keep_capture
from caseapp.library.keeping.contents import came_with, contents_of
from caseapp.library.keeping.found import believable, unconfirmed
from caseapp.library.models import Kind, Method, Origin, Source
from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.publishers.series import edition_in

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
    series: str = ""
    edition: str = ""


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
    guessed: Collection[str] = (),
    fills_in: bool = False,
    response: dict[str, Any] | None = None,
) -> Source:
    """A new source with its first capture. `submission` names one filled-in form, so that it is saved once.

    `guessed` are the details that were found in the file and that nobody confirmed; with `fills_in`, what the file
    says of itself stands, as a guess, where nothing was typed. `accepted` are the codes of what is wrong with the file
    and was accepted by a person.

    Raises what `contents_of` raises, ValidationError for a detail that no source may have, AlreadyAdded and
    SubmissionUsed.
    """
    contents = contents_of(original, name=name, method=method, accepted=accepted, **came_with(response))
    values = dataclasses.asdict(details)
    origin_name = origin_line(values.pop("origin_name"))
    filled = _filled(values, contents.found) if fills_in else {}
    values |= filled
    serial = _serial(values)
    values |= serial
    source = Source(
        **values,
        guessed=unconfirmed({*guessed, *filled, *serial}, values),
        created_at=now,
        created_by=by,
        submission=submission,
    )
    source.full_clean(validate_constraints=False, exclude=["submission"])
    blob = storage.put_bytes(original)
    try:
        with transaction.atomic():
            source.origin = origin_named(origin_name, by)
            source.save()
            captured_at = captured_at or now
            keep_capture(source, contents, blob, by=by, name=name, method=method, at=captured_at, response=response)
            record(by=by, action=Action.SOURCE_ADDED, subject=source, label=source.title, sha256=blob.sha256)
    except IntegrityError as error:
        earlier = Source.objects.filter(submission=submission).first() if submission else None
        if earlier is None:
            raise
        raise _already_saved(earlier, details, blob) from error
    return source


def _filled(values: Mapping[str, Any], found: Found) -> dict[str, str]:
    """What was found for details that are empty."""
    return {name: value for name, value in believable(found).items() if not values[name]}


def _serial(values: Mapping[str, Any]) -> dict[str, str]:
    """Of which series its title says it is, where nobody said."""
    if values["series"] or values["edition"]:
        return {}
    found = edition_in(values["title"], country_names=country_names(values["country"]))
    return found._asdict() if found else {}


def origin_named(name: str, by: User | None) -> Origin | None:
    """The origin of this name, whatever its capitals; a new one where there is none."""
    if not name:
        return None
    known = Origin.objects.filter(name__iexact=name).first()
    return known or Origin.objects.get_or_create(name=name, defaults={"created_by": by})[0]


def origin_line(name: str) -> str:
    line = " ".join(name.split())
    try:
        for check in (ONE_PLAIN_LINE, MaxLengthValidator(LONGEST_ORIGIN)):
            check(line)
    except ValidationError as error:
        raise ValidationError({"origin_name": error.messages}) from error
    return line


def _already_saved(earlier: Source, details: SourceDetails, blob: storage.Blob) -> AlreadyAdded | SubmissionUsed:
    is_same = earlier.title == details.title and earlier.captures.filter(original_sha256=blob.sha256).exists()
    return AlreadyAdded(earlier) if is_same else SubmissionUsed(earlier)
