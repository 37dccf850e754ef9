"""A case folder comes in whole, or not at all with the place that is wrong."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Capture, Excerpt, Method, Source, Theme
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.packets.casefile import CaseFileRefused
from caseapp.packets.models import Packet
from caseapp.packets.services.importing import import_case

NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)
DEMO = Path(__file__).parents[3] / "demo"
TEXT = "The first line.\nHe said it twice. He said it twice.\nA “curly” end.\n"

pytestmark = pytest.mark.django_db


def a_case() -> dict[str, Any]:
    return {
        "case": {"reference": "R-1", "client": "N. N.", "country": "SV", "forum": "eoir", "hearing_on": "2027-03-15"},
        "themes": [
            {"slug": "weapon-rules", "name": "Rules on weapons", "definition": "New words.", "parent": None},
            {"slug": "below", "name": "Below", "parent": "weapon-rules"},
        ],
        "sources": [{"key": "s1", "file": "s1.txt", "title": "One", "published_on": "2019-03", "country": "SV"}],
        "excerpts": [
            {"key": "x1", "source": "s1", "quote": "first line", "themes": ["below"], "note": "N", "why": "W"},
            {"key": "x2", "source": "s1", "quote": "He said it twice.", "occurrence": 2, "adverse": True},
        ],
        "documents": [],
        "packet": {"title": "P", "exhibits": [{"source": "s1"}]},
    }


@pytest.fixture
def folder(tmp_path):
    """folder(case, **files) → a case folder with these files; s1.txt holds TEXT unless it is given."""

    def write(case: dict[str, Any], **files: bytes) -> Path:
        place = tmp_path / "case"
        place.mkdir()
        (place / "case.json").write_text(json.dumps(case), encoding="utf-8")
        for name, data in ({"s1": TEXT.encode()} | files).items():
            (place / f"{name}.txt").write_bytes(data)
        return place

    return write


def refused(folder: Path) -> dict[str, str]:
    before = (Case.objects.count(), Source.objects.count(), Excerpt.objects.count(), Event.objects.count())
    with pytest.raises(CaseFileRefused) as refusal:
        import_case(folder=folder, by=None, team=[], now=NOW)
    assert (Case.objects.count(), Source.objects.count(), Excerpt.objects.count(), Event.objects.count()) == before
    return {problem.place: problem.sentence for problem in refusal.value.problems}


def test_makes_everything_the_folder_describes(folder, caseworker, lawyer) -> None:
    imported = import_case(folder=folder(a_case()), by=caseworker, team=[lawyer], now=NOW)

    assert imported.case.client_name == "N. N."
    assert [member.user for member in imported.case.members.all()] == [caseworker, lawyer]
    source = imported.sources["s1"]
    assert (source.title, source.published_on, str(source.country)) == ("One", "2019-03", "SV")
    assert source.capture.text == TEXT
    first, second = imported.excerpts["x1"], imported.excerpts["x2"]
    assert [theme.slug for theme in first.themes.all()] == ["below"]
    assert (first.note, first.is_adverse, second.is_adverse) == ("N", False, True)
    assert second.start == TEXT.rindex("He said it twice.")
    assert [(row.excerpt, row.why) for row in imported.case.evidence.all()] == [(first, "W"), (second, "")]
    assert imported.packet is not None
    assert [row.capture for row in imported.packet.exhibits.all()] == [source.capture]
    assert imported.packet.forum == "eoir"


def test_a_theme_that_tags_nothing_takes_the_words_of_the_file(folder) -> None:
    import_case(folder=folder(a_case()), by=None, team=[], now=NOW)
    theme = Theme.objects.get(slug="weapon-rules")
    assert (theme.name, theme.definition) == ("Rules on weapons", "New words.")


def test_a_theme_in_use_keeps_the_words_of_the_office_and_says_so(folder, caseworker) -> None:
    theme = Theme.objects.get(slug="weapon-rules")
    capture = a_capture(caseworker)
    quote_excerpt(by=caseworker, capture=capture, start=0, end=5, themes=[theme], now=NOW)
    imported = import_case(folder=folder(a_case()), by=None, team=[], now=NOW)
    theme.refresh_from_db()
    assert theme.name == "Weapon rules"
    assert imported.remarks == [
        "The theme weapon-rules is in use here and keeps the office's own words, colour and place."
    ]


def a_capture(by) -> Capture:
    return add_source(
        by=by, details=SourceDetails(title="Other"), original=b"Other words.", name="", method=Method.PASTED, now=NOW
    ).capture


def test_the_same_bytes_are_said_and_not_refused(folder, caseworker) -> None:
    case = a_case()
    case["sources"].append(case["sources"][0] | {"key": "s2"})
    imported = import_case(folder=folder(case), by=None, team=[], now=NOW)
    first = imported.sources["s1"]
    assert imported.remarks == [f"s2: the library has the same bytes as source {first.pk} already."]


def test_trims_the_article(folder) -> None:
    case = a_case()
    case["sources"][0]["article"] = {"start": 4, "end": 52}
    capture = import_case(folder=folder(case), by=None, team=[], now=NOW).sources["s1"].capture
    assert capture.article == TEXT[4:52]


@pytest.mark.parametrize(
    ("change", "where", "sentence"),
    [
        ({"quote": "not there"}, "excerpts[0].quote", "The quotation does not stand in its source."),
        (
            {"quote": "He said it twice."},
            "excerpts[0].occurrence",
            "The quotation stands 2 times; say which, from 1 to 2.",
        ),
        (
            {"quote": "He said it twice.", "occurrence": 3},
            "excerpts[0].occurrence",
            "These words stand in the text 2 times; there is no occurrence 3.",
        ),
        (
            {"quote": 'A "curly" end'},
            "excerpts[0].quote",
            "The source reads differently here: “A “curly” end”. Quote it as it stands.",
        ),
        (
            {"quote": "He said it twice.", "occurrence": 2},
            "excerpts[1].quote",
            "Another excerpt of this file stands at the very same place.",
        ),
    ],
)
def test_refuses_a_quotation_that_is_not_at_one_place(folder, change, where, sentence) -> None:
    case = a_case()
    case["excerpts"][0] |= change
    assert refused(folder(case)) == {where: sentence}


def test_refuses_an_excerpt_outside_the_article(folder) -> None:
    case = a_case()
    case["sources"][0]["article"] = {"start": 16, "end": 52}
    assert refused(folder(case)) == {"excerpts[0].quote": "The quotation stands outside the article's bounds."}


def test_refuses_an_article_outside_the_text(folder) -> None:
    case = a_case()
    case["sources"][0]["article"] = {"start": 0, "end": 10_000}
    assert list(refused(folder(case))) == ["sources[0].article"]


def test_refuses_a_folder_without_a_case_file(tmp_path) -> None:
    assert refused(tmp_path) == {"case.json": "The file cannot be read: No such file or directory."}


@pytest.mark.parametrize("name", ["missing.txt", "../../../../etc/hostname", "/etc/hostname", "."])
def test_refuses_a_file_that_is_not_there_or_lies_outside(folder, name) -> None:
    case = a_case()
    case["sources"][0]["file"] = name
    assert list(refused(folder(case))) == ["sources[0].file"]


def test_refuses_a_file_that_is_no_text(folder) -> None:
    assert list(refused(folder(a_case(), s1=b"%PDF-1.7\n\x00\x01"))) == ["sources[0].file"]


def test_refuses_a_country_that_does_not_exist(folder) -> None:
    case = a_case()
    case["sources"][0]["country"] = "XX"
    assert list(refused(folder(case))) == ["sources[0].country"]


def test_refuses_a_reference_that_is_here_already(folder) -> None:
    place = folder(a_case())
    import_case(folder=place, by=None, team=[], now=NOW)
    assert refused(place) == {"case.reference": "There is a case R-1 already."}


@pytest.mark.parametrize(("name", "passages", "exhibits"), [("officers", 14, 5), ("witness", 6, 2)])
def test_the_demonstration_comes_in(name, passages, exhibits) -> None:
    imported = import_case(folder=DEMO / name, by=None, team=[], now=NOW)
    assert (len(imported.excerpts), Packet.objects.get().exhibits.count()) == (passages, exhibits)
