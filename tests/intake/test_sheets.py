"""TIFF and HEIC on paper: every sheet of a scan, and the picture a telephone took."""

import struct
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import BITSPERSAMPLE, COMPRESSION, PHOTOMETRIC_INTERPRETATION, SAMPLEFORMAT

from caseapp import intake
from caseapp.core import sandbox
from caseapp.core.refused import Refused
from caseapp.intake import sheets
from caseapp.intake.report import Report
from caseapp.intake.sentences import notice_sentence, refusal_sentence
from tests.intake.test_images import SECRET, difference, drawn, encoded, picture

SAMPLES = Path(__file__).parent / "samples"
ONE, TWO = ((SAMPLES / name).read_bytes() for name in ("one_picture.heic", "two_pictures.heic"))
FURTHER = {"save_all": True, "compression": "tiff_deflate"}


@pytest.fixture
def clean(tmp_path):
    def make(data, accepted=(), cleaned=sheets.clean_tiff):
        (tmp_path / "input").write_bytes(data)
        made = cleaned(tmp_path, accepted=list(accepted))
        return made, (tmp_path / "clean.pdf").read_bytes() if not made["questions"] else b""

    return make


def report(folder, data, examine=sheets.examine_tiff):
    (folder / "input").write_bytes(data)
    return Report.from_dict(examine(folder))


def sheet_of(tags, after=b""):
    """A TIFF that says this of its one sheet, or of the sheet after those of another."""
    said = {256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 273: 0, 277: 1, 278: 4, 279: 16, 339: 1} | tags
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(said.items()))
    start = after or b"II*\0\0\0\0\0"
    start += b"\0" * (len(start) % 2)
    place, at = 4, struct.unpack("<I", start[4:8])[0]
    if after:
        (count,) = struct.unpack("<H", start[at : at + 2])
        place = at + 2 + 12 * count
    linked = start[:place] + struct.pack("<I", len(start)) + start[place + 4 :]
    return linked + struct.pack("<H", len(said)) + entries + struct.pack("<I", 0)


def sizes(pdf):
    with closing(pikepdf.open(BytesIO(pdf))) as document:
        return [tuple(round(float(side)) for side in page.mediabox)[2:] for page in document.pages]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_a_scan_of_any_make_is_drawn_as_it_is_seen_on_white(clean, mode):
    image = picture(mode)
    expected = picture("L") if mode == "I;16" else image
    if "A" in mode:
        expected = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    _made, pdf = clean(encoded(image, "TIFF", dpi=(200, 200)))
    assert difference(drawn(pdf, image.size), expected) < 3


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "packbits", "jpeg", "tiff_adobe_deflate"])
def test_a_scan_however_it_was_packed(clean, compression):
    image = picture("1" if compression == "group4" else "RGB")
    _made, pdf = clean(encoded(image, "TIFF", compression=compression, dpi=(200, 200)))
    assert difference(drawn(pdf, image.size), image) < 4


def test_every_sheet_of_a_scan_becomes_a_page_of_its_own_size(tmp_path, clean):
    pages = [picture(size=(850, 1100)), picture("1", size=(1100, 850)), Image.new("L", (850, 1100), 255)]
    data = encoded(pages[0], "TIFF", append_images=pages[1:], dpi=(100, 100), **FURTHER)
    found = report(tmp_path, data)
    assert (found.kind, found.media_type, found.pages) == ("tiff", "image/tiff", 3)
    made, pdf = clean(data)
    assert (made["pages"], made["text_pages"]) == (3, ["", "", ""])
    assert sizes(pdf)[:1] == [(612, 792)]
    assert len(sizes(pdf)) == 3
    [blank] = [notice for notice in found.notices if notice.code == "picture-blank"]
    assert notice_sentence(blank) == (
        "Nothing can be seen on these pages, each has one colour: 3. Look at the original."
    )
    [bare] = [notice for notice in found.notices if notice.code == "no-text"]
    assert (bare.count, bare.detail) == (3, ("1–3",))


def test_previews_are_no_sheets_of_the_paper(tmp_path):
    preview = picture(size=(60, 40))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    data = encoded(picture(), "TIFF", append_images=[preview], **FURTHER)
    assert report(tmp_path, data).pages == 1


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda data: data[:-300], "picture-damaged"),
        (lambda data: data[:8], "picture-damaged"),
        (lambda data: data[:4] + b"\xff\xff\xff\x7f" + data[8:], "picture-damaged"),
    ],
)
def test_a_damaged_scan_is_refused(tmp_path, damage, code):
    with pytest.raises(Refused) as refused:
        report(tmp_path, damage(encoded(picture(), "TIFF")))
    assert refused.value.code == code
    assert "damaged or cut off" in refusal_sentence(code, refused.value.params)


def test_more_sheets_than_can_be_looked_through_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_SHEETS", 2)
    data = encoded(picture(), "TIFF", append_images=[picture(), picture()], **FURTHER)
    with pytest.raises(Refused) as refused:
        report(tmp_path, data)
    assert refusal_sentence(refused.value.code, refused.value.params) == (
        "This file holds more than 2 scanned sheets. Divide it, or save it as a PDF, and add that."
    )


def test_colours_that_nobody_can_print_are_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        report(tmp_path, encoded(Image.new("F", (20, 20), 0.5), "TIFF"))
    assert "stores its colours in a way (F)" in refusal_sentence(refused.value.code, refused.value.params)


