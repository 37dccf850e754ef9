"""Word files for tests, written with python-docx and, where it cannot, by hand."""

import zipfile
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

NAMES = nsdecls("w", "r", "wp", "a", "pic", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


def saved(document):
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def with_xml(*blocks, document=None):
    """A document whose body has these blocks of XML, without prefixes' declarations, after what it has."""
    document = document or Document()
    body = document.element.body
    for block in blocks:
        opening, _, rest = block.strip().partition(">")
        end = "/" if opening.endswith("/") else ""
        body.insert(len(body) - 1, parse_xml(f"{opening.removesuffix('/')} {NAMES}{end}>{rest}"))
    return saved(document)


def paragraph(text="", properties="", run=""):
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def picture(size=(60, 40), colour="teal", form="PNG", **options):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, form, **options)
    target.seek(0)
    return target


def repacked(data, change):
    """The archive with `change(name, bytes)` for each part; a part that becomes nothing is left out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


def with_part(data, name, part):
    """The archive with one part put in the place of another, or added."""
    changed = repacked(data, lambda other, old: part if other == name else old)
    with zipfile.ZipFile(BytesIO(changed)) as archive:
        if name in archive.namelist():
            return changed
    target = BytesIO(changed)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, part)
    return target.getvalue()
