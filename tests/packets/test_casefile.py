"""A case file is read whole or refused with every place that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from caseapp.packets.casefile import CaseFileRefused, Problem, parse, place

FORUMS = ("eoir", "generic")
DEMO = Path(__file__).parents[2] / "demo"


def a_case(**changes: Any) -> dict[str, Any]:
    return {
        "case": {"reference": "R-1", "client": "N. N.", "country": "SV", "forum": "eoir", "hearing_on": "2027-03-15"},
        "themes": [{"slug": "weapon-rules", "name": "Weapon rules", "definition": "", "parent": None}],
        "sources": [{"key": "s1", "file": "sources/s1.txt", "title": "One", "published_on": "2019-03"}],
        "excerpts": [{"key": "x1", "source": "s1", "quote": "exact words", "themes": ["weapon-rules"]}],
        "documents": [],
        "packet": {"title": "P", "index": "theme", "exhibits": [{"source": "s1", "include": "whole"}]},
    } | changes


def refused(case: dict[str, Any] | str | bytes) -> list[str]:
    data = case if isinstance(case, bytes) else (case if isinstance(case, str) else json.dumps(case)).encode()
    with pytest.raises(CaseFileRefused) as refusal:
        parse(data, forums=FORUMS)
    return [problem.place for problem in refusal.value.problems]


def test_reads_the_whole_format() -> None:
    file = parse(json.dumps(a_case()).encode(), forums=FORUMS)
    assert file.case.reference == "R-1"
    assert file.case.hearing_on is not None
    assert file.case.hearing_on.isoformat() == "2027-03-15"
    assert file.sources[0].published_on == "2019-03"
    assert file.excerpts[0].themes == ("weapon-rules",)
    assert file.packet is not None
    assert file.packet.exhibits[0].source == "s1"


def test_a_null_means_not_given() -> None:
    case = a_case()
    case["sources"][0] |= {"author": None, "article": None}
    assert parse(json.dumps(case).encode(), forums=FORUMS).sources[0].author == ""


def test_a_byte_order_mark_is_no_reason_to_refuse() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps(a_case()).encode(), forums=FORUMS).case.reference == "R-1"


@pytest.mark.parametrize("folder", ["officers", "witness"])
def test_the_demonstration_is_in_the_format(folder: str) -> None:
    assert parse((DEMO / folder / "case.json").read_bytes(), forums=FORUMS).packet is not None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"cases": {}}, "cases"),
        ({"case": {"reference": "R-1"}}, "case.client"),
        ({"case": {"reference": "R-1", "client": "N", "colour": "red"}}, "case.colour"),
        ({"case": {"reference": "", "client": "N"}}, "case.reference"),
        ({"case": {"reference": "R-1", "client": "N", "forum": "moon"}}, "case.forum"),
        ({"case": {"reference": "R-1", "client": "N", "hearing_on": "2027-02-30"}}, "case.hearing_on"),
        ({"case": {"reference": "R-1", "client": "N", "hearing_on": 20270315}}, "case.hearing_on"),
        ({"case": {"reference": "R\u0000", "client": "N"}}, "case.reference"),
        ({"case": []}, "case"),
        ({"documents": [{"key": "d1", "file": "d1.pdf"}]}, "documents[0].title"),
    ],
)
def test_names_the_place(change: dict[str, Any], where: str) -> None:
    assert refused(a_case(**change)) == [where]


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("sources", "file"), None, "sources[0].file"),
        (("sources", "published_on"), "2019-13", "sources[0].published_on"),
        (("sources", "kind"), "rumour", "sources[0].kind"),
        (("sources", "url"), "javascript:alert(1)", "sources[0].url"),
        (("sources", "article"), {"start": -1, "end": 4}, "sources[0].article.start"),
        (("excerpts", "source"), "s2", "excerpts[0].source"),
        (("excerpts", "themes"), ["weapon-rules", "no-such"], "excerpts[0].themes[1]"),
        (("excerpts", "occurrence"), 0, "excerpts[0].occurrence"),
        (("excerpts", "quote"), "  ", "excerpts[0].quote"),
        (("excerpts", "adverse"), "yes", "excerpts[0].adverse"),
        (("themes", "parent"), "no-such", "themes[0].parent"),
        (("themes", "slug"), "Weapon Rules", "themes[0].slug"),
        (("themes", "colour"), "red", "themes[0].colour"),
    ],
)
def test_names_the_place_in_a_list(path: tuple[str, str], value: Any, where: str) -> None:
    case = a_case()
    case[path[0]][0][path[1]] = value
    assert where in refused(case)


def test_says_everything_that_is_wrong_at_once() -> None:
    case = a_case()
    case["sources"].append(case["sources"][0])
    case["packet"]["exhibits"].append({"source": "s9"})
    assert refused(case) == ["sources[1].key", "packet.exhibits[1].source"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"case": {}, "case": {}}',
        b'{"case": {"reference": "\\ud800", "client": "N"}}',
        b"[" * 100_000,
        b"NaN",
    ],
)
def test_refuses_what_is_not_json(data: bytes) -> None:
    assert refused(data) != []


def test_a_place_is_a_path_into_the_file() -> None:
    assert place(("excerpts", 3, "themes", 0)) == "excerpts[3].themes[0]"
    assert str(Problem("case", "No.")) == "case: No."
