"""What an index says, in every style."""

from dataclasses import replace

import pytest

from caseapp.forums import FORUMS
from caseapp.library.citing import plain_words
from caseapp.packets.indexing import build_index, section_rows
from caseapp.packets.indexing.arranging import theme_numerals
from caseapp.packets.models import IndexStyle
from tests.packets.indexing import evidence
from tests.packets.pdf import samples

ALL_PASSAGES = {"x1", "x2", "x3", "x4", "y1", "y2", "y3", "z1", "z2", "g1"}


def index(style="theme", forum_key="eoir", **changes):
    return build_index(evidence.manifest(style, forum_key, **changes), evidence.LAYOUT)


def outline(made):
    """Heading, then for each group its small heading and what stands there, by key."""
    return [
        (
            section.heading,
            [
                (group.heading, group.source.key if group.source else "", [entry.key for entry in group.entries])
                for group in section.groups
            ],
        )
        for section in made.sections
    ]


def entry(made, key):
    return next(
        each
        for section in made.sections
        for group in section.groups
        for each in (*group.entries, *((group.source,) if group.source else ()))
        if each.key == key
    )


def test_a_quotation_says_where_its_sentence_was_cut():
    made = index()
    whole, cut = entry(made, "x1"), entry(made, "g1")
    assert whole.quoted == f"“{whole.quote}”"
    assert cut.quoted == "“[…]\u00a0nobody has been hurt since.”"


def test_by_theme_passages_stand_under_each_of_their_themes_in_the_order_of_the_evidence():
    assert outline(index()) == [
        ("I. Officers are killed when off duty", [("", "", ["x1", "y3", "x2", "x4", "z1"])]),
        ("II. Officers may not take their weapons home", [("", "", ["y1", "x2", "g1"])]),
        ("II.1. A protection law was never passed", [("", "", ["x3", "z2"])]),
        ("Further passages", [("", "", ["y2"])]),
    ]


def test_by_kind_a_clients_papers_come_first_and_every_exhibit_is_named():
    assert outline(index("kind")) == [
        ("I. Personal documents", [("", "e5", []), ("", "e6", [])]),
        ("II. Government publications", [("", "e4", ["g1"])]),
        ("III. Reports of non-governmental organizations", [("", "e3", ["z1", "z2"])]),
        ("IV. News reports", [("", "e1", ["x1", "x2", "x3", "x4"]), ("", "e2", ["y1", "y2", "y3"])]),
    ]


def test_by_date_the_newest_come_first_and_the_undated_last():
    assert outline(index("date")) == [
        ("I. 2026", [("", "e5", [])]),
        ("II. 2020", [("", "e3", ["z1", "z2"]), ("", "e4", ["g1"]), ("", "e2", ["y1", "y2", "y3"])]),
        ("III. 2019", [("", "e1", ["x1", "x2", "x3", "x4"])]),
        ("IV. No date stated", [("", "e6", [])]),
    ]


def test_by_statement_support_stands_before_what_cuts_against_it_and_nothing_is_lost():
    assert outline(index("statement")) == [
        (
            "1. Two colleagues were shot on their own doorsteps, off duty.",
            [
                ("Supported by", "", ["x1", "y3", "e6"]),
                ("Cutting against it", "", ["g1"]),
                ("Context", "", ["y1"]),
            ],
        ),
        ("2. We handed in our pistols.", [("Supported by", "", ["x2"]), ("Context", "", ["e5"])]),
        ("Further passages", [("", "", ["y2", "x3", "x4", "z1", "z2"])]),
    ]
    first, *_ = index("statement").sections
    assert (first.detail, first.is_sentence) == ("Declaration, ¶ 12 · goes to harm; nexus", True)
    assert [group.count for group in first.groups] == [
        "2 passages · 3 items · 2 independent origins",
        "1 passage · 1 source",
        "1 passage · 1 source",
    ]


@pytest.mark.parametrize("style", IndexStyle.values)
@pytest.mark.parametrize("forum_key", FORUMS)
def test_every_style_names_every_passage_and_tells_the_same_in_the_published_rows(style, forum_key):
    made = index(style, forum_key)
    entries = [each for section in made.sections for group in section.groups for each in group.entries]
    assert {each.key for each in entries if each.to == "passage"} == ALL_PASSAGES
    anchors = [each.anchor for each in entries]
    assert len(anchors) == len(set(anchors))
    rows = section_rows(made.sections)
    assert [(row["numeral"], row["name"], row["depth"]) for row in rows] == [
        (section.numeral, section.name, section.depth) for section in made.sections
    ]
    assert [key for row in rows for key in row["quotations"]] == [each.key for each in entries if each.to == "passage"]
    assert [row.tab for row in made.rows] == [each.label for each in evidence.manifest(forum_key=forum_key).exhibits]


def test_an_entry_says_what_it_shows_where_it_stands_and_whose_words_they_are():
    made = index()
    shown = entry(made, "x1")
    assert (shown.proposition, shown.pinpoint, shown.target) == (
        "Officers are hunted at home",
        "Tab A · p. 14",
        "packet:passage/x1",
    )
    assert plain_words(shown.citation) == "Ana Muster, Two Shot at Home, The Sample Herald (Mar. 4, 2019)"
    assert [run.text for run in shown.citation if run.is_italic] == ["Two Shot at Home"]


