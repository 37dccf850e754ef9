"""Lists as reference managers and spreadsheets write them, and as nobody should write them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.core.cells import disarmed, rearmed
from caseapp.core.refused import Refused
from caseapp.library.lists import bibtex, csl, ris, tables
from caseapp.library.lists.decoding import decoded
from caseapp.library.lists.reading import read
from caseapp.library.lists.values import kind, kind_of_type, language, partial_date
from caseapp.library.lists.wording import sentence_of

RIS = """TY  - NEWS
T1  - Two men at the door
AU  - Reporter, Ana
AU  - Other, B.
T2  - Sample Herald
DA  - 2019/03/04/
UR  - https://herald.example/door
L1  - files/1/door.pdf
KW  - one
KW  - two
N2  - What happened
ER  -

TY  - RPRT
TI  - Not closed
TY  - BLOG
TI  - Closed
ER  -
"""
BIBTEX = r"""@article{a, title = {The {Great} T\'itulo}, author = {Ana Reporter and Other, B}, journal = {Herald},
  file = {Full\: Text:files/1/a.pdf:application/pdf;Snapshot:files/2/a.html:text/html}, month = mar, year = 2019,
  url={https://x.example}, keywords = {one, two}}
@book{b, title = {never {{{closed
@misc{c, title = "first", title = "second"}
"""
CSL = [
    {
        "type": "article-newspaper",
        "title": "Two men",
        "container-title": "Herald",
        "author": [{"family": "Reporter", "given": "Ana"}, {"literal": "The Desk"}],
        "issued": {"date-parts": [["2019", 3, 4]]},
        "URL": "https://x.example",
        "language": "en-us",
        "keyword": "one, two",
    },
    "no item",
]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("2019-3-4", "2019-03-04"),
        ("2019-03-04T10:00:00Z", "2019-03-04"),
        ("2019/03/04/", "2019-03-04"),
        ("March 4, 2019", "2019-03-04"),
        ("4 de marzo de 2019", "2019-03-04"),
        ("Mar 2019", "2019-03"),
        ("23/4/2019", "2019-04-23"),
        ("4/23/2019", "2019-04-23"),
        ("3/4/2019", "3/4/2019"),
        ("March ² 2019", "2019-03"),
        ("2² March 2019", "2019-03-02"),
        ("March 4 2019¹", "2019-03-04"),
        ("1º de marzo de 2019", "2019-03-01"),
        ("2019-03-04²", "2019-03-04"),
        ("March ② 2019", "March ② 2019"),
        ("2019-13-45", "2019-13-45"),
        ("last spring", "last spring"),
        ("", ""),
    ],
)
def test_dates_are_understood_or_left_as_they_were_written(written, date):
    assert partial_date(written) == date


def test_languages_and_kinds_have_names_in_both_languages():
    assert [language(word) for word in ("Español", "English", "pt_BR", "EN", "Quechua!")] == [
        "es", "en", "pt-BR", "en", "Quechua!",
    ]  # fmt: skip
    assert [kind(word) for word in ("ONG", "Noticias", "Gobierno", "song")] == ["ngo", "news", "government", "song"]
    assert [kind_of_type(word) for word in ("newspaperArticle", "JOUR", "RPRT")] == ["news", "academic", ""]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_every_program(delimiter, encoding):
    lines = [
        ["Título", "Medio", "Fecha de publicación", "Dirección web", "País", "Temas", "Archivo", "Nota"],
        [
            "Dos hombres",
            "El Diario",
            "4 de marzo de 2019",
            "https://x.example",
            "El Salvador",
            "uno|dos|Uno",
            "a.pdf",
            "x",
        ],
    ]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    records, mapping = tables.read(decoded(data))
    assert mapping["Nota"] == ""
    assert mapping["Título"] == "title"
    (record,) = records
    assert record.line == 2
    assert {name: value for name, value in record.given.items() if value} == {
        "title": "Dos hombres",
        "publisher": "El Diario",
        "published_on": "2019-03-04",
        "url": "https://x.example",
        "country": "El Salvador",
        "themes": ["uno", "dos"],
        "files": ["a.pdf"],
    }


def test_a_line_that_does_not_fit_says_so_and_stops_no_other():
    text = 'sep=;\nTitle;Text\n"two\nlines";He left.\na;b;c\n\n;\n"never closed;x\ny;z\n'
    records, _mapping = tables.read(text)
    assert [(record.line, record.wrong) for record in records] == [
        (3, ""),
        (5, "record-cells"),
        (8, "record-quotes"),
    ]
    assert records[0].given["title"] == "two lines"
    assert records[1].columns == {"Title": "a", "Text": "b"}


def test_what_zotero_fills_in_twice_is_taken_from_the_better_column():
    header = "Item Type,Publication Year,Title,Publication Title,Date,Publisher"
    text = f"{header}\nnewspaperArticle,2019,A,Herald,2019-03-04,P\n"
    (record,), _mapping = tables.read(text)
    found = [record.given[name] for name in ("publisher", "published_on", "kind")]
    assert found == ["Herald", "2019-03-04", "news"]


def test_ris_with_its_lines_and_without_its_ends():
    records = ris.read(RIS)
    assert [(record.line, record.given["title"]) for record in records] == [
        (1, "Two men at the door"),
        (14, "Not closed"),
        (16, "Closed"),
    ]
    first = records[0].given
    assert (first["author"], first["publisher"], first["kind"]) == ("Reporter, Ana; Other, B.", "Sample Herald", "news")
    assert (first["published_on"], first["url"]) == ("2019-03-04", "https://herald.example/door")
    assert (first["files"], first["themes"], first["abstract"]) == (
        ["files/1/door.pdf"],
        ["one", "two"],
        "What happened",
    )


def test_ris_outside_a_record_is_told():
    records = ris.read("hello\n" + RIS)
    assert (records[0].line, records[0].wrong) == (1, "record-outside")
    with pytest.raises(Refused, match="list-no-records"):
        ris.read("hello\n")


def test_plain_words_in_bibtex_are_not_read_as_latex(monkeypatch):
    """Ten megabytes of it would take longer than a list is given."""
    monkeypatch.delattr("pylatexenc.latex2text.LatexNodes2Text.latex_to_text")
    [record] = bibtex.read("@misc{a, title={Two men, at the “door”}}")
    assert record.given["title"] == "Two men, at the “door”"


def test_bibtex_with_braces_accents_and_attachments():
    records = bibtex.read(BIBTEX)
    assert [(record.line, record.wrong, record.given.get("title")) for record in records] == [
        (1, "", "The Great Título"),
        (4, "record-unreadable", None),
        (5, "", "first"),
    ]
    first = records[0].given
    assert (first["author"], first["published_on"]) == ("Ana Reporter; Other, B", "2019-03")
    assert first["files"] == ["files/1/a.pdf", "files/2/a.html"]
    assert first["themes"] == ["one", "two"]


def test_csl_json_and_items_that_are_none():
    records = csl.read(json.dumps(CSL))
    first = records[0].given
    assert (first["author"], first["published_on"], first["kind"]) == ("Ana Reporter; The Desk", "2019-03-04", "news")
    assert (first["language"], first["themes"]) == ("en-us", ["one", "two"])
    assert records[1].wrong == "record-unreadable"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("csv", b"a,b\n1,2\n", "list-no-columns"),
        ("csv", b"", "list-no-columns"),
        ("csv", b"Title\n", "list-no-records"),
        ("csv", b'"Title\n', "list-broken"),
        ("csv", b"Title\n" + b"x\n" * 10_001, "list-too-long"),
        ("csv", b"\xff\xfe\x00", "list-undecodable"),
        ("csl", b"[" * 100_000, "list-too-deep"),
        ("csl", b'{"items": {}}', "list-no-records"),
        ("csl", b"{", "list-broken"),
        ("csl", b"[]", "list-no-records"),
        ("bibtex", b"nothing", "list-no-records"),
        ("ris", b"", "list-no-records"),
    ],
)
def test_a_list_that_is_none_is_refused_in_words(tmp_path, name, data, code):
    (tmp_path / "list").write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(tmp_path, file="list", format_name=name)
    assert refused.value.code == code
    assert code not in sentence_of(code, refused.value.params)


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex", "csl"])
@given(text=st.text(st.characters() | st.sampled_from('@{}\\"\n,;:[]TYER -=\x00'), max_size=300))
@settings(max_examples=60)
def test_whatever_is_brought_is_records_or_refused(name, text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("list")
    begun = {"csv": "Title,URL\n", "ris": "TY  - NEWS\n", "bibtex": "@misc{a, title={", "csl": '[{"title": "'}[name]
    (folder / "list").write_bytes((begun + text).encode("utf-8", "surrogatepass"))
    try:
        said = read(folder, file="list", format_name=name)
    except Refused as refused:
        said = {"records": [sentence_of(refused.code, refused.params)]}
    words = json.dumps(said, ensure_ascii=False)
    words.encode("utf-8")
    assert "\\u0000" not in words
    assert said["records"]


@given(st.text(max_size=20))
def test_a_disarmed_cell_is_no_formula_and_comes_back(cell):
    assert not disarmed(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    if not cell.startswith("'"):
        assert rearmed(disarmed(cell)) == cell
