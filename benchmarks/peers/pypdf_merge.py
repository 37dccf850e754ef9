"""pypdf: the pages of all files one after another, with a bookmark each."""

import sys
from pathlib import Path

from pypdf import PdfWriter

out, *files = map(Path, sys.argv[1:])
writer = PdfWriter()
for file in files:
    writer.append(file, outline_item=file.stem)
writer.write(out)
