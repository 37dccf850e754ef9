"""Pages read with PDFium, for tests."""

from contextlib import closing

import pypdfium2


def page_texts(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_text(page) for page in document]


def _text(page):
    words = page.get_textpage()
    text = words.get_text_bounded()
    words.close()
    page.close()
    return text


def whole_text(pdf):
    return " ".join(" ".join(page_texts(pdf)).split())


def bare(text):
    """Without white space, and without the marks that a reader puts at line ends."""
    return "".join(text.replace("\ufffe", "").split())
