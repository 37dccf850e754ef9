"""PDFium: the pages of all files one after another."""

import sys
from pathlib import Path

import pypdfium2

out, *files = map(Path, sys.argv[1:])
whole = pypdfium2.PdfDocument.new()
for file in files:
    part = pypdfium2.PdfDocument(file)
    whole.import_pages(part)
    part.close()
whole.save(out)
