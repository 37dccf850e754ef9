"""Pictures of every make on paper: what is drawn is compared with what Pillow shows of the file."""

import struct
import zlib
from contextlib import closing
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageOps

from caseapp.core.refused import Refused
from caseapp.intake import images
from caseapp.intake.report import Report

SECRET = b"Maria Lopez 12 Elm Street"
MODES = ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]


def picture(mode="RGB", size=(120, 80)):
    """Another colour in each corner, so that it shows how it is turned."""
    image = Image.new("RGB", size, (200, 200, 200))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 2, height // 2), fill=(220, 30, 30))
    draw.rectangle((width // 2, 0, width, height // 4), fill=(20, 20, 20))
    draw.rectangle((0, height // 2, width // 4, height), fill=(40, 60, 210))
    if mode == "I;16":
        grey = image.convert("L")
        return Image.frombytes("I;16", size, b"".join(struct.pack("<H", value * 257) for value in grey.tobytes()))
    if mode in {"RGBA", "LA"}:
        image = image.convert(mode)
        image.putalpha(Image.linear_gradient("L").resize(size))
        return image
    return image.convert(mode)


def encoded(image, form="PNG", **options):
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


@pytest.fixture
def clean(tmp_path):
    def make(data, accepted=()):
        (tmp_path / "input").write_bytes(data)
        (tmp_path / "clean.pdf").unlink(missing_ok=True)
        made = images.clean(tmp_path, accepted=list(accepted))
        return (tmp_path / "clean.pdf").read_bytes() if not made["questions"] else made["questions"]

    return make


def report(tmp_path, data):
    (tmp_path / "input").write_bytes(data)
    examine = images.examine_png if data.startswith(b"\x89PNG") else images.examine_jpeg
    return Report.from_dict(examine(tmp_path))


def page_size(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        (page,) = document.pages
        return [float(value) for value in page.mediabox][2:]


def drawn(pdf, size):
    """The page as PDFium draws it, with as many points as the picture has."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        (page,) = document
        image = page.render(scale=size[0] / page.get_width()).to_pil().convert("RGB")
        page.close()
    return image.resize(size)


def difference(one, other):
    """The mean distance of two pictures, of 255."""
    histogram = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


@pytest.mark.parametrize("mode", MODES)
def test_a_png_of_any_make_is_drawn_as_it_is_seen_on_white(clean, mode):
    image = picture(mode)
    expected = picture("L") if mode == "I;16" else image
    if "A" in mode:
        paper = Image.new("RGBA", image.size, "white")
        expected = Image.alpha_composite(paper, image.convert("RGBA"))
    pdf = clean(encoded(image, dpi=(200, 200)))
    assert difference(drawn(pdf, image.size), expected) < 3


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_keeps_its_own_data_and_colours(clean, mode, options):
    image = picture(mode)
    data = encoded(image, "JPEG", quality=90, **options)
    pdf = clean(data)
    # PDFium turns inks into light as a press would, Pillow by arithmetic; inverted they would differ by more than 100.
    most = 25 if mode == "CMYK" else 4
    assert difference(drawn(pdf, image.size), Image.open(BytesIO(data)).convert("RGB")) < most
    with pikepdf.open(BytesIO(pdf)) as document:
        kept = document.pages[0].Resources.XObject.Im0
        assert kept.Filter == "/DCTDecode"
        assert Image.open(BytesIO(kept.read_raw_bytes())).tobytes() == Image.open(BytesIO(data)).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_stands_as_its_maker_turned_it(clean, orientation, form):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(picture(), form, exif=exif, dpi=(100, 200))
    expected = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    pdf = clean(data)
    width, height = page_size(pdf)
    assert (width, height) == ((86.4, 28.8) if orientation < 5 else (28.8, 86.4))
    assert difference(drawn(pdf, expected.size), expected) < 4
    assert images.upright(data).size == expected.size


@pytest.mark.parametrize(
    ("size", "dpi", "expected"),
    [
        ((1700, 2200), (200, 200), [612, 792]),
        ((1728, 1100), (204, 98), [609.88, 808.16]),  # a fax: other points across than down
        ((1700, 2200), (72, 72), [503.7, 651.85]),  # what programs write that know no size
        ((850, 1100), (100, 100), [612, 792]),
        ((3400, 2200), (100, 100), [683.8, 442.46]),  # no sheet of 34 inches was scanned so coarsely
        ((1700, 2200), (7, 7), [503.7, 651.85]),
        ((300, 400), None, [144, 192]),
        ((1, 1), None, [3, 3]),
        ((1, 3000), None, [3, 683.5]),
    ],
)
def test_a_page_has_the_true_size_or_fits_on_paper(tmp_path, clean, size, dpi, expected):
    data = encoded(Image.new("L", size, 90), **({"dpi": dpi} if dpi else {}))
    assert page_size(clean(data)) == pytest.approx(expected, abs=0.3)
    codes = {notice.code for notice in report(tmp_path, data).notices}
    is_true = dpi in {(200, 200), (204, 98)} or (size, dpi) == ((850, 1100), (100, 100))
    assert ("picture-size-unknown" in codes) is not is_true


def test_nothing_of_who_took_it_where_and_with_what_is_left(clean):
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Maker", SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    jpeg = encoded(picture(), "JPEG", exif=exif, comment=SECRET, icc_profile=profile, xmp=SECRET)
    assert SECRET in jpeg
    assert SECRET not in clean(jpeg + SECRET)
    png = encoded(picture(), exif=exif)
    text = chunk(b"tEXt", b"Author\0" + SECRET)
    png = png[:33] + text + png[33:] + SECRET
    pdf = clean(png)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not any(SECRET in found.read_bytes() for found in document.objects if isinstance(found, pikepdf.Stream))
    assert SECRET not in pdf


def test_a_colour_profile_keeps_its_colours_and_loses_its_words(clean):
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    named = bytes(profile).replace("sRGB built-in".encode("utf-16-be"), "Maria's phone".encode("utf-16-be"))
    assert named != bytes(profile)
    data = encoded(picture(), "JPEG", icc_profile=named)
    pdf = clean(data)
    with pikepdf.open(BytesIO(pdf)) as document:
        name, stream = document.pages[0].Resources.XObject.Im0.ColorSpace
        kept = stream.read_bytes()
    assert name == "/ICCBased"
    assert "Maria".encode("utf-16-be") not in kept
    assert difference(drawn(pdf, (120, 80)), Image.open(BytesIO(data))) < 4


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width, height):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(30_000, 30_000), "picture-too-large"),
        (bomb(2**31 - 1, 2**31 - 1), "picture-too-large"),
        (bomb(8_000, 6_300), "picture-too-large"),
        (bomb(5_000, 5_000), "picture-damaged"),
        (bomb(0, 10), "picture-damaged"),
        (encoded(picture())[:-20], "picture-damaged"),
        (encoded(picture())[:-12], "picture-damaged"),
        (encoded(picture(), "JPEG")[:-200], "picture-damaged"),
        (encoded(picture(), "JPEG")[:-2], "picture-damaged"),
        (encoded(picture(), "JPEG")[:3], "picture-damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture-damaged"),
        (b"\xff\xd8\xff\xd9", "picture-damaged"),
    ],
)
def test_bombs_and_torn_files_are_refused(clean, data, code):
    with pytest.raises(Refused) as refused:
        clean(data)
    assert refused.value.code == code


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_page_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("room")
    form = data.draw(st.sampled_from(["PNG", "JPEG"]))
    whole = bytearray(encoded(picture(size=(24, 16)), form))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (folder / "input").write_bytes(bytes(whole))
    try:
        said = images.clean(folder, accepted=[])["pages"]
    except Refused as refused:
        said = refused.code
    assert said in {1, "picture-damaged", "picture-too-large"}


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_piece_whose_check_is_cut_off_is_damage(clean, left):
    whole = bytearray(encoded(picture(size=(24, 16))))
    place = whole.index(b"IDAT") - 4
    whole[place : place + 4] = (len(whole) - place - 8 - left).to_bytes(4, "big")
    with pytest.raises(Refused) as refused:
        clean(bytes(whole))
    assert refused.value.code == "picture-damaged"


def test_the_frames_of_a_moving_picture_are_asked_about(tmp_path, clean):
    data = encoded(picture(), save_all=True, append_images=[picture().rotate(180)])
    assert [(question.code, question.count) for question in report(tmp_path, data).questions] == [("picture-frames", 2)]
    assert clean(data) == [{"code": "picture-frames", "count": 2, "detail": []}]
    assert page_size(clean(data, ["picture-frames"])) == pytest.approx([57.6, 38.4])


def test_a_phone_picture_with_a_second_one_inside_is_asked_about(tmp_path):
    data = encoded(picture(), "MPO", save_all=True, append_images=[picture().rotate(180)])
    assert [(question.code, question.count) for question in report(tmp_path, data).questions] == [("picture-frames", 2)]


def test_what_a_person_should_know(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 3
    turned = report(tmp_path, encoded(picture("RGBA"), exif=exif) + b"more")
    assert [notice.code for notice in turned.notices] == [
        "no-text",
        "picture-size-unknown",
        "picture-turned",
        "picture-on-white",
        "picture-more-data",
    ]
    white = Image.new("RGBA", (10, 10), (255, 255, 255, 0))
    white.putpixel((3, 3), (255, 255, 255, 255))
    assert "picture-blank" in {notice.code for notice in report(tmp_path, encoded(white)).notices}


def test_what_is_said_of_a_picture_and_cannot_be_read_is_said(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 9
    sound = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sound = sound.replace("sRGB".encode("utf-16-be"), "RGB ".encode("utf-16-be"))
    for data, unread in (
        (encoded(picture(), "JPEG", exif=exif), {"picture-turn-unread"}),
        (encoded(picture(), "JPEG", icc_profile=sound[:-200]), {"picture-colours-unread"}),
        (encoded(picture(), icc_profile=b"no profile"), {"picture-colours-unread"}),
        (encoded(picture(), "JPEG", icc_profile=sound), set()),
    ):
        codes = {notice.code for notice in report(tmp_path, data).notices}
        assert {code for code in codes if code.endswith("-unread")} == unread


def test_the_same_file_gives_the_same_bytes(clean):
    for data in (encoded(picture("RGBA")), encoded(picture(), "JPEG")):
        assert clean(data) == clean(data)


def test_more_bits_than_can_be_decoded_are_no_damage(clean):
    data = encoded(picture(), "JPEG")
    place = data.index(b"\xff\xc0") + 4
    with pytest.raises(Refused) as refused:
        clean(data[:place] + b"\x0c" + data[place + 1 :])
    assert (refused.value.code, refused.value.params) == ("picture-colours", {"mode": "12 bit"})
