import datetime as dt
import hashlib
import uuid

import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core import storage
from caseapp.intake import readers
from caseapp.intake.readers.text import EmptyText, LoneSurrogates, NulCharacters
from caseapp.library.keeping.captures import safe_name
from caseapp.library.keeping.sources import AlreadyAdded, SourceDetails, SubmissionUsed, add_source
from caseapp.library.models import Capture, Method, Source
from caseapp.library.services.sources import (
    ArticleEmpty,
    ExcerptsOutsideArticle,
    SourceChangedMeanwhile,
    change_source,
    confirm_guesses,
    download_name,
    release_original,
    trim_article,
)
from tests.library.conftest import ARTICLE, NOW

DETAILS = SourceDetails(title="Annual report", publisher="Sample Ministry", kind="government", country="SV")


def add_file(data: bytes, *, name: str = "report.txt", by=None, **kwargs) -> Source:
    return add_source(by=by, details=DETAILS, original=data, name=name, method=Method.UPLOADED, now=NOW, **kwargs)


def test_an_uploaded_file_is_kept_whole_and_read(caseworker):
    data = "Café\r\nof the station\r\n".encode("utf-16")
    source = add_file(data, by=caseworker)
    capture = source.capture
    assert capture.text == "Café\nof the station\n"
    assert (capture.number, capture.method, capture.captured_by, capture.captured_at) == (
        1,
        Method.UPLOADED,
        caseworker,
        NOW,
    )
    assert (capture.original_name, capture.media_type, capture.encoding) == ("report.txt", "text/plain", "utf-16-le")
    assert capture.original_sha256 == hashlib.sha256(data).hexdigest()
    assert capture.original_size == len(data)
    assert capture.text_sha256 == hashlib.sha256(capture.text.encode()).hexdigest()
    assert (capture.article_start, capture.article_end) == (0, len(capture.text))
    assert storage.read_bytes(capture.original_sha256) == data


def test_adding_is_put_on_record(caseworker):
    source = add_file(b"words", by=caseworker)
    event = Event.objects.get()
    assert (event.actor_name, event.action, event.subject_id, event.subject_label) == (
        "Carla Caseworker",
        "source.added",
        str(source.pk),
        "Annual report",
    )
    assert event.detail == {"sha256": source.capture.original_sha256}


def test_an_import_keeps_the_time_of_its_first_capture(db):
    then = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    assert add_file(b"words", captured_at=then).capture.captured_at == then


def test_what_a_reader_notices_is_kept_with_the_capture(db):
    capture = add_file("Café de nuit".encode("windows-1252")).capture
    assert [notice["kind"] for notice in capture.notices] == ["decoded-as-windows-1252"]
    assert capture.notices[0]["sentence"].startswith("The file does not say its encoding")


def test_the_same_bytes_are_stored_once_and_both_sources_stand(db, settings):
    first, second = add_file(b"same words"), add_file(b"same words")
    assert first.pk != second.pk
    files = [path for path in (settings.DATA_DIR / "files").rglob("*") if path.is_file()]
    assert [path.parent.name + path.name for path in files] == [first.capture.original_sha256]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", EmptyText), (" \n\t", EmptyText), ("a\0b", NulCharacters), ("a\ud800b", LoneSurrogates)],
)
def test_pasted_text_that_is_no_text_is_refused(db, settings, text, refusal):
    with pytest.raises(refusal):
        add_source(
            by=None,
            details=DETAILS,
            original=text.encode("utf-8", "surrogatepass"),
            name="",
            method=Method.PASTED,
            now=NOW,
        )
    assert not Source.objects.exists()
    assert not (settings.DATA_DIR / "files").exists()


def test_pasted_text_is_never_taken_for_another_encoding(db):
    with pytest.raises(NulCharacters):
        add_source(by=None, details=DETAILS, original=b"w\0o\0r\0d\0", name="", method=Method.PASTED, now=NOW)


def test_pasted_text_has_the_same_bound_as_a_file(db):
    with pytest.raises(readers.FileTooLarge):
        add_source(
            by=None,
            details=DETAILS,
            original=b"a" * (readers.MAX_BYTES + 1),
            name="",
            method=Method.PASTED,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "turned \u202egnp.exe"),
        ("publisher", "two\nlines"),
        ("published_on", "2019-13"),
        ("published_on", "2019-02-30"),
        ("published_on", "March 2019"),
        ("url", "javascript:alert(1)"),
        ("language", "english!"),
        ("kind", "rumour"),
        ("country", "XX"),
    ],
)
def test_a_detail_that_no_source_may_have_is_refused(db, field, value):
    details = SourceDetails(**{"title": "Fine", field: value})
    with pytest.raises(ValidationError) as refusal:
        add_source(by=None, details=details, original=b"words", name="", method=Method.PASTED, now=NOW)
    assert list(refusal.value.message_dict) == [field]
    assert not Source.objects.exists()


