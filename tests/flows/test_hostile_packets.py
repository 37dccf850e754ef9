"""Texts that nobody would write, filed all the same: each becomes a verified packet in which every word of it stands,
or is refused with a sentence that says what to do. Nothing is cut off.

The sizes are those that a test has time for. `LongLine` and the blocks and chunks of `typesetting.blocks` begin well
below them, so a longer text takes more of the same steps.
"""

from collections import Counter
from contextlib import closing

import pypdfium2
import pytest
from django.utils import timezone

from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.intake.readers.text import MAX_LINE, MAX_WORD, LoneSurrogates, NulCharacters, TooManyMarks
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Method, Source
from caseapp.packets.builder import see_through
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibit, start_packet
from caseapp.typesetting.blocks import CHUNK_CHARACTERS, LONGEST_BLOCK
from caseapp.typesetting.printed import printed_form
from caseapp.typesetting.readback import folded
from tests.packets.making import REQUESTED_AT, mark

# Where an exhibit's words stand on US letter: without running head, margin notes and page number.
COLUMN = {"left": 60, "bottom": 60, "right": 480, "top": 725}
OPENING = "This is where the quotation stands."
SENTENCE = "The officer was shot on the steps of his house, and nobody came to ask who had done it. "


def one_line() -> str:
    """A single line, longer than the reader takes for a paragraph, in more than one chunk."""
    return f"{OPENING} {SENTENCE * (CHUNK_CHARACTERS // len(SENTENCE) + 20)}".strip()


def endless_words() -> str:
    return f"{OPENING}\n" + " and ".join("abcdefghij" * 1_000 for _ in range(2))


def many_lines() -> str:
    return f"{OPENING}\n" + "\n".join(f"entry {number}" for number in range(3_500))


def overrides() -> str:
    return f"{OPENING}\nBefore \u202eesrever\u202c after, \u2066isolated\u2069 and \u202bembedded\u202c words.\n" * 3


def marks_and_pictures() -> str:
    return (
        f"{OPENING}\nZ\u0351\u036b\u0343\u036aa\u0300\u0301l\u0328go, e\u0301te\u0301, soft\u00adhyphen.\n"
        "zero\u200bwidth, "
        "👩\u200d👩\u200d👧 😀 🇸🇻 ✍🏽 and words after them.\n"
    )


def right_to_left() -> str:
    return (
        f"{OPENING}\nقال الضباط إنهم لا يستطيعون حمل أسلحتهم إلى المنزل بعد انتهاء العمل.\n"
        "Witnesses wrote: لم يأت أحد, twice.\nהשוטרים לא קיבלו הגנה בבית.\n"
    )


def ideographs() -> str:
    return (
        f"{OPENING}\n警官は勤務外に自宅で殺された。警察没有保护他们。경찰은 보호받지 못했다.\n"
        + "警察没有保护他们" * 100
    )


TEXTS = {
    text.__name__: text
    for text in (one_line, endless_words, many_lines, overrides, marks_and_pictures, right_to_left, ideographs)
}
# In these the letters of a line may be read back in another order than they were written.
REORDERED = {"right_to_left", "marks_and_pictures", "overrides"}


def take_in(text: str) -> Source:
    return add_source(
        by=None,
        details=SourceDetails(title="A text that nobody would write", publisher="The Sample Gazette"),
        original=text.encode("utf-8", "surrogatepass"),
        name="",
        method=Method.PASTED,
        now=REQUESTED_AT,
    )


def build_packet_of(source: Source) -> Build:
    """A case with one excerpt of the source, its packet of one tab, built by the worker's own code."""
    excerpt = mark(source, OPENING, "off-duty-killings")
    case = open_case(by=None, details=CaseDetails(reference="SV-2027-099", client_name="Confidential Person"), team=())
    add_evidence(by=None, case=case, excerpts=[excerpt])
    packet = start_packet(by=None, case=case, title="Country conditions", forum="generic")
    add_exhibit(by=None, packet=packet, capture=source.capture)
    build = request_build(by=None, packet=packet, now=timezone.now(), hand_over=False)
    return see_through(build.pk)


def words_of_exhibit(build: Build) -> str:
    """What a reader finds in the column of the exhibit's pages, all of them in a row."""
    volume = build.volumes.get()
    with closing(pypdfium2.PdfDocument(files_of_build(build).read_bytes(volume.sha256))) as pdf:
        texts = [page.get_textpage().get_text_bounded(**COLUMN) for page in pdf]
    first = next(number for number, text in enumerate(texts) if "SHA-256" in text)
    return "".join(texts[first:])


def is_readable_everywhere(letter: str) -> bool:
    """No mark that a font may draw as one shape with its letter, and nothing without ink."""
    return letter.isalnum()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TEXTS)
def test_every_word_of_a_hostile_text_stands_in_its_verified_packet(name) -> None:
    source = take_in(TEXTS[name]())
    build = build_packet_of(source)
    assert build.status == BuildStatus.READY, build.failure
    wanted, found = folded(printed_form(source.capture.text)), folded(words_of_exhibit(build))
    if name in REORDERED:
        missing = Counter(filter(is_readable_everywhere, wanted)) - Counter(found)
        assert missing == Counter()
    else:
        assert found.endswith(wanted)


def test_the_texts_are_as_hostile_as_they_say() -> None:
    assert "\n" not in one_line()
    assert len(one_line()) > max(MAX_LINE, CHUNK_CHARACTERS)
    assert max(map(len, endless_words().split())) == 10_000 > max(LONGEST_BLOCK, MAX_WORD)
    assert many_lines().count("\n") == 3_500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (f"{OPENING} \x00", NulCharacters),
        (f"{OPENING} \ud83d", LoneSurrogates),
        (f"{OPENING} x" + "\u0316\u0301" * 100, TooManyMarks),
    ],
)
def test_what_no_page_could_show_is_refused_in_words(text, refusal) -> None:
    with pytest.raises(refusal) as refused:
        take_in(text)
    assert "paste" in str(refused.value)
    assert not Source.objects.exists()
