"""pypdf and ReportLab, as several open bundle makers work: merge, then lay a sheet with its number over each page."""

import sys
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

out, *files = map(Path, sys.argv[1:])
writer = PdfWriter()
for file in files:
    writer.append(file, outline_item=file.stem)
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
