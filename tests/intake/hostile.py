"""PDFs as they come: ordinary ones, odd ones, and ones broken on purpose. Each page says a word that no other says."""

from collections.abc import Callable
from io import BytesIO

from pikepdf import Dictionary, Name, Pdf, Stream

WORDS = "The officer wrote down what the witness said."


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
    return written(new(pages))


def changed(change: Callable[[Pdf], None], pages: int = 1, **how: object) -> bytes:
    """An ordinary file after `change` was done to it."""
    pdf = new(pages)
    change(pdf)
    return written(pdf, **how)
