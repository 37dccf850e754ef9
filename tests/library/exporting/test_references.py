import json

import pytest
import rispy

from caseapp.library.exporting.references import csl_json, ris
from tests.library.exporting.making import SOURCE, source


def test_an_article_as_csl():
    (made,) = json.loads(csl_json([SOURCE]))
    assert made == {
        "id": "source-7",
        "type": "article-newspaper",
        "title": "Two men at the door",
        "author": [{"literal": "A. Reporter"}],
        "container-title": "Sample Herald",
        "issued": {"date-parts": [[2019, 3, 4]]},
        "accessed": {"date-parts": [[2026, 11, 22]]},
        "URL": "https://herald.example/door",
        "language": "en",
    }


def test_what_is_not_known_is_left_out():
    (made,) = json.loads(csl_json([source(author="", published_on="2019", url="", accessed_on="", kind="ngo")]))
    assert made == {
        "id": "source-7",
        "type": "report",
        "title": "Two men at the door",
        "publisher": "Sample Herald",
        "issued": {"date-parts": [[2019]]},
        "language": "en",
    }


@pytest.mark.parametrize(
    ("published", "written"), [("2019-03-04", "2019/03/04/"), ("2019-03", "2019/03//"), ("2019", "2019///")]
)
def test_ris_reads_back(published, written):
    (made,) = rispy.loads(ris([source(published_on=published)]).decode())
    assert made["type_of_reference"] == "NEWS"
    assert made["title"] == "Two men at the door"
    assert made["authors"] == ["A. Reporter"]
    assert made["secondary_title"] == "Sample Herald"
    assert (made["year"], made["date"]) == ("2019", written)
    assert made["urls"] == ["https://herald.example/door"]


@pytest.mark.parametrize(
    ("kind", "csl", "ris_type"),
    [("government", "report", "GOVDOC"), ("academic", "article-journal", "JOUR"), ("other", "webpage", "ELEC")],
)
def test_every_kind_has_its_type(kind, csl, ris_type):
    assert json.loads(csl_json([source(kind=kind)]))[0]["type"] == csl
    assert ris([source(kind=kind)]).startswith(b"TY  - " + ris_type.encode())
