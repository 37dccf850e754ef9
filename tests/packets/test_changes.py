"""Two published manifests compared: what a lawyer is told, and that nothing is lost or told twice."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.changes import Changes, FiledPassage, Pair, changes
from caseapp.packets.labels import tab_label
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish

FORUM = {"key": "eoir", "name": "Immigration court", "tab_word": "Tab", "paper_width_mm": 215.9}
KILLED, LAW, REPORT = "Officers killed at home", "A law that was never passed", "Annual report"


def exhibit(title, *quotes, file=None, text=None, pages=2, look="plain"):
    """`quotes` are words, or words with the page of the exhibit where they stand."""
    places = [quote if isinstance(quote, tuple) else (quote, 1) for quote in quotes]
    return {
        "title": title,
        "sha256": file or f"file of {title}",
        "text_sha256": text or f"text of {title}",
        "quotes": places,
        "pages": pages,
        "look": look,
    }


def published(*exhibits, **fields):
    """As `pdf.packet` publishes: cover, index, then a tab sheet and the pages of each exhibit."""
    parts = [part("cover", "cover", 1, 1, fields.pop("cover", "cover")), part("index", "index", 1, 2, "index")]
    inputs, quotations, page = [], [], 3
    for number, one in enumerate(exhibits, start=1):
        tab = tab_label("letters", number)
        inputs.append(
            {"key": f"e{number}", "tab": tab} | {name: one[name] for name in ("title", "sha256", "text_sha256")}
        )
        parts.append(part(f"tab-e{number}", "tab", 1, page, f"{tab} {one['title']}"))
        parts.append(part(f"exhibit-e{number}", "exhibit", one["pages"], page + 1, f"{tab} {one}"))
        quotations += [{"tab": tab, "quote": words, "pages": [page + where]} for words, where in one["quotes"]]
        page += 1 + one["pages"]
    files = fields.pop("files", [json.dumps(parts)])
    return {
        "title": "Country conditions",
        "reference": "SV-2027-014",
        "forum": FORUM,
        "tools": [["weasyprint", "66.0"]],
        "inputs": inputs,
        "parts": parts,
        "quotations": quotations,
        "volumes": [{"sha256": file, "pages": page - 1 if not n else 0} for n, file in enumerate(files)],
    } | fields


def part(name, kind, pages, first_page, look):
    return {"name": name, "kind": kind, "pages": pages, "first_page": first_page, "sha256": look}


def told(found: Changes) -> dict:
    """The lists that are not empty, each row in a few words."""
    lists = {}
    for name in Changes.__dataclass_fields__:
        rows = getattr(found, name)
        if isinstance(rows, tuple) and rows and name != "tools":
            lists[name] = [said(row) for row in rows]
    return lists


def said(row) -> str:
    if not isinstance(row, Pair):
        return f"{row.pinpoint} {getattr(row, 'quote', '') or row.title}"
    words = getattr(row.after, "quote", "") or row.after.title
    return f"{row.before.pinpoint} → {row.after.pinpoint} {words}"


class TestExhibits:
    def test_one_more_at_the_end(self):
        found = changes(published(exhibit(KILLED)), published(exhibit(KILLED), exhibit(LAW, "It lapsed.")))
        assert told(found) == {
            "exhibits_added": [f"Tab B · pp. 7–8 {LAW}"],
            "passages_added": ["Tab B · p. 7 It lapsed."],
        }
        assert found.pages == Pair(5, 8)

    def test_one_taken_out_moves_those_behind_it(self):
        before = published(exhibit(KILLED, "Two died."), exhibit(LAW, "It lapsed."))
        assert told(changes(before, published(exhibit(LAW, "It lapsed.")))) == {
            "exhibits_removed": [f"Tab A · pp. 4–5 {KILLED}"],
            "exhibits_moved": [f"Tab B · pp. 7–8 → Tab A · pp. 4–5 {LAW}"],
            "passages_removed": ["Tab A · p. 4 Two died."],
            "passages_moved": ["Tab B · p. 7 → Tab A · p. 4 It lapsed."],
        }

    def test_another_order(self):
        before = published(exhibit(KILLED), exhibit(LAW, "It lapsed."), exhibit(REPORT))
        after = published(exhibit(REPORT), exhibit(LAW, "It lapsed."), exhibit(KILLED))
        assert told(changes(before, after)) == {
            "exhibits_moved": [
                f"Tab C · pp. 10–11 → Tab A · pp. 4–5 {REPORT}",
                f"Tab A · pp. 4–5 → Tab C · pp. 10–11 {KILLED}",
            ],
        }

    def test_a_longer_one_shifts_the_pages_behind_it(self):
        before = published(exhibit(KILLED), exhibit(LAW, "It lapsed."))
        after = published(exhibit(KILLED, text="more words", pages=4), exhibit(LAW, "It lapsed."))
        found = changes(before, after)
        assert told(found) == {
            "exhibits_changed": [f"Tab A · pp. 4–5 → Tab A · pp. 4–7 {KILLED}"],
            "exhibits_on_other_pages": [
                f"Tab A · pp. 4–5 → Tab A · pp. 4–7 {KILLED}",
                f"Tab B · pp. 7–8 → Tab B · pp. 9–10 {LAW}",
            ],
            "passages_moved": ["Tab B · p. 7 → Tab B · p. 9 It lapsed."],
        }

    @pytest.mark.parametrize(
        ("change", "how"),
        [
            ({"title": "Officers killed"}, {"is_retitled"}),
            ({"text": "trimmed"}, {"has_other_words"}),
            ({"file": "captured again"}, {"has_other_file"}),
            ({"file": "captured again", "text": "other words"}, {"has_other_file", "has_other_words"}),
            ({"title": "Officers killed", "text": "trimmed"}, {"is_retitled", "has_other_words"}),
            ({"look": "of another publisher"}, {"is_set_anew"}),
        ],
    )
    def test_the_same_source_with_something_else(self, change, how):
        names = {"file": f"file of {KILLED}", "text": f"text of {KILLED}"}
        found = changes(
            published(exhibit(KILLED), exhibit(LAW)),
            published(exhibit(**({"title": KILLED} | names | change)), exhibit(LAW)),
        )
        (changed,) = found.exhibits_changed
        asked = ("is_retitled", "has_other_words", "has_other_file", "is_set_anew")
        assert {name for name in asked if getattr(changed, name)} == how
        assert told(found).keys() == {"exhibits_changed"}

    def test_what_shares_neither_file_nor_words_nor_title_is_another_source(self):
        found = changes(published(exhibit(KILLED)), published(exhibit(LAW)))
        assert told(found).keys() == {"exhibits_added", "exhibits_removed"}

    def test_the_same_source_twice_with_different_titles_keeps_them_apart(self):
        twice = [exhibit(KILLED, file="one", text="one"), exhibit(LAW, file="one", text="one")]
        found = changes(published(*twice), published(*reversed(twice)))
        assert [(row.before.title, row.after.title) for row in found.exhibits_moved] == [(LAW, LAW), (KILLED, KILLED)]
        assert not found.exhibits_changed

    def test_of_the_same_source_twice_one_may_go(self):
        found = changes(published(exhibit(KILLED), exhibit(KILLED)), published(exhibit(KILLED)))
        assert told(found) == {"exhibits_removed": [f"Tab B · pp. 7–8 {KILLED}"]}

    def test_new_highlights_explain_why_its_pages_look_different(self):
        found = changes(published(exhibit(KILLED)), published(exhibit(KILLED, "Two died.")))
        assert told(found) == {"passages_added": ["Tab A · p. 4 Two died."]}


class TestPassages:
    def test_other_bounds_are_another_passage(self):
        found = changes(published(exhibit(KILLED, "Two died.")), published(exhibit(KILLED, "Two died. Nobody came.")))
        assert told(found) == {
            "passages_added": ["Tab A · p. 4 Two died. Nobody came."],
            "passages_removed": ["Tab A · p. 4 Two died."],
        }

    def test_equal_words_are_paired_in_their_order(self):
        before = published(exhibit(KILLED, ("Again.", 1), ("Again.", 3), pages=5))
        after = published(exhibit(KILLED, ("Again.", 1), ("Again.", 4), pages=5))
        assert told(changes(before, after)) == {"passages_moved": ["Tab A · p. 6 → Tab A · p. 7 Again."]}

    def test_the_same_words_of_another_exhibit_are_another_passage(self):
        found = changes(
            published(exhibit(KILLED, "Again."), exhibit(LAW)), published(exhibit(KILLED), exhibit(LAW, "Again."))
        )
        assert told(found) == {
            "passages_added": ["Tab B · p. 7 Again."],
            "passages_removed": ["Tab A · p. 4 Again."],
        }

    def test_a_new_title_keeps_its_passages(self):
        found = changes(
            published(exhibit(KILLED, "Two died.", file="one")), published(exhibit(LAW, "Two died.", file="one"))
        )
        assert told(found).keys() == {"exhibits_changed"}


class TestPacket:
    @pytest.mark.parametrize(
        ("fields", "name", "value"),
        [
            ({"title": "Second filing"}, "title", Pair("Country conditions", "Second filing")),
            ({"reference": "SV-1"}, "reference", Pair("SV-2027-014", "SV-1")),
            ({"forum": FORUM | {"name": "Other"}}, "forum", Pair("Immigration court", "Other")),
            ({"forum": FORUM | {"paper_width_mm": 210}}, "forum_profile", True),
            ({"files": ["one", "two"]}, "volumes", Pair(1, 2)),
            ({"files": ["other bytes"]}, "files", True),
            ({"cover": "another court"}, "cover", True),
        ],
    )
    def test_each_change_by_itself(self, fields, name, value):
        same = changes(published(exhibit(KILLED)), published(exhibit(KILLED)))
        found = changes(published(exhibit(KILLED)), published(exhibit(KILLED), **fields))
        assert same.is_empty
        assert not found.is_empty
        assert found == replace(same, **{name: value})

    def test_a_tool_in_another_version_a_new_one_and_one_that_went(self):
        found = changes(published(tools=[["a", "1"], ["b", "1"]]), published(tools=[["b", "2"], ["c", "1"]]))
        assert [(tool.name, tool.version) for tool in found.tools] == [
            ("a", Pair("1", "")),
            ("b", Pair("1", "2")),
            ("c", Pair("", "1")),
        ]

    def test_other_tools_explain_why_pages_look_different(self):
        found = changes(
            published(exhibit(KILLED)), published(exhibit(KILLED, look="new"), tools=[["a", "1"]], cover="x")
        )
        assert (found.exhibits_changed, found.cover) == ((), False)

    def test_an_index_that_nothing_else_explains(self):
        before, after = published(exhibit(KILLED, "Two died.")), published(exhibit(KILLED, "Two died."))
        after["parts"][1]["sha256"] = "another order"
        assert changes(before, after).index
        after["title"] = "Second filing"
        assert not changes(before, after).index

    def test_a_manifest_without_the_newer_fields_is_compared_by_what_it_says(self):
        before, after = published(exhibit(KILLED, "Two died.")), published(exhibit(KILLED, "Two died."))
        before["forum"] = {"key": "eoir", "name": "Immigration court"}
        for row in before["parts"]:
            del row["sha256"]
        assert changes(before, after).is_empty
        assert changes(after, before).is_empty

    def test_a_field_that_this_version_does_not_know_changes_nothing(self):
        after = published(exhibit(KILLED, "Two died."))
        after["inputs"][0]["of another version"] = after["of another version"] = 1
        assert changes(published(exhibit(KILLED, "Two died.")), after).is_empty


def made(manifest) -> dict:
    return json.loads(finish(manifest).published)


def test_packets_that_were_really_made():
    herald, report = samples.herald(), samples.report()
    before = made(samples.manifest(herald, report))
    after = made(samples.manifest(replace(report, label="A"), replace(herald, label="B", passages=herald.passages[:3])))
    found = changes(before, after)
    assert changes(before, before).is_empty
    assert [(row.before.label, row.after.label, row.after.title) for row in found.exhibits_moved] == [
        ("Tab B", "Tab A", report.title),
        ("Tab A", "Tab B", herald.title),
    ]
    assert [row.quote for row in found.passages_removed] == ["patrols now pass each officer’s street twice a night"]
    assert len(found.passages_moved) == 6
    assert (found.passages_added, found.cover, found.tools) == ((), False, ())


few = st.sampled_from(["one", "two", "three"])
exhibits = st.builds(
    lambda title, file, text, quotes, pages: exhibit(title, *quotes, file=file, text=text, pages=pages),
    few,
    few,
    few,
    st.lists(st.tuples(few, st.integers(1, 2)), max_size=4),
    st.integers(2, 3),
)
manifests = st.builds(
    lambda found, title, cover, version: published(*found, title=title, cover=cover, tools=[["tool", version]]),
    st.lists(exhibits, max_size=5),
    few,
    few,
    few,
)


@given(manifests)
def test_nothing_changes_against_itself(one):
    assert changes(one, one).is_empty


def mirrored(row):
    return replace(row, before=row.after, after=row.before) if isinstance(row, Pair) else row


@given(manifests, manifests)
def test_the_other_way_round_it_is_the_mirror_image(one, other):
    there, back = changes(one, other), changes(other, one)
    for kind in ("exhibits", "passages"):
        assert getattr(there, f"{kind}_added") == getattr(back, f"{kind}_removed")
        assert getattr(there, f"{kind}_removed") == getattr(back, f"{kind}_added")
    for name in ("exhibits_moved", "exhibits_changed", "exhibits_on_other_pages", "passages_moved"):
        assert sorted(map(repr, map(mirrored, getattr(there, name)))) == sorted(map(repr, getattr(back, name)))
    for name in ("title", "reference", "forum", "pages", "volumes"):
        assert mirrored(getattr(there, name)) == getattr(back, name)
    for name in ("forum_profile", "cover", "index", "files"):
        assert getattr(there, name) == getattr(back, name)
    assert [(tool.name, mirrored(tool.version)) for tool in there.tools] == [(t.name, t.version) for t in back.tools]


@given(manifests, manifests)
def test_what_went_and_what_came_make_up_the_difference(one, other):
    found = changes(one, other)
    counts = [
        ("inputs", found.exhibits_removed, found.exhibits_added),
        ("quotations", found.passages_removed, found.passages_added),
    ]
    for name, removed, added in counts:
        assert len(one[name]) - len(removed) + len(added) == len(other[name])
    before, after = citations(one), citations(other)
    for moved in found.passages_moved:
        before.remove(moved.before)
        after.remove(moved.after)
    for passage in found.passages_removed:
        before.remove(passage)
    for passage in found.passages_added:
        after.remove(passage)
    # What is neither listed as gone nor as moved is cited in the later packet as in the earlier.
    assert sorted(map(repr, before)) == sorted(map(repr, after))


def citations(one: dict) -> list[FiledPassage]:
    return [FiledPassage("Tab", row["tab"], row["quote"], tuple(map(str, row["pages"]))) for row in one["quotations"]]
