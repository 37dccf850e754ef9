"""A packet's manifest: all of it, in order, and nothing that depends on ids or on the clock."""

import datetime as dt

import pytest
from django.utils.translation import override

from caseapp.cases.models import Case
from caseapp.forums import FORUMS, forum
from caseapp.library.models import Capture, Excerpt, Theme
from caseapp.library.services.sources import trim_article
from caseapp.packets.freezing import PassageOutsideArticle, QuoteAltered, cover_fields, freeze
from caseapp.packets.manifest import Manifest
from caseapp.packets.models import Packet
from caseapp.packets.pdf.tools import tool_versions
from caseapp.packets.services.packets import add_exhibit
from tests.library.reporting import doubted
from tests.packets.making import add_article, make_filing, mark

CLIENT = "Consuelo Confidencial"


def test_exhibits_stand_in_order_with_their_tabs(packet):
    manifest = freeze(packet)
    assert [(e.key, e.label, e.title) for e in manifest.exhibits] == [
        ("e1", "A", "Officers killed at home"),
        ("e2", "B", "A law that was never passed"),
    ]
    first, second = packet.exhibits.order_by("position")
    first.position, second.position = 2, 1
    first.save()
    second.save()
    assert [(e.key, e.label, e.title) for e in freeze(packet).exhibits] == [
        ("e1", "A", "A law that was never passed"),
        ("e2", "B", "Officers killed at home"),
    ]


def test_an_exhibit_says_where_it_comes_from(packet):
    capture = packet.exhibits.get(position=1).capture
    source = capture.source
    source.author, source.published_on, source.url = "R. Reporter", "2019-03", "https://example.org/a"
    source.language, source.country, source.accessed_on = "es", "SV", dt.date(2026, 11, 20)
    source.save()
    exhibit = freeze(packet).exhibits[0]
    assert (exhibit.publisher, exhibit.author, exhibit.published_on) == ("The Example Herald", "R. Reporter", "2019-03")
    assert (exhibit.url, exhibit.language, exhibit.country) == ("https://example.org/a", "es", "SV")
    assert (exhibit.kind, exhibit.method, exhibit.accessed_on) == ("news", "imported", "2026-11-20")
    assert (exhibit.sha256, exhibit.text) == (capture.original_sha256, capture.text)
    assert (exhibit.left_out_before, exhibit.left_out_after) == (0, 0)


def test_headings_are_counted_from_the_start_of_the_article(db):
    page = (
        "<h1>Site</h1><p>Home</p><h2>One</h2><p>First words.</p><h4>Two</h4><p>Second words.</p><h2>Three</h2><p>x</p>"
    )
    source = add_article("Headings", f"<html><body><main>{page}</main></body></html>", file="page.html")
    text = source.capture.text
    start, end = text.index("One"), text.index("Three")
    trim_article(by=None, capture=source.capture, start=start, end=end)
    case = Case.objects.create(reference="h", client_name="Confidential")
    packet = Packet.objects.create(case=case, title="Headings", forum="generic")
    add_exhibit(by=None, packet=packet, capture=source.capture)
    (exhibit,) = freeze(packet).exhibits
    found = [(exhibit.text[first:last], depth) for first, last, depth in exhibit.headings]
    assert found == [("One", 1), ("Two", 2)]


def test_what_nobody_filled_in_is_empty(packet):
    exhibit = freeze(packet).exhibits[0]
    assert (exhibit.author, exhibit.published_on, exhibit.url, exhibit.country, exhibit.accessed_on) == ("",) * 5


@pytest.mark.parametrize(
    ("captured_at", "day"),
    [
        (dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))), "2026-11-23"),
        (dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))), "2026-11-21"),
    ],
)
def test_the_day_of_capture_is_that_of_utc(packet, captured_at, day):
    Capture.objects.update(captured_at=captured_at)
    assert freeze(packet).exhibits[0].captured_on == day


def test_passages_stand_in_the_order_of_the_text_not_of_the_evidence(packet):
    gazette = freeze(packet).exhibits[1]
    assert [(p.key, p.quote, p.themes) for p in gazette.passages] == [
        ("e2-p1", "The bill to protect officers lapsed again.", ("unpassed-protection-law",)),
        ("e2-p2", "Weapons stay in the barracks.", ("weapon-rules",)),
    ]


def test_what_is_not_to_be_quoted_is_nowhere_in_it(packet):
    first, *others = packet.case.evidence.order_by("position")
    packet.case.evidence.filter(pk=first.pk).update(is_quoted=False)
    ranks = {passage.rank for exhibit in freeze(packet).exhibits for passage in exhibit.passages}
    assert ranks == set(range(2, len(others) + 2))


