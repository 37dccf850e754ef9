"""The text of a PDF and its page map. What pages are made of is in `papers.py`."""

import unicodedata

import pikepdf
import pytest

from caseapp.core.refused import Refused
from caseapp.intake.pdf import text as text_module
from caseapp.intake.pdf.text import read_pages
from tests.intake.pdf.papers import ARABIC, ENGLISH, HEBREW, MIXED, by_hand, lines_at, samples, typeset, with_root_keys


def read(data, folder):
    (folder / "clean.pdf").write_bytes(data)
    return read_pages(folder, file="clean.pdf")


@pytest.mark.parametrize("name", ["two columns", "turned content", "content upside down", "turned both", "odd origin"])
def test_paragraphs_are_lines_in_reading_order_without_the_typesetters_hyphens(name, tmp_path):
    times = 3 if name in ("two columns", "turned content", "turned both") else 2
    text = read(samples()[name], tmp_path)["text"]

    assert text.split("\n") == ["A heading over all of it", *ENGLISH * times]
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(("name", "expected"), [("arabic", ARABIC), ("hebrew", HEBREW), ("mixed", MIXED)])
def test_right_to_left_words_are_read_in_their_own_order(name, expected, tmp_path):
    assert read(samples()[name], tmp_path)["text"].split("\n") == ["A heading over all of it", *expected * 2]


def test_the_page_map_has_the_place_of_each_page_and_its_printed_label(tmp_path):
    found = read(labelled(by_hand(lines_at(40, 250, ["First words."]), pages=3)), tmp_path)

    assert found["pages"] == [[0, 12, "iv"], [14, 26, "v"], [28, 40, "1"]]
    assert [found["text"][start:end] for start, end, _ in found["pages"]] == ["First words."] * 3
    assert found["text"] == "First words.\n\nFirst words.\n\nFirst words."


def test_pages_of_a_file_without_labels_have_none(tmp_path):
    assert read(by_hand(lines_at(40, 250, ["Some words"])), tmp_path)["pages"] == [[0, 10, ""]]


def test_pages_without_text_keep_their_place_and_are_counted(tmp_path):
    found = read(by_hand("0 0 10 10 re f", pages=2), tmp_path)

    assert (found["text"], found["pages"]) == ("\n\n", [[0, 0, ""], [2, 2, ""]])
    assert found["notices"] == [{"code": "no-text", "count": 2, "detail": ["1–2"]}]


def test_columns_that_were_written_line_by_line_across_the_page_are_read_one_after_the_other(tmp_path):
    left = ["The left column has", "words that fill all of", "its lines, and it ends", "where it should end."]
    right = ["The right column has", "other words, which", "must not come between", "those of the left one."]
    across = "".join(
        lines_at(40, 250 - 14 * row, [one]) + lines_at(220, 250 - 14 * row, [other])
        for row, (one, other) in enumerate(zip(left, right, strict=True))
    )
    assert read(by_hand(across), tmp_path)["text"] == f"{' '.join(left)}\n{' '.join(right)}"


def test_words_that_the_file_has_in_no_order_are_read_where_they_stand(tmp_path):
    rows = [
        ("Two", "officers", "were shot on the steps of their"),
        ("own", "houses", "and then nothing came of it all"),
        ("for", "nobody", "was asked, said the ministry."),
    ]
    bold = rest = ""
    for row, (first, second, third) in enumerate(rows):
        y = 250 - 14 * row
        rest += lines_at(40, y, [first]) + lines_at(40 + 6.6 * (len(first) + len(second) + 2), y, [third])
        bold += lines_at(40 + 6.6 * (len(first) + 1), y, [second])
    assert read(by_hand(rest + bold), tmp_path)["text"] == (
        "Two officers were shot on the steps of their own houses and then nothing came of it all for nobody was asked, "
        "said the ministry."
    )


