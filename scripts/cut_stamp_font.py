"""Cut the small font of page numbers from the font of our pages, with what a PDF needs to know of it.

    .venv/bin/python scripts/cut_stamp_font.py

Done once, and again when the font itself is exchanged: a packet is put together without opening a font.
"""

import json
import string
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PRINT = Path(__file__).resolve().parents[1] / "caseapp" / "static" / "print"
CHARACTERS = string.digits + string.ascii_letters + " -./_"


def main() -> None:
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 6], drop_tables=["GSUB", "GPOS", "GDEF"]
    )
    font = TTFont(PRINT / "fonts" / "NotoSerif-Regular.ttf", recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=CHARACTERS)
    cutter.subset(font)
    font.save(PRINT / "stamp" / "numbers.ttf", reorderTables=True)
    cmap, units, head, hhea = font.getBestCmap(), font["head"].unitsPerEm, font["head"], font["hhea"]
    facts = {
        "box": [round(value * 1000 / units) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(hhea.ascent * 1000 / units),
        "descent": round(hhea.descent * 1000 / units),
        "glyphs": {
            character: [
                font.getGlyphID(cmap[ord(character)]),
                round(font["hmtx"][cmap[ord(character)]][0] * 1000 / units),
            ]
            for character in CHARACTERS
        },
    }
    (PRINT / "stamp" / "numbers.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
