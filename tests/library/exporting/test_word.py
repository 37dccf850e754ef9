import datetime as dt
import io
from dataclasses import replace

import docx

from caseapp.library.excerpts.anchors import Anchor
from caseapp.library.exporting.model import ThemeOut
from caseapp.library.exporting.word import codebook_docx, passages_docx
from tests.library.exporting.making import passage, source

WHOLE = Anchor(0, 34, "Two men […] came to his house.", "", "")
NOW = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_quotations_stand_under_each_of_their_themes_with_their_citation():
    data = passages_docx([passage(), passage(themes=(), is_adverse=True)], style="bluebook", now=NOW)
    read = paragraphs(data)
    assert [text for style, text in read if style == "Heading 1"] == ["Killings / Off duty", "No theme yet", "Weapons"]
    quote = ("Quote", "“two men came to his house”")
    assert read.count(quote) == 3
    cited = read[read.index(quote) + 1][1]
    assert cited.startswith("A. Reporter, Two Men at the Door, Sample Herald (")
    assert cited.endswith(", https://herald.example/door (on file with counsel) · page 4")
    assert read[1] == ("Caption", "0 of 2 passages are approved. Beneath each stands how far it is vetted.")
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.title, properties.created) == ("", "Passages by theme", NOW)


def test_each_passage_says_how_far_it_is_vetted_and_what_to_know_of_it():
    unorigined = replace(source(), origin="")
    data = passages_docx(
        [
            passage(themes=("A",)),
            passage(themes=("B",), state="approved", is_adverse=True, answer="One case of many."),
            passage(themes=("C",), state="proposed", source=unorigined, is_adverse=True, anchor=WHOLE),
        ],
        style="bluebook",
        now=NOW,
    )
    read = paragraphs(data)
    after = {text: read[number + 3 :] for number, (style, text) in enumerate(read) if style == "Heading 1"}
    assert after["A"][0][1] == ("Checked, not approved · Origin: The Monitor · Trimmed: begins mid-sentence")
    assert [text for _style, text in after["B"][:2]] == [
        "Approved · Origin: The Monitor · Trimmed: begins mid-sentence · Cuts against us",
        "Our answer: One case of many.",
    ]
    assert [text for _style, text in after["C"][:2]] == [
        "Proposed: nobody has checked it yet · Origin: nobody has said who first reported it · "
        "The source itself leaves words out (…) · Cuts against us",
        "Our answer: none yet",
    ]


def test_what_xml_cannot_hold_is_shown_as_a_hole_and_stops_nothing():
    read = paragraphs(passages_docx([passage(note="", themes=("a\x0bb\ufffe",))], style="bluebook", now=NOW))
    assert ("Heading 1", "a\ufffdb\ufffd") in read


def test_the_codebook_says_what_each_theme_means():
    themes = [
        ThemeOut("Killings", 0, "Killings", "Officers killed.", "", "", (), (), 4),
        ThemeOut(
            "Killings / Off duty", 1, "Off duty", "", "At home.", "On duty.", ("At the door.",), ("In a fight.",), 1
        ),
    ]
    assert paragraphs(codebook_docx(themes, now=NOW)) == [
        ("Title", "Codebook of themes"),
        ("Heading 1", "Killings"),
        ("Normal", "Officers killed."),
        ("Caption", "4 passages"),
        ("Heading 2", "Off duty"),
        ("Normal", "Belongs here: At home."),
        ("Normal", "Does not: On duty."),
        ("Normal", "Example: “At the door.”"),
        ("Normal", "Not an example: “In a fight.”"),
        ("Caption", "1 passage"),
    ]
