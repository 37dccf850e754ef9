"""Every odd and broken file of the collection ends as a correct clean copy, a question, or a refusal in words."""

from contextlib import closing
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Pdf, Stream

from caseapp import intake
from caseapp.core.refused import Refused
from caseapp.intake.kinds import HEAD, kind_of
from caseapp.intake.pdf.examining import Examined, examine, examined
from caseapp.intake.pdf.mending import mend
from caseapp.intake.sentences import notice_sentence, question_sentence, refusal_sentence
from tests.intake.hostile import CASES, Case, token

DEADLY = [case for case in CASES.values() if case.deadly]
REFUSED = [case for case in CASES.values() if case.refused]
LOCKED = [case for case in CASES.values() if "password" in case.asks]
CLEANED = [case for case in CASES.values() if not case.deadly and not case.refused and "password" not in case.asks]
ALLOWED = {
    "/Catalog": {"/Type", "/Pages", "/Outlines", "/PageLabels"},
    "/Page": {"/Type", "/Parent", "/MediaBox", "/Rotate", "/Resources", "/Contents", "/Annots", "/Group"},
    "/Pages": {"/Type", "/Kids", "/Count"},
}
FORBIDDEN_KEYS = {"/AA", "/JS", "/OpenAction", "/EF", "/Metadata", "/PieceInfo", "/OC", "/OCProperties", "/T", "/Popup"}

named = pytest.mark.parametrize("case", CLEANED, ids=lambda case: case.name)


def taken_in(data: bytes, tmp_path, password: str = "") -> Examined:
    (tmp_path / "input").write_bytes(data)
    return examined(tmp_path / "input", password)


def texts_of(data: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        found = []
        for page in pdf:
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
        return found


def dictionaries_of(pdf: Pdf) -> list[Dictionary]:
    waiting, found = list(pdf.objects), []
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Dictionary | Stream):
            found.append(thing)
            waiting += [value for value in thing.values() if isinstance(value, Dictionary) and not value.is_indirect]
    return found


@named
def test_it_becomes_a_clean_copy(case: Case, tmp_path):
    made = taken_in(case.make(), tmp_path, case.password)
    assert {question.code for question in made.report.questions} == case.asks
    noticed = {notice.code for notice in made.report.notices} - {"told-of-people"}
    assert noticed == case.notices - {"told-of-people"}
    assert made.report.pages == case.pages
    said = texts_of(made.pdf)
    assert len(said) == case.pages
    if case.tokens and "no-text" not in case.notices:
        assert [token(page) in text for page, text in enumerate(said, start=1)] == [True] * case.pages
    assert [words for words in case.words if not any(words in text for text in said)] == []
    for finding in made.report.questions:
        assert question_sentence(finding).endswith(".")
    for finding in made.report.notices:
        assert notice_sentence(finding).endswith(".")
    _holds_only_what_is_known(made.pdf, case)
    again = taken_in(made.pdf, tmp_path)
    assert again.pdf == made.pdf
    assert {question.code for question in again.report.questions} <= {"hidden-text"}


def _holds_only_what_is_known(data: bytes, case: Case) -> None:
    with Pdf.open(BytesIO(data)) as pdf:
        assert mend(pdf) == 0
        assert not set(pdf.trailer.keys()) & {"/Info", "/Encrypt", "/Prev"}
        for thing in dictionaries_of(pdf):
            kind = str(thing.get(Name.Type, ""))
            if kind in ALLOWED and "/FT" not in thing:
                assert set(thing.keys()) <= ALLOWED[kind]
            assert not set(thing.keys()) & FORBIDDEN_KEYS - ({"/T"} if "/FT" in thing else set())
            if isinstance(thing, Stream):
                assert "/F" not in thing
        for page in pdf.pages:
            assert [float(side) for side in page.obj.MediaBox][:2] == [0, 0]
            for annotation in page.obj.get(Name.Annots, []):
                _leads_somewhere(annotation)
        plain = BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert [words for words in case.gone if words in plain.getvalue()] == []


def _leads_somewhere(annotation: Dictionary) -> None:
    if annotation.Subtype != Name.Link:
        assert isinstance(annotation.AP.N, Stream)
        return
    if Name.Dest in annotation:
        assert annotation.Dest[0].Type == Name.Page
        assert annotation.Dest[1] == Name.XYZ
    else:
        assert str(annotation.A.URI).startswith("https://example.org/")


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_it_is_refused_in_words(case: Case, tmp_path):
    data = case.make()

    def look() -> None:
        kind_of("a.pdf", data[:HEAD])
        taken_in(data, tmp_path)

    with pytest.raises(Refused) as refused:
        look()
    assert refused.value.code == case.refused
    assert refusal_sentence(refused.value.code, refused.value.params).endswith(".")


@pytest.mark.parametrize("case", LOCKED, ids=lambda case: case.name)
def test_its_password_is_asked_for(case: Case, tmp_path):
    (tmp_path / "input").write_bytes(case.make())
    [question] = examine(tmp_path, password=case.password)["questions"]
    assert (question["code"], question["detail"]) == ("password", ["wrong"] if case.password else [])


@pytest.mark.parametrize("case", DEADLY, ids=lambda case: case.name)
def test_it_kills_its_reader_and_nobody_else(case: Case, tmp_path):
    (tmp_path / "a.pdf").write_bytes(case.make())
    with pytest.raises(intake.Unusable, match=r"^Reading this file took"):
        intake.examine(tmp_path / "a.pdf", name="a.pdf")
