import csv
import io

from caseapp.library.exporting.model import ThemeOut
from caseapp.library.exporting.tables import passages_csv, themes_csv
from tests.library.exporting.making import passage


def rows(pieces) -> list[dict[str, str]]:
    data = b"".join(pieces)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_passage_is_a_row_with_all_that_is_known_of_it():
    (row,) = rows(passages_csv([passage(note="Line one\nline two", is_adverse=True, answer="It was one man.")]))
    assert row == {
        "id": "31",
        "quote": "two men came to his house",
        "translation": "",
        "themes": "Killings / Off duty; Weapons",
        "state": "checked",
        "adverse": "yes",
        "answer": "It was one man.",
        "note": "Line one\nline two",
        "page": "page 4",
        "title": "Two men at the door",
        "publisher": "Sample Herald",
        "author": "A. Reporter",
        "published": "2019-03-04",
        "address": "https://herald.example/door",
        "archived copy": "",
        "language": "en",
        "country": "SV",
        "kind": "news",
        "origin": "The Monitor",
        "version": "2",
        "captured": "2026-11-22T15:30:00+00:00",
        "sha256": "ab" * 32,
        "start": "10",
        "end": "34",
        "before": "leave when ",
        "after": ".\nHis rifle",
        "added by": "Carla Caseworker",
        "added": "2026-11-22T15:30:00+00:00",
        "checked by": "Cora Colleague",
        "approved by": "",
    }


def test_no_cell_is_a_formula():
    (row,) = rows(passages_csv([passage(note="=1+1", themes=("@all",), page="-4")]))
    assert (row["note"], row["themes"], row["page"]) == ("'=1+1", "'@all", "'-4")


def test_the_codebook_has_a_row_for_each_theme():
    theme = ThemeOut(
        "Killings / Off duty", 1, "Off duty", "Killed at home.", "At home.", "On duty.", ("“A”", "B"), (), 3
    )
    (row,) = rows(themes_csv([theme]))
    assert (row["theme"], row["examples"], row["passages"]) == ("Killings / Off duty", "“A”\nB", "3")