def test_each_passage_has_its_rank_in_the_order_of_the_evidence(packet):
    order = list(packet.case.evidence.order_by("position").values_list("excerpt__quote", flat=True))
    ranked = {passage.rank: passage.quote for exhibit in freeze(packet).exhibits for passage in exhibit.passages}
    assert [ranked[rank] for rank in sorted(ranked)] == order


@pytest.mark.parametrize(
    ("title", "reference", "document_title"),
    [
        ("Country conditions", "SV-1", "Country conditions — SV-1"),
        ("Evidence of CONSUELO", "SV-1", "Exhibit packet — SV-1"),
        ("Evidence", "2027-consuelo", "Evidence"),
    ],
)
def test_the_file_does_not_name_the_client_even_where_its_title_does(packet, title, reference, document_title):
    Case.objects.update(client_name="Consuelo Confidencial", reference=reference)
    Packet.objects.update(title=title)
    frozen = freeze(Packet.objects.select_related("case").get())
    assert frozen.document_title == document_title
    assert frozen.cover.title == title


def test_what_is_for_the_office_stays_in_the_office(packet):
    Excerpt.objects.update(note="Weak, but all we have.", is_adverse=True)
    frozen = freeze(packet).to_json()
    assert "Shows that the state does not protect." not in frozen
    assert "Weak, but all we have." not in frozen
    assert "adverse" not in frozen


def test_an_excerpt_that_is_not_evidence_of_the_case_stays_out(packet):
    capture = packet.exhibits.get(position=1).capture
    mark(capture.source, "officers", "weapon-rules")
    assert [p.quote for p in freeze(packet).exhibits[0].passages] == ["Čačak"]


def test_evidence_on_a_source_that_is_no_exhibit_stays_out(packet):
    packet.exhibits.filter(position=2).delete()
    manifest = freeze(packet)
    assert [p.quote for e in manifest.exhibits for p in e.passages] == ["Čačak"]
    assert [theme.slug for theme in manifest.themes] == ["off-duty-killings"]


class TestTrimmed:
    @pytest.fixture
    def herald(self, packet) -> Capture:
        return packet.exhibits.get(position=1).capture

    def test_offsets_are_those_of_the_article(self, packet, herald):
        trim_article(by=None, capture=herald, start=7, end=len(herald.text) - 2)
        exhibit = freeze(packet).exhibits[0]
        (passage,) = exhibit.passages
        assert exhibit.text[passage.start : passage.end] == passage.quote == "Čačak"
        assert (passage.start, exhibit.left_out_before, exhibit.left_out_after) == (0, 7, 2)
        assert exhibit.text == herald.text[7:-2]

    @pytest.mark.parametrize(("start", "end"), [(8, None), (0, 10), (13, None)])
    def test_a_passage_that_was_cut_away_is_named(self, packet, herald, start, end):
        Capture.objects.filter(pk=herald.pk).update(article_start=start, article_end=end or len(herald.text))
        with pytest.raises(PassageOutsideArticle, match="Tab A, “Officers killed at home”"):
            freeze(packet)


@pytest.mark.parametrize("change", [{"quote": "Cacak"}, {"start": 6}, {"end": 11}])
def test_words_that_moved_are_never_frozen(packet, change):
    Excerpt.objects.filter(quote="Čačak").update(**change)
    with pytest.raises(QuoteAltered, match="Tab A, “Officers killed at home”"):
        freeze(packet)


class TestThemes:
    def test_only_used_ones_in_the_order_of_the_tree(self, packet):
        Theme.objects.filter(slug="weapon-rules").update(position=1)
        Theme.objects.filter(slug="off-duty-killings").update(position=3)
        Theme.objects.filter(slug="unpassed-protection-law").update(position=2)
        Theme.objects.create(slug="unused", name="Unused", position=0)
        manifest = freeze(packet)
        assert [(t.slug, t.depth) for t in manifest.themes] == [
            ("weapon-rules", 0),
            ("unpassed-protection-law", 0),
            ("off-duty-killings", 0),
        ]
        theme = Theme.objects.get(slug="weapon-rules")
        assert (manifest.themes[0].name, manifest.themes[0].definition, manifest.themes[0].colour) == (
            theme.name,
            theme.definition,
            theme.colour,
        )

    def test_children_follow_their_parent_before_its_next_sibling(self, packet):
        parent = Theme.objects.get(slug="unpassed-protection-law")
        Theme.objects.filter(pk=parent.pk).update(position=1)
        Theme.objects.filter(slug="weapon-rules").update(parent=parent, position=9)
        Theme.objects.filter(slug="off-duty-killings").update(position=2)
        assert [(t.slug, t.depth) for t in freeze(packet).themes] == [
            ("unpassed-protection-law", 0),
            ("weapon-rules", 1),
            ("off-duty-killings", 0),
        ]

    def test_depth_skips_a_parent_that_is_not_used(self, packet):
        unused = Theme.objects.create(slug="violence", name="Violence", position=0)
        Theme.objects.filter(slug="weapon-rules").update(parent=unused)
        themes = freeze(packet).themes
        assert (themes[0].slug, themes[0].depth) == ("weapon-rules", 0)

    def test_a_passage_names_its_themes_by_their_short_names(self, packet):
        excerpt = Excerpt.objects.get(quote="Čačak")
        excerpt.themes.add(Theme.objects.get(slug="weapon-rules"))
        assert freeze(packet).exhibits[0].passages[0].themes == ("off-duty-killings", "weapon-rules")


