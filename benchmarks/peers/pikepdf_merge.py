"""pikepdf and nothing of ours: pages one after another, bookmarks, page labels. No number on any page."""

import sys
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

out, *files = map(Path, sys.argv[1:])
with Pdf.new() as whole:
    starts = []
    for file in files:
        with Pdf.open(file) as part:
            starts.append(len(whole.pages))
            whole.pages.extend(part.pages)
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(file.stem, start) for file, start in zip(files, starts, strict=True))
    whole.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