@pytest.mark.parametrize("date", ["", "2019", "2019-03", "2019-03-04"])
def test_a_date_may_be_a_year_a_month_or_a_day(add, date):
    assert add(published_on=date).published_on == date


def test_the_same_submission_makes_one_source(db):
    token = uuid.uuid4()
    first = add_file(b"words", submission=token)
    with pytest.raises(AlreadyAdded) as refusal:
        add_file(b"words", submission=token)
    assert refusal.value.source == first
    assert Source.objects.count() == Capture.objects.count() == Event.objects.count() == 1


def test_a_used_form_with_other_content_is_refused_in_words(db):
    token = uuid.uuid4()
    add_file(b"words", submission=token)
    with pytest.raises(SubmissionUsed, match="saved before, as “Annual report”"):
        add_file(b"other words", submission=token)
    assert Source.objects.count() == 1


def test_details_change_and_say_what_changed(source, lawyer):
    details = SourceDetails(
        title="Two men at the door",
        publisher="Sample Herald",
        author="B. Reporter",
        published_on="2019-03",
        url="https://herald.example/door",
        kind="news",
        country="SV",
        accessed_on=dt.date(2026, 1, 2),
    )
    changed = change_source(by=lawyer, source=source, details=details, version=1)
    assert (changed.author, changed.published_on, changed.version) == ("B. Reporter", "2019-03", 2)
    event = Event.objects.get(action="source.changed")
    assert event.actor_name == "Lena Lawyer"
    assert event.detail == {
        "changed": {
            "author": ["A. Reporter", "B. Reporter"],
            "published_on": ["2019-03-04", "2019-03"],
            "accessed_on": ["", "2026-01-02"],
        }
    }


def test_saving_the_same_details_is_no_change(add):
    source = add(title="As it was")
    assert change_source(by=None, source=source, details=SourceDetails(title="As it was"), version=1).version == 1
    assert not Event.objects.filter(action="source.changed").exists()


def test_a_stale_change_overwrites_nothing(source):
    change_source(by=None, source=source, details=SourceDetails(title="First"), version=1)
    with pytest.raises(SourceChangedMeanwhile) as refusal:
        change_source(by=None, source=source, details=SourceDetails(title="Second"), version=1)
    assert refusal.value.current.title == "First"
    assert Source.objects.get().title == "First"


def test_a_change_to_what_no_source_may_be_is_refused(source):
    with pytest.raises(ValidationError):
        change_source(by=None, source=source, details=SourceDetails(title=""), version=1)
    assert Source.objects.get().title == "Two men at the door"


def test_the_article_is_marked_and_the_original_stays_whole(source, caseworker):
    start, end = ARTICLE.index("The officer"), ARTICLE.index("\n\nRead more")
    capture = trim_article(by=caseworker, capture=source.capture, start=start, end=end)
    assert capture.article.startswith("The officer was on leave")
    assert capture.article.endswith("never came to a vote.")
    assert source.capture.text == ARTICLE
    event = Event.objects.get(action="source.trimmed")
    assert event.detail == {"before": [0, len(ARTICLE)], "after": [start, end]}


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 10_000), (-1, 5), (16, 18)])
def test_an_empty_or_impossible_article_is_refused(source, start, end):
    with pytest.raises(ArticleEmpty):
        trim_article(by=None, capture=source.capture, start=start, end=end)
    assert not source.capture.is_trimmed


def test_an_article_may_not_leave_an_excerpt_outside(source, quote):
    inside = quote(source.capture, "never came to a vote")
    cut = quote(source.capture, "as the rule demands")
    before = quote(source.capture, "Subscribe")
    with pytest.raises(ExcerptsOutsideArticle) as refusal:
        trim_article(by=None, capture=source.capture, start=cut.start + 3, end=inside.end)
    assert refusal.value.excerpts == [before, cut]
    assert str(refusal.value).startswith("2 excerpts would fall outside")
    assert not source.capture.is_trimmed


def test_the_original_is_released_and_the_download_put_on_record(source, lawyer):
    assert release_original(by=lawyer, capture=source.capture) == ARTICLE.encode()
    event = Event.objects.get(action="source.original_downloaded")
    assert event.detail == {"sha256": source.capture.original_sha256, "capture": 1}