def test_rows_of_a_table_are_lines(tmp_path):
    rows = "".join(
        lines_at(x, 250 - 16 * row, [cell])
        for row, cells in enumerate(
            [("Year", "Killed", "Place"), ("2019", "34", "La Paz"), ("2020", "12", "Sonsonate")]
        )
        for x, cell in zip((40, 150, 260), cells, strict=True)
    )
    assert read(by_hand(rows), tmp_path)["text"] == "Year Killed Place\n2019 34 La Paz\n2020 12 Sonsonate"


def test_a_heading_and_each_item_of_a_list_are_paragraphs_of_their_own(tmp_path):
    page = lines_at(40, 260, ["A heading"], size=16) + lines_at(
        40, 240, ["Words of a first paragraph that runs on over", "the line.", "• one item", "• another item"]
    )
    assert read(by_hand(page), tmp_path)["text"] == (
        "A heading\nWords of a first paragraph that runs on over the line.\n• one item\n• another item"
    )


def test_what_stands_for_no_character_is_shown_and_counted(tmp_path):
    found = read(typeset(["Before \ue123 between \uf0b7 after"], times=1), tmp_path)

    assert found["text"].endswith("Before \ufffd between • after")
    assert found["notices"] == [{"code": "unknown-characters", "count": 1, "detail": ["1"]}]


def test_ligatures_are_spelled_out_and_accents_composed(tmp_path):
    found = read(typeset(["A ﬁle of aﬄuent oﬃces, e\u0301te\u0301 and C\u030c"], times=1), tmp_path)
    assert found["text"].endswith("A file of affluent offices, été and Č")


def test_accents_that_were_drawn_over_their_letters_stand_on_them(tmp_path):
    page = "BT /F 11 Tf 40 250 Td [(a na\xa8) 600 (ive caf\xb4) 600 (e ^ \xa8x)] TJ ET"
    assert read(by_hand(page), tmp_path)["text"] == "a naïve café ^ ¨x"


def test_sideways_words_at_the_edge_follow_those_of_the_page(tmp_path):
    page = "BT /F 8 Tf 0 1 -1 0 20 50 Tm (printed sideways) Tj ET " + lines_at(40, 250, ["The words of the page."])
    assert read(by_hand(page), tmp_path)["text"] == "The words of the page.\nprinted sideways"


def test_what_is_longer_than_a_source_may_be_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text_module, "MAX_TEXT", 20)
    with pytest.raises(Refused) as refused:
        read(by_hand(lines_at(40, 250, ["Some words"]), pages=3), tmp_path)
    assert (refused.value.code, refused.value.params) == ("words-too-many", {"most": 20})


@pytest.mark.parametrize(
    "operators",
    [
        "",
        "BT /F 0 Tf 20 20 Td (no size at all) Tj ET",
        "BT /F 12 Tf 0 0 0 0 20 20 Tm (flat) Tj ET",
        "BT /F 12 Tf .7 .7 -.7 .7 100 50 Tm (askew words) Tj ET",
        "BT /F 1e9 Tf 20 20 Td (huge) Tj ET",
        "BT /Missing 12 Tf 20 20 Td (without a font) Tj ET",
        "BT /F 12 Tf -5000 -5000 Td (outside) Tj ET",
        "BT /F 12 Tf 20 20 Td (-) Tj 0 -14 Td (- -) Tj ET",
        "BT /F 12 Tf 20 20 Td (\x01\x02\x1f) Tj ET",
    ],
)
def test_odd_pages_have_some_text_and_do_no_harm(operators, tmp_path):
    found = read(by_hand(operators), tmp_path)
    assert found["pages"] == [[0, len(found["text"]), ""]]
    assert not any(unicodedata.category(letter) in ("Cc", "Co", "Cs") for letter in found["text"].replace("\n", ""))


def labelled(data):
    labels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r, St=4), 2, pikepdf.Dictionary(S=pikepdf.Name.D)])
    )
    return with_root_keys(data, PageLabels=labels)
