"""Streams that are cut off or broken, made whole with what a reader shows of them.

A packet with one of them would be said to be damaged by the programs of those who receive it. What is made here is held
against the picture of the page as it was, like everything else.
"""

import contextlib
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel, Token, TokenFilter, TokenType
from PIL import Image, ImageFile

from caseapp.intake.pdf.opening import MOST_OPERATORS, MOST_UNPACKED, repairs
from caseapp.intake.pdf.values import items, name

_QUALITY = 92
# Ways of packing pictures that qpdf leaves as they are, here and when it checks.
_UNCHECKED = {"JBIG2Decode", "JPXDecode", "CCITTFaxDecode", "Crypt"}
_NO_OPERATOR = "none"


def mend(pdf: Pdf) -> int:
    """Make the file one that qpdf finds nothing wrong with, as far as can be. Returns how much was wrong."""
    repairs(pdf)
    streams = sum(_mend_stream(pdf, thing) for thing in pdf.objects if isinstance(thing, Stream))
    return streams + sum(_mend_operators(pdf, page) for page in pdf.pages)


def salvaged(stream: Stream) -> bytes:
    """As much as can be unpacked of a damaged stream."""
    filters = [name(kind) for kind in items(stream.get(Name.Filter))]
    if filters != ["FlateDecode"] or Name.DecodeParms in stream:
        return b""
    packed, unpacking = stream.read_raw_bytes(), zlib.decompressobj()
    try:
        return unpacking.decompress(packed, MOST_UNPACKED + 1)
    except zlib.error:
        return _byte_by_byte(packed)


def _byte_by_byte(packed: bytes) -> bytes:
    """What comes before the first byte that makes no sense."""
    unpacking, data = zlib.decompressobj(), bytearray()
    with contextlib.suppress(zlib.error):
        for place in range(len(packed)):
            data += unpacking.decompress(packed[place : place + 1], MOST_UNPACKED + 1 - len(data))
    return bytes(data)


def _mend_stream(pdf: Pdf, stream: Stream) -> bool:
    if any(name(kind) in _UNCHECKED for kind in items(stream.get(Name.Filter))):
        return False
    try:
        data = stream.read_bytes(StreamDecodeLevel.all)
    except (pikepdf.DataDecodingError, UnicodeDecodeError):
        _replace(stream)
        return True
    except pikepdf.PdfError:
        return False
    if not repairs(pdf):
        return False
    stream.write(data)
    return True


def _replace(stream: Stream) -> None:
    if name(stream.get(Name.Subtype)) != "Image":
        stream.write(salvaged(stream))
        return
    photograph = _photograph(stream)
    if photograph:
        stream.write(photograph, filter=Name.DCTDecode)
    elif salvaged(stream):
        stream.write(salvaged(stream))
    else:
        _draw_nothing(stream)


def _photograph(stream: Stream) -> bytes:
    """What can be seen of a JPEG that is cut off; empty where that is nothing."""
    if [name(kind) for kind in items(stream.get(Name.Filter))] != ["DCTDecode"]:
        return b""
    target = BytesIO()
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with Image.open(BytesIO(stream.read_raw_bytes())) as picture:
            if picture.mode not in {"L", "RGB"}:
                return b""
            picture.save(target, "JPEG", quality=_QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return target.getvalue()


def _draw_nothing(stream: Stream) -> None:
    stream.write(b"")
    for key in set(map(str, stream.keys())) - {"/Length"}:
        del stream[key]
    stream[Name.Type], stream[Name.Subtype] = Name.XObject, Name.Form
    stream[Name.BBox] = Array([0, 0, 0, 0])


def _mend_operators(pdf: Pdf, page: pikepdf.Page) -> bool:
    if size_of_content(page.obj) > MOST_OPERATORS:
        return False
    pikepdf.parse_content_stream(page, _NO_OPERATOR)
    if not repairs(pdf):
        return False
    page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, _sound_operators(page)))
    repairs(pdf)
    return True


def _sound_operators(page: pikepdf.Page) -> bytes:
    """The operators as qpdf understands them; where it cannot, without the signs that make no sense to it."""
    try:
        return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
    except (pikepdf.PdfError, TypeError, ValueError):
        return page.get_filtered_contents(_Sound())


class _Sound(TokenFilter):
    """Leaves out what is no part of the language of pages."""

    def handle_token(self, token: Token = ...) -> Token | None:  # type: ignore[assignment]
        return None if token.type_ == TokenType.bad else token


def size_of_content(page: Dictionary) -> int:
    return sum(len(part.read_bytes()) for part in items(page.get(Name.Contents)) if isinstance(part, Stream))
