"""A whole bundle with what is best known for it, pypdf and ReportLab: contents page with links, numbers, bookmarks."""

import sys
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit
from reportlab.pdfgen.canvas import Canvas

ROWS = 40
out, *files = map(Path, sys.argv[1:])
readers = [PdfReader(file) for file in files]
counts = [len(reader.pages) for reader in readers]
index_pages = -(-len(files) // ROWS)
starts = [index_pages + 1 + sum(counts[:place]) for place in range(len(files))]

contents = BytesIO()
canvas = Canvas(contents, pagesize=(612, 792))
for place, (file, start, count) in enumerate(zip(files, starts, counts, strict=True)):
    top = 740 - (place % ROWS) * 16
    canvas.drawString(72, top, f"{place + 1}. {file.stem}")
    canvas.drawRightString(540, top, f"{start}–{start + count - 1}")
    if place % ROWS == ROWS - 1 or place == len(files) - 1:
        canvas.showPage()
canvas.save()

writer = PdfWriter()
writer.append(contents, outline_item="Contents")
for reader, file in zip(readers, files, strict=True):
    writer.append(reader, outline_item=file.stem)
for place, start in enumerate(starts):
    top = 740 - (place % ROWS) * 16
    writer.add_annotation(
        place // ROWS, Link(rect=(72, top - 4, 540, top + 12), target_page_index=start - 1, fit=Fit.fit())
    )

sheets = BytesIO()
canvas = Canvas(sheets)
for number, page in enumerate(writer.pages, start=1):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    canvas.setPageSize((width, height))
    canvas.drawCentredString(width / 2, 30, str(number))
    canvas.showPage()
canvas.save()
for page, sheet in zip(writer.pages, PdfReader(sheets).pages, strict=True):
    page.merge_page(sheet)
writer.write(out)
