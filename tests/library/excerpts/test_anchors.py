"""Where a quote stands. The property tests hold for any text; the examples say what a caseworker would meet."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseapp.library.excerpts.anchors import (
    CONTEXT,
    MAX_PLACES,
    Ambiguous,
    Anchor,
    BlankQuote,
    Exact,
    Lost,
    Moved,
    NoSuchOccurrence,
    OutsideText,
    Place,
    find,
    make_anchor,
    occurrence_at,
    stand_alike,
    tidy,
)

# Few letters, so that quotes repeat; with all that folding treats specially.
texts = st.one_of(
    st.text(alphabet="ab \n", max_size=60),
    st.text(alphabet="aeéﬁfi \n\u00a0\u200b\u00ad“”\"'’-–—…. \u0301\u0316\u0344´x", max_size=40),
    st.text(max_size=40),
)


def _usable(text: str) -> bool:
    try:
        tidy(text, 0, len(text))
    except (BlankQuote, OutsideText):
        return False
    return True


@st.composite
def selections(draw):
    text = draw(texts.filter(_usable))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(_usable(text[start:end]))
    return text, start, end


def places_by_hand(text: str, quote: str) -> list[int]:
    return [start for start in range(len(text)) if text.startswith(quote, start)]


class TestTidy:
    def test_white_space_at_the_edges_is_left_out(self):
        assert tidy("one  two \n three", 3, 10) == Place(5, 8)

    def test_a_tidy_selection_stays(self):
        assert tidy("one two three", 4, 7) == Place(4, 7)

    def test_white_space_inside_stays(self):
        assert tidy(" one \n\n two ", 0, 12) == Place(1, 11)

    @pytest.mark.parametrize("text", [" ", "\n\n", "\u00a0\u3000", "\u200b", " \u00ad\ufeff"])
    def test_a_blank_selection_is_refused(self, text):
        with pytest.raises(BlankQuote, match=r"^There are no words in this selection\."):
            tidy(text, 0, len(text))

    @pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 8), (7, 7), (8, 9)])
    def test_a_selection_outside_the_text_is_refused(self, start, end):
        with pytest.raises(OutsideText) as refusal:
            tidy("one two", start, end)
        assert (refusal.value.start, refusal.value.end, refusal.value.length) == (start, end, 7)
        assert f"from {start} to {end} does not lie in this text of 7 characters" in str(refusal.value)


class TestMakeAnchor:
    def test_an_anchor_holds_the_words_around(self):
        text = "The law was never passed. " * 10
        anchor = make_anchor(text, 130, 155)
        assert anchor == Anchor(
            130, 155, "The law was never passed.", text[130 - CONTEXT : 130], text[155 : 155 + CONTEXT]
        )
        assert len(anchor.prefix) == len(anchor.suffix) == 64

    def test_context_ends_with_the_text(self):
        assert make_anchor("one two three", 4, 8) == Anchor(4, 7, "two", "one ", " three")

    def test_w3c_selectors(self):
        assert make_anchor("one two three", 4, 7).to_w3c() == (
            {"type": "TextQuoteSelector", "exact": "two", "prefix": "one ", "suffix": " three"},
            {"type": "TextPositionSelector", "start": 4, "end": 7},
        )

    def test_blank_selections_are_refused(self):
        with pytest.raises(BlankQuote):
            make_anchor("one  two", 3, 5)

    @given(selections())
    def test_what_was_made_is_found_where_it_was(self, selection):
        text, start, end = selection
        anchor = make_anchor(text, start, end)
        found = find(text, anchor.quote, anchor.prefix, anchor.suffix, start=anchor.start)
        assert found == Exact(anchor.start, anchor.end) == Exact(*tidy(text, start, end))

    @given(selections(), texts, st.data())
    def test_after_an_insertion_elsewhere_it_is_found_or_called_ambiguous(self, selection, inserted, data):
        text, start, end = selection
        anchor = make_anchor(text, start, end)
        at = data.draw(st.integers(0, len(text)).filter(lambda at: at <= anchor.start or at >= anchor.end))
        changed = text[:at] + inserted + text[at:]
        shift = len(inserted) if at <= anchor.start else 0
        found = find(changed, anchor.quote, anchor.prefix, anchor.suffix)
        if changed.count(anchor.quote) == 1 and len(places_by_hand(changed, anchor.quote)) == 1:
            assert found == Exact(anchor.start + shift, anchor.end + shift)
        else:
            assert isinstance(found, Exact | Ambiguous)

    @given(st.text(alphabet="ab ", min_size=1, max_size=30).filter(str.strip), st.text(alphabet="cd ", max_size=30))
    def test_an_insertion_far_away_only_shifts_it(self, quote, inserted):
        around = "x" * CONTEXT
        text = f"{around}{quote.strip()}{around}"
        anchor = make_anchor(text, CONTEXT, len(text) - CONTEXT)
        assert find(inserted + text, anchor.quote, anchor.prefix, anchor.suffix, start=anchor.start) == Exact(
            anchor.start + len(inserted), anchor.end + len(inserted)
        )


class TestExact:
    def test_unique(self):
        assert find("The law was never passed.", "never passed") == Exact(12, 24)

    def test_white_space_at_the_edges_of_a_quote_is_left_out(self):
        assert find("one two three", "\n two  ") == Exact(4, 7)

    def test_a_unique_quote_is_found_whatever_stood_around_it(self):
        assert find("one two three", "two", prefix="other ", suffix=" words", start=99) == Exact(4, 7)

    @pytest.mark.parametrize("quote", ["", "  ", "\n", "\u200b", "\u00a0\u00ad"])
    def test_a_blank_quote_is_refused(self, quote):
        with pytest.raises(BlankQuote):
            find("one two", quote)

    def test_an_exact_place_counts_more_than_equal_ones(self):
        assert find('“one” and "one" and «one»', '"one"') == Exact(10, 15)


REPEATED = "He said no. She said no. They said no."


class TestAmbiguous:
    def test_how_many_and_where(self):
        assert find(REPEATED, "said no.") == Ambiguous(3, (Place(3, 11), Place(16, 24), Place(30, 38)), exact=True)

    def test_the_occurrence_decides(self):
        assert [find(REPEATED, "said no.", occurrence=number) for number in (1, 2, 3)] == [
            Exact(3, 11),
            Exact(16, 24),
            Exact(30, 38),
        ]

    @pytest.mark.parametrize(("occurrence", "words"), [(4, "3 times"), (0, "3 times"), (-1, "3 times")])
    def test_an_occurrence_too_many_is_refused(self, occurrence, words):
        with pytest.raises(NoSuchOccurrence) as refusal:
            find(REPEATED, "said no.", occurrence=occurrence)
        assert (refusal.value.occurrence, refusal.value.count) == (occurrence, 3)
        assert str(refusal.value) == f"These words stand in the text {words}; there is no occurrence {occurrence}."

    def test_the_second_of_one_is_refused(self):
        with pytest.raises(NoSuchOccurrence, match="stand in the text once; there is no occurrence 2"):
            find(REPEATED, "She", occurrence=2)

    def test_a_lost_quote_has_no_occurrences_to_refuse(self):
        assert find(REPEATED, "perhaps", occurrence=2) == Lost()

    @pytest.mark.parametrize(
        ("prefix", "suffix", "place"),
        [("She ", "", (16, 24)), ("", " They", (16, 24)), ("He ", " She", (3, 11)), ("They ", "", (30, 38))],
    )
    def test_the_words_around_decide_where_only_one_place_has_them(self, prefix, suffix, place):
        assert find(REPEATED, "said no.", prefix, suffix) == Exact(*place)

    def test_white_space_at_the_edges_of_the_quote_is_part_of_what_stands_around(self):
        assert find(REPEATED, " said no. ", prefix="She", suffix="They") == Exact(16, 24)

    @pytest.mark.parametrize("prefix", [" ", "e ", "It ", "she "])
    def test_words_around_that_fit_several_places_or_none_decide_nothing(self, prefix):
        finding = find(REPEATED, "said no.", prefix)
        assert isinstance(finding, Ambiguous)
        assert finding.count == 3

    def test_the_stated_start_decides(self):
        assert find(REPEATED, "said no.", start=16) == Exact(16, 24)

    def test_the_stated_start_is_that_of_the_quote_as_given(self):
        assert find(REPEATED, " said no.", start=15) == Exact(16, 24)

    @pytest.mark.parametrize("start", [0, 15, 17, 999, -1])
    def test_a_start_where_the_quote_does_not_stand_decides_nothing(self, start):
        assert find(REPEATED, "said no.", start=start) == find(REPEATED, "said no.")

    def test_a_start_counts_only_among_the_places_with_the_words_around(self):
        assert find("a x, b x, b x.", "x", prefix="b ", start=12) == Exact(12, 13)
        assert find("a x, b x, b x.", "x", prefix="b ", start=2) == find("a x, b x, b x.", "x")

    def test_the_occurrence_counts_more_than_the_rest(self):
        assert find(REPEATED, "said no.", prefix="She ", start=30, occurrence=1) == Exact(3, 11)

    def test_places_may_overlap(self):
        assert find("aaaa", "aa") == Ambiguous(3, (Place(0, 2), Place(1, 3), Place(2, 4)), exact=True)

    def test_no_more_than_the_first_places_are_listed(self):
        finding = find("no " * 250, "no")
        assert isinstance(finding, Ambiguous)
        assert finding.count == 250
        assert finding.places == tuple(Place(start, start + 2) for start in range(0, 3 * MAX_PLACES, 3))

    @given(st.text(alphabet="ab", max_size=200), st.text(alphabet="ab", min_size=1, max_size=12))
    def test_every_place_is_counted(self, text, quote):
        starts = places_by_hand(text, quote)
        finding = find(text, quote)
        if not starts:
            assert finding == Lost()
        elif len(starts) == 1:
            assert finding == Exact(starts[0], starts[0] + len(quote))
        else:
            places = tuple(Place(start, start + len(quote)) for start in starts[:MAX_PLACES])
            assert finding == Ambiguous(len(starts), places, exact=True)

    @given(
        st.text(alphabet="ab", min_size=1, max_size=4),
        st.integers(2, 40),
        st.integers(1, 40),
        st.text("ab", max_size=9),
    )
    def test_every_place_is_counted_in_texts_that_repeat(self, unit, times, quoted, rest):
        text, quote = unit * times + rest + unit * times, unit * quoted
        starts = places_by_hand(text, quote)
        for number, start in enumerate(starts, 1):
            assert find(text, quote, occurrence=number) == Exact(start, start + len(quote))
        if starts:
            with pytest.raises(NoSuchOccurrence):
                find(text, quote, occurrence=len(starts) + 1)


class TestMoved:
    @pytest.mark.parametrize(
        ("text", "quote", "found"),
        [
            ("to take  their\n weapons home", "take their weapons", "take  their\n weapons"),
            ("48\u00a0million", "48 million", "48\u00a0million"),
            ("a “protection law” for police", 'a "protection law"', "a “protection law”"),
            ('a "protection law" for police', "«protection law»", '"protection law"'),
            ("We’re easy victims", "We're easy", "We’re easy"),
            ("police — a caravan", "police - a caravan", "police — a caravan"),
            ("police—a caravan", "police--a caravan", "police—a caravan"),
            ("police —- a caravan", "police -", "police —-"),
            ("no more …", "no more ...", "no more …"),
            ("Mira Díaz was", "Mira Di\u0301az", "Mira Díaz"),
            ("Mira Di\u0301az was", "Mira Díaz", "Mira Di\u0301az"),
            ("the oﬃcer ﬂed", "the officer fled", "the oﬃcer ﬂed"),
            ("the officer fled", "oﬃcer ﬂed", "officer fled"),
            ("neigh\u00adbour\u00adhoods", "neighbourhoods", "neigh\u00adbour\u00adhoods"),
            ("neighbourhoods", "neigh\u00adbour\u00adhoods", "neighbourhoods"),
            ("one \u200b two", "one two", "one \u200b two"),
            ("ẹ́", "e\u0301\u0323", "ẹ́"),
            ("१२ कि\u200dमी", "१२  कि\u200dमी", "१२ कि\u200dमी"),
            ("각하", "\u1100\u1161\u11a8하", "각하"),
        ],
    )
    def test_found_as_the_text_has_it(self, text, quote, found):
        start = text.index(found)
        assert find(text, quote) == Moved(start, start + len(found), found)

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Mira Díaz", "Mira Diaz"),
            ("Mira Diaz", "Mira Díaz"),
            ("cafés", "cafe"),
            ("cafe\u0301 x", "cafe  x"),
            ("The Law", "The  law"),
            ("neighbourhoods", "neighborhoods"),
            ("JesúsMorales", "Jesús Morales"),
            ("don’t", "dont"),
            ("a-b", "ab"),
            ("'one'", '"one"'),
            ("the oﬃcer", "the  off"),
            ("", "words"),
        ],
    )
    def test_what_differs_is_lost(self, text, quote):
        assert find(text, quote) == Lost()

    def test_equal_places_can_be_ambiguous(self):
        text = "“No,” he said. «No,» she said."
        assert find(text, '"No,"') == Ambiguous(2, (Place(0, 5), Place(15, 20)), exact=False)
        assert find(text, '"No,"', occurrence=2) == Moved(15, 20, "«No,»")
        assert find(text, '"No,"', suffix=" she") == Moved(15, 20, "«No,»")
        assert find(text, '"No,"', start=15) == Moved(15, 20, "«No,»")
        with pytest.raises(NoSuchOccurrence):
            find(text, '"No,"', occurrence=3)

    def test_the_words_around_are_compared_in_the_wider_sense_too(self):
        text = "It’s  “no” here. It’s\n“no” there."
        assert find(text, '"no"', prefix="It's ", suffix=" there") == Moved(22, 26, "“no”")

    @given(selections())
    def test_the_found_text_stands_at_the_found_place(self, selection):
        text, start, end = selection
        finding = find(text, unicodedata.normalize("NFKD", text[start:end]).replace(" ", " \n"))
        if isinstance(finding, Moved):
            assert finding.found_text == text[finding.start : finding.end]

    @given(st.text(alphabet="abé “”—\n-'.", min_size=1, max_size=40).filter(_usable))
    def test_a_whole_text_in_another_form_is_found_whole(self, text):
        start, end = tidy(text, 0, len(text))
        other = unicodedata.normalize("NFD", text).replace("“", '"').replace("”", '"').replace("—", "–")
        finding = find(text, other.replace(" ", "\u00a0"))
        assert isinstance(finding, Exact | Moved)
        assert (finding.start, finding.end) == (start, end)

    @given(texts, texts)
    def test_whatever_is_found_is_equal_to_the_quote(self, text, quote):
        """Folding both once more gives the same: nothing found holds other words."""
        assume(_usable(quote))
        finding = find(text, quote)
        if isinstance(finding, Moved):
            again = find(quote, finding.found_text)
            assert isinstance(again, Exact | Moved)
        if isinstance(finding, Exact):
            assert text[finding.start : finding.end] == quote.strip()

    @given(texts, texts)
    def test_listed_places_are_in_order_and_hold_the_quote(self, text, quote):
        assume(_usable(quote))
        finding = find(text, quote)
        if isinstance(finding, Ambiguous):
            assert finding.count >= 2
            assert all(one.start < other.start for one, other in pairwise(finding.places))
            for number, place in enumerate(finding.places, 1):
                numbered = find(text, quote, occurrence=number)
                assert isinstance(numbered, Exact if finding.exact else Moved)
                assert (numbered.start, numbered.end) == place


class TestAdversarialTexts:
    """Nothing is measured here; were one of these quadratic, it would not end within the hour."""

    SIZE = 300_000

    @pytest.mark.parametrize(
        ("text", "quote", "count"),
        [
            ("a" * SIZE, "a" * (SIZE // 2), SIZE // 2 + 1),
            ("ab" * SIZE, "ab" * 1_000, SIZE - 999),
            ("a" * SIZE + "b" + "a" * SIZE, "a" * 1_000, 2 * (SIZE - 999)),
            ("“" * SIZE, '"' * (SIZE // 2), SIZE // 2 + 1),
        ],
        ids=["a", "ab", "a with b", "quotes"],
    )
    def test_repeats(self, text, quote, count):
        finding = find(text, quote)
        assert isinstance(finding, Ambiguous)
        assert finding.count == count

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("a" * SIZE, "a" * (SIZE // 2) + "b"),
            ("a" * SIZE, "b" + "a" * (SIZE // 2)),
            ("— " * SIZE, "- " * 1_000 + "x"),
            (" \u200b" * SIZE, "x y"),
        ],
        ids=["end", "beginning", "dashes", "spaces"],
    )
    def test_near_misses(self, text, quote):
        assert find(text, quote) == Lost()

    def test_a_heap_of_marks(self):
        text = "x" + "\u0301\u0316" * self.SIZE
        quote = "x" + "\u0316" * self.SIZE + "\u0301" * self.SIZE
        assert find(text, quote) == Moved(0, len(text), text)


class TestOccurrenceAt:
    @given(selections())
    def test_finds_its_place_again(self, selection):
        text, start, end = selection
        anchor = make_anchor(text, start, end)
        which = occurrence_at(text, anchor.quote, anchor.start)
        assert find(text, anchor.quote, occurrence=which) == Exact(anchor.start, anchor.end)

    def test_overlapping_places_count_each(self):
        assert occurrence_at("aaaa", "aa", 2) == 3


class TestSurroundings:
    LONG = "The minister answered every question of the committee, one by one. "

    @pytest.mark.parametrize(
        ("prefix", "suffix", "before", "after", "alike"),
        [
            (LONG[-64:], LONG[:64], f"More. {LONG}", f"{LONG}More.", True),
            (LONG[-64:], LONG[:64], LONG.replace(" ", "\n"), LONG, True),
            (LONG[-64:], LONG[:64], f"{LONG}Nobody said that ", LONG, False),
            (LONG[-64:], LONG[:64], LONG, f"was wrong. {LONG}", False),
            ("", "", "", "", True),
            ("", "", "Correction: an earlier version said “", "” That was wrong.", False),
            ("First. ", " Last.", "First.\n\n", " Last.", True),
            ("First. ", " Last.", "Not so. First. ", " Last.", False),
        ],
    )
    def test_what_stands_around_a_quote_still(self, prefix, suffix, before, after, alike):
        assert stand_alike(prefix, suffix, before, after) is alike

    @given(selections())
    def test_what_was_made_stands_in_its_own_surroundings(self, selection):
        text, start, end = selection
        anchor = make_anchor(text, start, end)
        before, after = text[: anchor.start], text[anchor.end :]
        assert stand_alike(anchor.prefix, anchor.suffix, before, after)