def test_an_altered_original_is_not_released(source):
    place = storage.path_of(source.capture.original_sha256)
    place.chmod(0o600)
    place.write_bytes(b"other")
    with pytest.raises(storage.FileAltered):
        release_original(by=None, capture=source.capture)
    assert not Event.objects.filter(action="source.original_downloaded").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\report.txt", "report.txt"),
        ("in\u202etxt.exe\r\n", "intxt.exe"),
        ("Cafe\u0301.txt", "Café.txt"),
        ("…", "…"),
        ("", ""),
        ("a" * 300 + ".txt", "a" * 146 + ".txt"),
    ],
)
def test_file_names_are_made_safe(name, safe):
    assert safe_name(name) == safe


def test_pasted_text_is_downloaded_under_its_title(source):
    assert download_name(source.capture) == "two-men-at-the-door.txt"


def test_sources_that_repeat_one_report_share_its_origin_whatever_the_capitals(add, caseworker):
    first = add(title="First", by=caseworker, origin_name="Ministry of Examples")
    second = add("Other words.", title="Second", origin_name="ministry of  examples")
    assert first.origin == second.origin
    assert (first.origin.name, first.origin.created_by) == ("Ministry of Examples", caseworker)
    change_source(by=caseworker, source=second, details=SourceDetails(title="Second"), version=1)
    second.refresh_from_db()
    assert (second.origin, second.version) == (None, 2)
    event = Event.objects.latest("pk")
    assert (event.action, event.detail) == (Action.ORIGIN_CHOSEN, {"origin": ["Ministry of Examples", ""]})


@pytest.mark.parametrize("name", ["a\u202eb", "x" * 201])
def test_an_origin_that_no_source_may_have_is_refused_before_anything_is_saved(add, name):
    with pytest.raises(ValidationError) as refused:
        add(origin_name=name)
    assert set(refused.value.message_dict) == {"origin_name"}
    assert not Source.objects.exists()


PAGE = """<html lang="es"><head><title>Dos hombres</title><meta name="author" content="Ana Perez">
<meta property="og:site_name" content="El Diario"></head><body><p>Los policías estaban de permiso.</p></body></html>"""


@pytest.fixture
def guessed_source(caseworker):
    return add_source(
        by=caseworker,
        details=SourceDetails(title="Two men at the door", author="A. Reporter"),
        original=PAGE.encode(),
        name="page.html",
        method=Method.UPLOADED,
        now=NOW,
        fills_in=True,
    )


def test_what_a_file_says_of_itself_stands_as_a_guess_where_nothing_was_typed(guessed_source):
    guessed_source.refresh_from_db()
    assert (guessed_source.title, guessed_source.author) == ("Two men at the door", "A. Reporter")
    assert (guessed_source.publisher, guessed_source.guessed) == ("El Diario", ["publisher"])
    assert guessed_source.guessed_fields == ["publisher"]


def test_only_what_says_something_is_a_guess(caseworker):
    source = add_source(
        by=caseworker,
        details=SourceDetails(title="Door", publisher="Herald"),
        original=b"words",
        name="",
        method=Method.PASTED,
        now=NOW,
        guessed=["publisher", "author"],
    )
    assert source.guessed == ["publisher"]


def test_guesses_are_confirmed_once_and_on_record(guessed_source, lawyer):
    confirmed = confirm_guesses(by=lawyer, source=guessed_source, version=1)
    assert (confirmed.guessed, confirmed.version) == ([], 2)
    assert confirm_guesses(by=lawyer, source=guessed_source, version=2).version == 2
    (event,) = Event.objects.filter(action=Action.SOURCE_CONFIRMED)
    assert (event.actor_id, event.detail) == (lawyer.pk, {"details": ["publisher"]})


def test_guesses_that_changed_meanwhile_are_not_confirmed(guessed_source, lawyer):
    with pytest.raises(SourceChangedMeanwhile):
        confirm_guesses(by=lawyer, source=guessed_source, version=0)
    guessed_source.refresh_from_db()
    assert guessed_source.guessed == ["publisher"]


def test_saving_the_details_confirms_them(guessed_source, lawyer):
    details = SourceDetails(title="Two men at the door", author="A. Reporter", publisher="El Diario")
    changed = change_source(by=lawyer, source=guessed_source, details=details, version=1)
    assert (changed.guessed, changed.publisher) == ([], "El Diario")