def test_a_foreign_passage_stands_in_both_languages_or_says_that_it_does_not():
    translated, alone = entry(index(), "z1"), entry(index(), "z2")
    assert translated.quote.startswith("La policía registró")
    assert translated.translation.startswith("The police registered")
    assert (translated.translated_from, translated.notes) == ("Spanish", ())
    assert (alone.translation, alone.notes) == ("", ("in Spanish",))
    assert entry(index(forum_key="uk_ftt"), "y1").notes == ("in Arabic", f"same origin as Item 1: {evidence.FIGURES}")


def test_origins_are_counted_and_named():
    first, weapons, unpassed, further = index().sections
    assert first.count == "5 passages · 3 sources · 2 independent origins"
    assert weapons.count == "3 passages · 3 sources · 2 independent origins"
    assert unpassed.count == "2 passages · 2 sources · 2 independent origins"
    assert further.count == "1 passage · 1 source"
    assert entry(index(), "y3").notes[-1] == f"same origin as Tab A: {evidence.FIGURES}"
    assert entry(index(), "x1").notes == ()


def test_independence_is_not_claimed_where_nobody_looked():
    plain = tuple(replace(exhibit, origin="") for exhibit in evidence.manifest().exhibits)
    counts = [section.count for section in index(exhibits=plain).sections]
    assert counts[0] == "5 passages · 3 sources"
    assert not any("origin" in count for count in counts)


def test_a_clients_paper_that_bears_on_a_statement_says_which_pages_are_meant():
    made = index("statement")
    medical, declaration = entry(made, "e6"), entry(made, "e5")
    assert (medical.target, medical.pinpoint) == ("packet:exhibit/e6", "Tab F · p. 49")
    assert plain_words(medical.citation) == "Medical report, by Dr. B. Example"
    assert medical.notes == ("pages 2-3 of the document",)
    assert (declaration.notes, declaration.pinpoint) == (("page 4 of the document",), "Tab E · pp. 43–47")


def test_what_cuts_against_a_statement_says_how_the_case_meets_it():
    told = [each for section in index("statement").sections for group in section.groups for each in group.entries]
    answered = {each.key: each.notes[-1] for each in told if each.notes and each.notes[-1].startswith("Answer: ")}
    assert answered == {"g1": "Answer: The report counts officers on duty. No other."}
    assert not any(note.startswith("Answer") for note in entry(index("theme"), "g1").notes)


def test_the_list_of_exhibits_cites_in_full_with_the_places_where_a_source_is_kept():
    rows = {row.key: row for row in index().rows}
    assert plain_words(rows["e3"].citation) == (
        "Comisión Nacional, Informe anual sobre la policía (May 2020), https://comision.example/informe "
        "[https://archive.example/informe]"
    )
    assert (rows["e3"].kind, rows["e3"].published, rows["e3"].pages) == ("NGO", "May 2020", "26–28")
    assert rows["e3"].notes == ("in Spanish",)
    assert (rows["e5"].kind, plain_words(rows["e5"].citation)) == (
        "Declaration",
        "",
    )
    assert (rows["e6"].published, rows["e6"].pages) == ("not stated", "49")
    assert rows["e2"].notes == ("in Arabic", f"same origin as Tab A: {evidence.FIGURES}")


def test_a_citation_that_a_person_typed_is_printed_as_typed():
    first, *others = evidence.manifest().exhibits
    made = index(exhibits=(replace(first, citation="Muster, *At Home*, 3 Her. 1."), *others))
    assert plain_words(entry(made, "x1").citation) == "Muster, At Home, 3 Her. 1."
    assert plain_words(made.rows[0].citation) == "Muster, At Home, 3 Her. 1."


def test_themes_are_numbered_by_their_depth_even_without_their_parents():
    def numerals(*depths):
        themes = [samples.Theme(f"t{n}", "", "", "#000000", depth) for n, depth in enumerate(depths)]
        return list(theme_numerals(themes).values())

    assert numerals(0, 1, 1, 2, 0, 1) == ["I", "I.1", "I.2", "I.2.1", "II", "II.1"]
    assert numerals(1, 2, 0) == ["I", "I.1", "II"]


def test_a_theme_says_beside_its_name_what_it_goes_to_show():
    first, *others = evidence.manifest().themes
    themes = (replace(first, elements=("harm rising to persecution", "nexus")), *others)
    made = index(themes=themes)
    assert made.sections[0].detail == "Elements: harm rising to persecution; nexus"
    assert {section.detail for section in made.sections[1:]} == {""}
    assert section_rows(made.sections)[0]["detail"] == "Elements: harm rising to persecution; nexus"


def test_what_nobody_has_decided_is_not_counted_as_independent():
    first, *rest = evidence.manifest().exhibits
    doubted = tuple(each if each.origin else replace(each, perhaps_one=(first.key,)) for each in rest)
    assert index(exhibits=(first, *doubted)).sections[0].count == "5 passages · 3 sources · 1 independent origin"
