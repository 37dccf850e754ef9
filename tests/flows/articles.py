"""The two real articles, where they lie beside the repository, and the passages that a caseworker would mark.

No sentence of theirs stands here: a passage is named by a word or two that only its paragraph holds.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2].parent / "shared" / "sources"
MISSING = f"the two real articles are not at {FOLDER.name} beside this checkout"


@dataclass(frozen=True)
class Mark:
    source: str
    words: str
    themes: tuple[str, ...]
    adverse: bool = False


THEMES = {
    "off-duty-killings": "Off-duty killings",
    "weapon-rules": "Weapon rules",
    "unpassed-protection-law": "Unpassed protection law",
    "face-coverings": "Face coverings",
    "pay-and-housing": "Pay and housing",
    "us-training": "Training by the United States",
    "homicide-rates": "Homicide rates",
    "officers-leaving": "Officers leaving",
    "protection-refused": "Protection refused",
    "open-threats": "Open threats",
}

ARTICLES: dict[str, dict[str, Any]] = {
    "blaze": {
        "file": "blaze.txt",
        "title": "El Salvador police fleeing MS-13 gang for their lives — "
        "after being paid by US, trained by FBI to take them down",
        "publisher": "Blaze Media",
        "author": "Dave Urbanski",
        "published_on": "2019-03",
        "language": "en",
        "kind": "news",
        "country": "SV",
        "accessed_on": "2026-11-22",
    },
    "herald": {
        "file": "nzherald.txt",
        "title": "'We're easy victims': Inside the country so dangerous to police that officers are fleeing",
        "publisher": "The New Zealand Herald",
        "author": "Kevin Sieff (The Washington Post)",
        "published_on": "2019-03-04",
        "url": "https://www.nzherald.co.nz/world/news/article.cfm?c_id=2&objectid=12209317",
        "language": "en",
        "kind": "news",
        "country": "SV",
        "accessed_on": "2026-11-22",
    },
}

# Where the article ends in the page of the first source: the word that opens the clutter after it.
CLUTTER_OPENS_WITH = "Want to leave a tip"

MARKS = (
    Mark("blaze", "Mira Díaz", ("off-duty-killings",)),
    Mark("blaze", "$300", ("off-duty-killings", "pay-and-housing")),
    Mark("blaze", "survived two attacks", ("off-duty-killings", "protection-refused")),
    Mark("blaze", "nothing we can do", ("protection-refused",)),
    Mark("blaze", "weapons home", ("weapon-rules",)),
    Mark("blaze", "protection law", ("unpassed-protection-law",)),
    Mark("blaze", "ski masks", ("face-coverings",)),
    Mark("blaze", "855", ("us-training",)),
    Mark("blaze", "50.3", ("homicide-rates",), adverse=True),
    Mark("blaze", "unannounced", ("officers-leaving",)),
    Mark("herald", "Mira Diaz", ("off-duty-killings",)),
    Mark("herald", "US$300", ("off-duty-killings", "pay-and-housing")),
    Mark("herald", "legally allowed", ("weapon-rules",)),
    Mark("herald", "protection law", ("unpassed-protection-law",)),
    Mark("herald", "balaclavas", ("face-coverings",)),
    Mark("herald", "855", ("us-training",)),
    Mark("herald", "50.3", ("homicide-rates",), adverse=True),
    Mark("herald", "truce", ("open-threats",)),
)


def text_of(source: str) -> str:
    return (FOLDER / ARTICLES[source]["file"]).read_text(encoding="utf-8")


def passage(mark: Mark) -> str:
    """The one paragraph that holds the mark's words."""
    (paragraph,) = [line.strip() for line in text_of(mark.source).splitlines() if mark.words in line]
    return paragraph


def article_of_blaze() -> dict[str, int]:
    """The article without the clutter around it: from the second headline to the prompts for money."""
    text = text_of("blaze")
    headline = ARTICLES["blaze"]["title"]
    return {"start": text.index(headline, text.index(headline) + 1), "end": text.index(CLUTTER_OPENS_WITH)}


def write_case(folder: Path) -> Path:
    """A case folder of both articles with all the marks, as a caseworker's script would write it."""
    folder.mkdir()
    for article in ARTICLES.values():
        (folder / article["file"]).write_bytes((FOLDER / article["file"]).read_bytes())
    case = {
        "case": {
            "reference": "SV-2027-014",
            "client": "Confidential Person",
            "country": "SV",
            "forum": "eoir",
            "hearing_on": "2027-03-15",
            "file_number": "A012-345-678",
            "court": "New York",
            "filer": "A lawyer",
        },
        "themes": [{"slug": slug, "name": name, "definition": "", "parent": None} for slug, name in THEMES.items()],
        "sources": [
            {"key": key} | article | ({"article": article_of_blaze()} if key == "blaze" else {})
            for key, article in ARTICLES.items()
        ],
        "excerpts": [
            {
                "key": f"x{number}",
                "source": mark.source,
                "quote": passage(mark),
                "themes": list(mark.themes),
                "adverse": mark.adverse,
            }
            for number, mark in enumerate(MARKS, start=1)
        ],
        "documents": [],
        "packet": {
            "title": "Country conditions: El Salvador",
            "index": "theme",
            "exhibits": [{"source": key, "include": "whole"} for key in ARTICLES],
        },
    }
    (folder / "case.json").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return folder