class TestCover:
    def test_the_client_stands_there_and_nowhere_else(self, packet):
        manifest = freeze(packet)
        assert ("In the matter of", CLIENT) in manifest.cover.fields
        plain = manifest.to_dict()
        del plain["cover"]
        assert CLIENT not in str(plain)

    @pytest.mark.parametrize("key", FORUMS)
    def test_a_full_case_fills_the_cover_of_every_forum(self, packet, key):
        case = packet.case
        case.hearing_on, case.file_number, case.judge = dt.date(2027, 3, 5), "A 000 000 001", "J. Judge"
        case.court, case.filer = "Somewhere", "L. Lawyer"
        filled = dict(cover_fields(case, forum(key)))
        assert set(forum(key).required_cover_fields) <= set(filled)
        assert set(forum(key).cover_fields) - set(filled) <= {"Proceeding", "Date"}
        slots = {forum(key).slot(label): value for label, value in filled.items()}
        assert (slots["matter"], slots["number"], slots["top-left"]) == (CLIENT, "A 000 000 001", "L. Lawyer")

    def test_a_hearing_is_dated_as_the_forum_writes_dates(self, packet):
        packet.case.hearing_on = dt.date(2027, 3, 5)
        assert dict(cover_fields(packet.case, forum("uk_ftt")))["Hearing"] == "5 March 2027"
        assert dict(cover_fields(packet.case, forum("uscis")))["Interview"] == "March 5, 2027"

    def test_the_forum_chooses_the_fields_and_their_order(self, packet):
        case = packet.case
        case.hearing_on, case.file_number, case.judge = dt.date(2027, 3, 5), "A 000 000 001", "J. Judge"
        case.is_detained, case.filer = True, "L. Lawyer\n1 Street"
        assert cover_fields(case, forum("eoir")) == (
            ("Filed by", "L. Lawyer\n1 Street"),
            ("Detention status", "Detained"),
            ("Court", "A court"),
            ("Respondent", CLIENT),
            ("A-number", "A 000 000 001"),
            ("Immigration judge", "J. Judge"),
            ("Next hearing", "March 5, 2027"),
        )
        assert cover_fields(case, forum("generic")) == (
            ("Submitted by", "L. Lawyer\n1 Street"),
            ("Submitted to", "A court"),
            ("In the matter of", CLIENT),
            ("File number", "A 000 000 001"),
        )

    def test_it_does_not_change_with_the_language_of_whoever_builds(self, packet):
        packet.case.hearing_on = dt.date(2027, 3, 5)
        packet.forum = "eoir"
        english = freeze(packet).to_json()
        with override("es"):
            assert freeze(packet).to_json() == english


def test_the_same_case_made_anew_freezes_into_the_same_manifest(packet):
    """Ids differ: nothing of them, nor of the clock, may stand in a manifest."""
    add_article("Something else first", "Other words.")
    again = make_filing(reference="ANOTHER")
    again.case.reference = packet.case.reference
    assert again.pk != packet.pk
    assert freeze(again).to_json() == freeze(packet).to_json()


def test_an_exhibit_names_those_before_it_that_it_may_be_one_report_with(packet):
    doubted(*(exhibit.capture.source for exhibit in packet.exhibits.all()))
    manifest = freeze(packet)
    first, second = manifest.exhibits
    assert (first.perhaps_one, second.perhaps_one) == ((), (first.key,))
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_a_manifest_survives_its_row(packet):
    manifest = freeze(packet)
    assert manifest.tools == tool_versions()
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_the_number_of_queries_does_not_grow_with_the_packet(packet, django_assert_num_queries):
    with django_assert_num_queries(7):
        freeze(type(packet).objects.select_related("case").get(pk=packet.pk))
