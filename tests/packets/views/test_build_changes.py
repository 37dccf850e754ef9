"""What changed since an earlier build, as the page of a build tells it."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from caseapp.cases.services.evidence import add_evidence, remove_evidence
from caseapp.packets import builder
from caseapp.packets.changes import changes
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibit, remove_exhibit
from tests.cases.making import lose
from tests.packets.making import add_article, mark
from tests.packets.test_changes import FORUM, exhibit, published

KILLED, LAW, REPORT = "Officers killed at home", "A law that was never passed", "Annual <report> on the police"


def built(packet, lawyer) -> Build:
    return builder.see_through(request_build(by=lawyer, packet=packet, now=timezone.now()).pk)


@pytest.fixture
def first(packet, lawyer, printed_once) -> Build:
    return built(packet, lawyer)


@pytest.fixture
def second(first, packet, lawyer) -> Build:
    """The first exhibit went, another one came with a passage, and one passage is no longer used."""
    remove_exhibit(by=lawyer, exhibit=packet.exhibits.first())
    source = add_article(REPORT, "Patrols came <late> or not at all.")
    add_evidence(by=lawyer, case=packet.case, excerpts=[mark(source, "Patrols came <late>")], why="")
    add_exhibit(by=lawyer, packet=packet, capture=source.capture)
    remove_evidence(by=lawyer, evidence=packet.case.evidence.order_by("position").first())
    return built(packet, lawyer)


def section(response) -> str:
    """The words of the section, one line each."""
    found = re.search(r'(?s)<div id="changes".*?(?=<div id="builds"|</main>)', response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip()


def page_of(build: Build) -> str:
    return reverse("build_show", args=[build.pk])


def test_the_first_build_says_so(first, lawyer, as_person):
    assert section(as_person(lawyer).get(page_of(first))).startswith("What changed This is the first build of this")


def test_exhibits_and_passages_with_their_pinpoints(second, caseworker, as_person):
    shown = section(as_person(caseworker).get(page_of(second)))
    assert shown.startswith("What changed since build 1 The packet has 6 pages, as before.")
    assert f"1 exhibit added Tab B · p. 6 {REPORT.replace('<', '&lt;').replace('>', '&gt;')}" in shown
    assert f"1 exhibit taken out Tab A · p. 4 {KILLED}" in shown
    assert f"1 exhibit with another tab before: Tab B · p. 6 → now: Tab A · p. 4 {LAW}" in shown
    assert "1 passage added Tab B · p. 6 “Patrols came &lt;late&gt;”" in shown
    assert "2 passages taken out Tab A · p. 4 “Čačak” Tab B · p. 6 “Weapons stay in the barracks.”" in shown
    assert "1 passage to cite differently before: Tab B · p. 6 → now: Tab A · p. 4 “The bill to protect" in shown


def test_nothing_changed(first, packet, lawyer, as_person):
    Build.objects.update(manifest_sha256="0" * 64)
    again = built(packet, lawyer)
    assert section(as_person(lawyer).get(page_of(again))) == (
        "What changed since build 1 Nothing changed: the files are the same, byte for byte."
    )


class TestInWords:
    """What a lawyer reads of two manifests, without a build behind them."""

    def words(self, before: dict, after: dict) -> str:
        shown = render_to_string("packets/build/_changes_found.html", {"changes": changes(before, after)})
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)).strip()

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            (
                {"title": "Second <filing>"},
                "The packet was called “Country conditions” and is now called “Second &lt;filing&gt;”.",
            ),
            ({"reference": "SV-1"}, "The reference was SV-2027-014 and is now SV-1."),
            (
                {"forum": FORUM | {"name": "General filing"}},
                "The forum was Immigration court and is now General filing.",
            ),
            (
                {"forum": FORUM | {"paper_width_mm": 210}},
                "What the program knows of the forum, its paper or its rules, was brought up to date.",
            ),
            ({"files": ["one", "two"]}, "It has 2 volumes now; it had 1."),
            ({"cover": "another court"}, "The cover page is not the same."),
            ({"tools": [["weasyprint", "67.0"]]}, "Made with weasyprint 67.0; before, with 66.0."),
            ({"tools": [["weasyprint", "66.0"], ["ocr", "1"]]}, "Made with ocr 1 too."),
            ({"tools": []}, "No longer made with weasyprint 66.0."),
            (
                {"files": ["other bytes"]},
                "Exhibits, passages and pages are the same, and yet the files are not: the program itself was brought "
                "up to date in between.",
            ),
        ],
    )
    def test_of_the_packet(self, fields, says):
        found = self.words(published(exhibit(KILLED)), published(exhibit(KILLED), **fields))
        assert found.replace("The packet has 5 pages, as before.", "").strip() == says

    def test_of_the_index(self):
        after = published(exhibit(KILLED))
        after["parts"][1]["sha256"] = "another order"
        assert self.words(published(exhibit(KILLED)), after) == (
            "The packet has 5 pages, as before. The index is not the same: themes, their names, or the order of the "
            "passages within them."
        )

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"title": "Officers <killed>"}, f"Officers &lt;killed&gt; It was called “{KILLED}”."),
            ({"text": "trimmed"}, "Its words are not the same: the article was trimmed differently."),
            ({"file": "again"}, "It was captured again: another original stands behind it."),
            (
                {"file": "again", "text": "new"},
                "It was captured again: another original stands behind it. Its words are not the same.",
            ),
            (
                {"look": "of another publisher"},
                "Its pages look different: details of the source, or themes of its passages, are not the same.",
            ),
        ],
    )
    def test_of_an_exhibit(self, change, says):
        names = {"title": KILLED, "file": f"file of {KILLED}", "text": f"text of {KILLED}"}
        found = self.words(published(exhibit(KILLED)), published(exhibit(**(names | change))))
        title = "" if "title" in change else f"{KILLED} "
        assert found == (
            f"The packet has 5 pages, as before. 1 exhibit that is not the same Tab A · pp. 4–5 {title}{says}"
        )

    def test_in_spanish(self):
        with translation.override("es"):
            found = self.words(
                published(exhibit(KILLED, "Two died."), exhibit(LAW)), published(exhibit(KILLED, ("Two died.", 2)))
            )
        assert found == (
            "El paquete tiene ahora 5 páginas; tenía 8. 1 anexo quitado Tab B · pp. 7–8 A law that was never passed "
            "1 pasaje que se cita de otro modo antes: Tab A · p. 4 → ahora: Tab A · p. 5 “Two died.”"
        )


def test_any_earlier_build_can_be_chosen(second, first, packet, lawyer, as_person):
    client = as_person(lawyer)
    assert "Compare with" not in section(client.get(page_of(second)))
    packet.title = "Second filing"
    packet.save()
    third = built(packet, lawyer)
    shown = client.get(page_of(third))
    assert section(shown).startswith("What changed since build 2 Compare with Build 2, ")
    assert '<option value="2" selected>' in shown.content.decode()
    assert "exhibit added" not in section(shown)
    shown = client.get(page_of(third), {"since": "1"})
    assert section(shown).startswith("What changed since build 1 Compare with Build 2, ")
    assert '<option value="1" selected>' in shown.content.decode()
    assert "1 exhibit added" in section(shown)
    assert "There is no finished build “9” before this one." in section(client.get(page_of(third), {"since": "9"}))


def test_a_file_that_is_gone_is_said_and_the_page_stands(second, first, lawyer, as_person):
    lose(files_of_build(first), first.published_sha256)
    response = as_person(lawyer).get(page_of(second))
    assert response.status_code == 200
    assert f"The stored file {first.published_sha256} is missing or was altered." in section(response)


def test_it_comes_with_the_end_of_a_build_that_was_watched(second, lawyer, as_person):
    response = as_person(lawyer).get(reverse("build_progress", args=[second.pk]))
    assert '<div id="changes" hx-swap-oob="true">' in response.content.decode()
    assert section(response).startswith("What changed since build 1")


def test_a_build_under_way_has_only_the_place_for_it(first, packet, lawyer, as_person):
    packet.title = "Second filing"
    packet.save()
    running = request_build(by=lawyer, packet=packet, now=timezone.now())
    assert section(as_person(lawyer).get(page_of(running))) == ""
    progress = as_person(lawyer).get(reverse("build_progress", args=[running.pk]))
    assert 'id="changes"' not in progress.content.decode()


def test_strangers_find_nothing(second, stranger, administrator, as_person):
    for person in (stranger, administrator):
        assert as_person(person).get(page_of(second), {"since": "1"}).status_code == 404


def test_more_changes_and_more_builds_ask_for_no_more_rows(second, packet, lawyer, as_person):
    client = as_person(lawyer)

    def queries(build: Build) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page_of(build))
        return len(asked)

    queries(second)
    few = queries(second)
    for number in range(8):
        source = add_article(f"Report {number}", f"Words of report {number}.")
        add_exhibit(by=lawyer, packet=packet, capture=source.capture)
    third = built(packet, lawyer)
    assert "8 exhibits added" in section(client.get(page_of(third)))
    assert queries(third) == few


def test_a_long_list_is_folded(second, packet, lawyer, as_person):
    for number in range(7):
        source = add_article(f"Report {number}", f"Words of report {number}.")
        add_exhibit(by=lawyer, packet=packet, capture=source.capture)
    client = as_person(lawyer)
    assert '<details class="changes-group" open>' in client.get(page_of(second)).content.decode()
    page = client.get(page_of(built(packet, lawyer))).content.decode()
    assert re.search(r'<details class="changes-group">\s*<summary>7 exhibits added</summary>', page)
