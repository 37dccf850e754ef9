"""PyMuPDF: merge and number."""

import sys
from pathlib import Path

import pymupdf

out, *files = map(Path, sys.argv[1:])
whole = pymupdf.open()
for file in files:
    with pymupdf.open(file) as part:
        if part.needs_pass:
            part.authenticate("")
        whole.insert_pdf(part)
for number, page in enumerate(whole, start=1):
    page.insert_text((page.rect.width / 2, page.rect.height - 30), str(number), fontsize=10)
whole.save(out)
