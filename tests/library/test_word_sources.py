"""Sources whose file is a Word document, each read in a real child process."""

import pytest

from caseapp.intake import Unusable
from caseapp.intake.readers.text import EmptyText
from caseapp.library.keeping.contents import MustBeDecided, contents_of
from caseapp.library.models import Method
from caseapp.library.texts.noticed import sentence_of
from tests.intake.docx.making import saved, with_xml
from tests.intake.docx.test_words import CHANGED, report


def read(data, name="report.docx", **more):
    return contents_of(data, name=name, method=Method.UPLOADED, **more)


@pytest.mark.parametrize("name", ["report.docx", "download"])
def test_a_word_file_is_read_whatever_its_name(name):
    contents = read(saved(report()), name)
    assert contents.text.startswith("Killings at home\n\nTwo officers")
    assert (contents.media_type.rpartition(".")[2], contents.encoding, contents.pages) == ("document", "", [])
    assert contents.headings == ((0, 16, 1), (63, 70, 2))
    assert (contents.found.title, contents.found.author) == ("Annual report", "Sample Ministry")
    assert [sentence_of(notice) for notice in contents.notices] == [
        "1 picture stands in the file and is no part of its text. Look at it in the original."
    ]


def test_what_must_be_decided_is_asked_and_kept_as_word_shows_it():
    data = with_xml(CHANGED)
    with pytest.raises(MustBeDecided) as undecided:
        read(data)
    assert undecided.value.codes == {"tracked-accepted"}
    assert str(undecided.value).endswith("as if all were accepted.")
    assert read(data, accepted=undecided.value.codes).text == "Two officers were shot."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 word/document.xml", "This Word file is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This Word file is locked"),
        (b"only words", "The name of this file ends in .docx, but what it holds is something else."),
        (b"", "This file is empty"),
    ],
)
def test_what_is_no_word_file_ends_in_a_sentence(data, sentence):
    with pytest.raises(Unusable) as refusal:
        read(data)
    assert str(refusal.value).startswith(sentence)


def test_a_word_file_without_words_is_refused():
    with pytest.raises(EmptyText):
        read(with_xml("<w:p/>"))