SCIENTIFIC = [
    ({BITSPERSAMPLE: 64, SAMPLEFORMAT: 3}, "stores its colours in a way (64 bit float)"),
    ({BITSPERSAMPLE: 16, SAMPLEFORMAT: 3}, "stores its colours in a way (16 bit float)"),
    ({BITSPERSAMPLE: 64, SAMPLEFORMAT: 1}, "stores its colours in a way (64 bit)"),
    ({BITSPERSAMPLE: 128, SAMPLEFORMAT: 6}, "stores its colours in a way (128 bit)"),
    ({BITSPERSAMPLE: 16, PHOTOMETRIC_INTERPRETATION: 32803}, "stores its colours in a way (CFA)"),
    (
        {BITSPERSAMPLE: 16, PHOTOMETRIC_INTERPRETATION: 32845, COMPRESSION: 34676},
        "stores its colours in a way (LogLuv)",
    ),
    ({COMPRESSION: 34712}, "is packed in a way (JPEG 2000)"),
    ({COMPRESSION: 50001}, "is packed in a way (WebP)"),
]


@pytest.mark.parametrize(("tags", "words"), SCIENTIFIC)
def test_a_sound_picture_of_a_kind_that_nothing_here_decodes_is_not_called_damaged(tmp_path, tags, words):
    with pytest.raises(Refused) as refused:
        report(tmp_path, sheet_of(tags))
    sentence = refusal_sentence(refused.value.code, refused.value.params)
    assert words in sentence
    assert sentence.endswith("Open it in a picture program, save it as PNG or JPEG, and add that.")


def test_the_kind_is_said_of_a_later_sheet_too(tmp_path):
    first = encoded(picture("L", size=(20, 20)), "TIFF")
    later = sheet_of({BITSPERSAMPLE: 64, SAMPLEFORMAT: 3}, after=first)
    with pytest.raises(Refused) as refused:
        report(tmp_path, later)
    assert (refused.value.code, refused.value.params) == ("picture-colours", {"mode": "64 bit float"})


def test_a_picture_of_a_telephone_is_printed_without_what_it_says_of_its_owner(tmp_path, clean):
    assert SECRET in ONE
    found = report(tmp_path, ONE, sheets.examine_heic)
    assert (found.kind, found.media_type, found.pages, found.questions) == ("heic", "image/heic", 1, ())
    _made, pdf = clean(ONE, cleaned=sheets.clean_heic)
    assert difference(drawn(pdf, (120, 80)), picture()) < 6
    assert SECRET not in pdf


def test_of_several_pictures_in_one_file_a_person_says_that_the_first_is_enough(tmp_path, clean):
    [question] = report(tmp_path, TWO, sheets.examine_heic).questions
    assert (question.code, question.count) == ("picture-frames", 2)
    made, _pdf = clean(TWO, cleaned=sheets.clean_heic)
    assert [row["code"] for row in made["questions"]] == ["picture-frames"]
    made, pdf = clean(TWO, ["picture-frames"], sheets.clean_heic)
    assert (made["questions"], len(sizes(pdf))) == ([], 1)


@pytest.mark.parametrize("data", [ONE[:400], ONE[:-200], ONE[:40] + bytes(200)])
def test_a_damaged_picture_of_a_telephone_is_refused(tmp_path, data):
    with pytest.raises(Refused) as refused:
        report(tmp_path, data, sheets.examine_heic)
    assert refused.value.code == "picture-damaged"


@pytest.mark.parametrize(("name", "data"), [("scan.TIF", encoded(picture(), "TIFF")), ("IMG_0001.HEIC", ONE)])
def test_both_are_read_in_a_child_that_reaches_nothing(tmp_path, name, data):
    place = tmp_path / "kept"
    place.write_bytes(data)
    found = intake.examine(place, name=name)
    made = intake.clean_pdf(place, name=name, kind=found.kind, out=tmp_path / "out.pdf")
    assert (found.pages, made.pages) == (1, 1)
    assert difference(drawn((tmp_path / "out.pdf").read_bytes(), (120, 80)), picture()) < 6


def _outcome(folder, data, examine):
    try:
        return "printed" if report(folder, data, examine).pages else "nothing"
    except Refused as refused:
        return refused.code


OUTCOMES = {"picture-damaged", "picture-too-large", "picture-colours", "picture-too-many", "printed"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_changed_in_a_scan_it_is_printed_or_refused(tmp_path, data):
    whole = encoded(picture("L", (40, 30)), "TIFF")
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    assert _outcome(tmp_path, changed, sheets.examine_tiff) in OUTCOMES


def _examined_in_a_child(folder, data):
    (folder / "input").write_bytes(data)
    return sandbox.run("caseapp.intake.sheets:examine_heic", folder=folder, arguments={}, limits=sandbox.Limits())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(ONE) - 1), st.integers(0, 255))
def test_whatever_is_changed_in_a_picture_of_a_telephone_it_is_printed_or_refused(tmp_path, place, byte):
    """In a child, as in the program: what decodes these pictures can be brought down by them."""
    try:
        outcome = "printed" if _examined_in_a_child(tmp_path, ONE[:place] + bytes([byte]) + ONE[place + 1 :]) else ""
    except Refused as refused:
        outcome = refused.code
    except sandbox.ChildDied:
        outcome = "picture-damaged"
    assert outcome in OUTCOMES


def test_a_picture_that_brings_down_what_decodes_it_is_refused_in_words(tmp_path):
    place = tmp_path / "kept"
    place.write_bytes(ONE[:192] + bytes([132]) + ONE[193:])
    with pytest.raises(intake.Unusable, match="what reads it stopped in the middle"):
        intake.examine(place, name="IMG_0001.HEIC")
