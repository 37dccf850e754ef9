"""The matrix of a case, the passages behind its numbers, and why a gap is none."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.coverage.counting import Gap
from caseapp.cases.models import Case, CaseThemeElement, CoverageNote, CoverageSnapshot, ThemeElement
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence, remove_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.sweeping import keep_coverage
from caseapp.library.models import Excerpt, Origin, Source, Theme
from tests.library.reporting import doubted
from tests.packets.making import add_article, mark

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    details = CaseDetails(reference="SV-2027-014", client_name="Consuelo Confidencial", country="SV", forum="eoir")
    return open_case(by=caseworker, details=details, team=[lawyer])


@pytest.fixture
def page_of(as_person, lawyer):
    def look(name: str, *args: object, **query: object):
        response = as_person(lawyer).get(reverse(name, args=args), query)
        assert response.status_code == 200
        return response

    return look


def approve(lawyer, caseworker, *excerpts: Excerpt) -> None:
    vetted = {"checked_at": NOW, "checked_by": caseworker, "approved_at": NOW, "approved_by": lawyer}
    Excerpt.objects.filter(pk__in=[excerpt.pk for excerpt in excerpts]).update(**vetted)


def rows(response) -> dict:
    return {row.element.key: row for row in response.context["coverage"].rows}


def test_themes_lead_passages_to_what_they_show(page_of, case, evidence, excerpts, lawyer, caseworker):
    approve(lawyer, caseworker, excerpts[0])
    Theme.objects.filter(slug="off-duty-killings").update(stale_after_months=12)
    found = rows(page_of("case_show", case.pk))
    harm, state = found["us-harm"], found["us-state"]
    assert (harm.proposed, harm.approved, harm.sources, harm.independent, harm.stale) == (1, 1, 1, 1, 1)
    assert (harm.newest, harm.kinds) == ("2019-03-04", (("news", 1),))
    assert (state.proposed, state.adverse, state.answered) == (0, 1, 0)
    assert found["us-nexus"].approved == 1


def test_how_old_is_asked_on_the_day_of_the_hearing(page_of, case, evidence, excerpts, lawyer, caseworker):
    approve(lawyer, caseworker, excerpts[0])
    Theme.objects.filter(slug="off-duty-killings").update(stale_after_months=12)
    Source.objects.update(published_on="2099-03-04")
    Case.objects.update(hearing_on=dt.date(2100, 3, 4))
    assert rows(page_of("case_show", case.pk))["us-harm"].stale == 0
    Case.objects.update(hearing_on=dt.date(2100, 3, 5))
    assert rows(page_of("case_show", case.pk))["us-harm"].stale == 1


@pytest.mark.parametrize("how", ["a look at it waits", "a newer version of its source"])
def test_what_is_old_beside_the_evidence_is_old_in_the_matrix(
    page_of, case, evidence, excerpts, lawyer, caseworker, how
):
    approve(lawyer, caseworker, excerpts[0])
    assert rows(page_of("case_show", case.pk))["us-harm"].stale == 0
    if how == "a look at it waits":
        excerpts[0].rechecks.create(capture=excerpts[0].capture, standing="lost", made_at=NOW)
    else:
        Source.objects.filter(pk=excerpts[0].capture.source_id).update(newest=2)
    listed = page_of("case_evidence", case.pk, mark="stale")
    assert excerpts[0].pk in {row.item.excerpt_id for group in listed.context["groups"] for row in group.rows}
    harm = rows(page_of("case_show", case.pk))["us-harm"]
    assert (harm.stale, Gap.ONLY_STALE in harm.gaps) == (1, True)


def test_a_passage_against_us_is_answered_by_each_case_for_itself(
    as_person, page_of, case, evidence, excerpts, lawyer, caseworker
):
    details = CaseDetails(reference="SV-2027-020", client_name="Somebody Else", country="SV", forum="eoir")
    other = open_case(by=lawyer, details=details)
    add_evidence(by=lawyer, case=other, excerpts=excerpts)
    Excerpt.objects.filter(pk=excerpts[2].pk).update(answer="A note in the library.")
    assert [rows(page_of("case_show", one.pk))["us-state"].answered for one in (case, other)] == [0, 0]
    cell = page_of("coverage_passages", case.pk, "us-state", show="unanswered").text
    answer_url = reverse("evidence_why", args=[case.pk, evidence[2].pk])
    assert f'<a href="{answer_url}">Write the answer' in cell
    form = page_of("evidence_why", case.pk, evidence[2].pk).text
    assert "A note in the library." in form
    sent = {"why": "He was on leave too.", "was": "He was on leave too.", "answer": "It tells\r\nof 2012."}
    assert as_person(lawyer).post(answer_url, sent).status_code == 302
    assert as_person(lawyer).post(answer_url, sent | {"answer": "Of 2013."}).status_code == 409
    evidence[2].refresh_from_db()
    assert evidence[2].answer == "It tells\nof 2012."
    assert Event.objects.of_case(case.pk).filter(action=Action.EVIDENCE_ANSWERED).count() == 1
    assert [rows(page_of("case_show", one.pk))["us-state"].answered for one in (case, other)] == [1, 0]
    assert "of 2012." not in page_of("excerpt_show", excerpts[2].pk).text


def test_sources_of_one_report_are_one_origin(page_of, case, lawyer, caseworker):
    origin = Origin.objects.create(name="Example Wire")
    texts = [mark(add_article(f"Article {n}", f"Killed, {n}."), "Killed", "off-duty-killings") for n in range(3)]
    Source.objects.filter(title__in=["Article 0", "Article 1"]).update(origin=origin)
    add_evidence(by=lawyer, case=case, excerpts=texts)
    approve(lawyer, caseworker, *texts)
    response = page_of("case_show", case.pk)
    assert "3 sources, 2 independent" in response.content.decode()
    assert rows(response)["us-harm"].gaps == ()


def test_statements_lead_before_themes_and_a_choice_before_both(as_person, page_of, case, evidence, lawyer):
    statement = add_statements(by=lawyer, case=case, statements=[StatementDetails("I fled.", element="us-fear")])[0]
    set_bearings(by=lawyer, statement=statement, bearings=[Bears(evidence[0], "contradicts", False)], version=1)
    found = rows(page_of("case_show", case.pk))
    assert (found["us-fear"].adverse, found["us-harm"].proposed) == (1, 1)
    url = reverse("evidence_elements", args=[case.pk, evidence[0].pk])
    response = as_person(lawyer).post(url, {"elements": ["us-relocation"], "was": ""})
    assert (response.status_code, response.url) == (
        302,
        f"{reverse('case_evidence', args=[case.pk])}#evidence-{evidence[0].pk}",
    )
    found = rows(page_of("case_show", case.pk))
    assert (found["us-relocation"].proposed, found["us-fear"].adverse) == (1, 0)
    assert Event.objects.of_case(case.pk).filter(action=Action.EVIDENCE_POINTED).count() == 1


def test_a_number_opens_the_passages_that_it_counts(page_of, case, evidence):
    body = page_of("case_show", case.pk).content.decode()
    url = reverse("coverage_passages", args=[case.pk, "us-harm"])
    assert f'<a href="{url}?show=proposed" data-cell>2<span' in body
    response = page_of("coverage_passages", case.pk, "us-harm", show="proposed")
    assert [item.excerpt.quote for item, _passage, _elements in response.context["items"]] == [
        "Two men came to his house.",
        "No patrol came until morning.",
    ]
    assert f"#excerpt-{evidence[0].excerpt_id}" in response.content.decode()
    assert page_of("coverage_passages", case.pk, "us-harm", show="approved").context["items"] == []
    assert len(page_of("coverage_passages", case.pk, "us-harm", show="<b>").context["items"]) == 2


def test_what_goes_to_nothing_is_listed_and_no_unknown_element_is(page_of, as_person, case, lawyer):
    add_evidence(by=lawyer, case=case, excerpts=[mark(add_article("Odd", "Something else."), "Something else.")])
    assert "1 passage goes to nothing yet" in page_of("case_show", case.pk).content.decode()
    assert len(page_of("coverage_passages", case.pk, "nothing").context["items"]) == 1
    for unknown in ("uk-risk", "moon"):
        for name in ("coverage_passages", "coverage_note"):
            assert as_person(lawyer).get(reverse(name, args=[case.pk, unknown])).status_code == 404


def test_a_lawyer_explains_a_gap(as_person, page_of, case, lawyer, caseworker):
    url = reverse("coverage_note", args=[case.pk, "us-credibility"])
    assert as_person(caseworker).post(url, {"words": "Not disputed."}).status_code == 403
    response = as_person(lawyer).post(url, {"words": "Shown by the declaration.\r\nTwice.", "was": ""})
    assert response.url == f"{case.get_absolute_url()}#element-us-credibility"
    note = CoverageNote.objects.get()
    assert (note.words, note.by) == ("Shown by the declaration.\nTwice.", lawyer)
    found = rows(page_of("case_show", case.pk))
    assert (found["us-credibility"].is_gap, found["us-credibility"].is_open) == (True, False)
    assert "Shown by the declaration." in page_of("case_show", case.pk).content.decode()
    event = Event.objects.of_case(case.pk).get(action=Action.GAP_EXPLAINED)
    assert (event.subject_label, event.detail) == ("SV-2027-014", {"element": "us-credibility"})


def test_whoever_works_on_the_case_is_led_from_a_gap_to_what_closes_it(
    as_person, case, evidence, excerpts, lawyer, caseworker
):
    client, add = as_person(caseworker), reverse("evidence_add", args=[case.pk])
    page = client.get(case.get_absolute_url()).content.decode()
    harm = page.split('id="element-us-harm"')[1].split("</th>")[0]
    assert f'href="{reverse("coverage_passages", args=[case.pk, "us-harm"])}"' in harm
    assert f'href="{add}"' in harm
    for item in case.evidence.filter(excerpt__in=excerpts[:2]):
        remove_evidence(by=caseworker, evidence=item)
    approve(lawyer, caseworker, excerpts[0])
    Source.objects.update(country="SV")
    page = client.get(case.get_absolute_url()).content.decode()
    harm = page.split('id="element-us-harm"')[1].split("</th>")[0]
    assert reverse("coverage_passages", args=[case.pk, "us-harm"]) not in harm
    assert f'href="{add}?element=us-harm"' in harm


def test_one_explanation_does_for_all_parts_of_a_group(as_person, page_of, case, lawyer):
    url = reverse("coverage_note", args=[case.pk, "us-group"])
    link = page_of("case_show", case.pk).content.decode().split(f'href="{url}"')[1].split("</a>")[0]
    assert "Explain the gaps of all its parts" in link
    as_person(lawyer).post(url, {"words": "Conceded by the other side.", "was": ""})
    found = rows(page_of("case_show", case.pk))
    parts = ("us-group", "us-group-immutable", "us-group-particular", "us-group-distinct")
    assert [found[key].is_open for key in parts] == [False] * 4


def test_an_explanation_is_never_overwritten_silently(as_person, case, lawyer):
    url, client = reverse("coverage_note", args=[case.pk, "us-fear"]), as_person(lawyer)
    client.post(url, {"words": "Not disputed.", "was": ""})
    response = client.post(url, {"words": "Shown by the declaration.", "was": ""})
    body = response.content.decode()
    assert response.status_code == 409
    assert "Not disputed." in body
    assert ">Shown by the declaration.</textarea>" in body
    assert '<input type="hidden" name="was" value="Not disputed.">' in body
    assert CoverageNote.objects.get().words == "Not disputed."
    assert client.post(url, {"words": "", "was": "Not disputed."}).status_code == 302
    assert CoverageNote.objects.count() == 0
    assert client.post(url, {"words": "x" * 501, "was": ""}).status_code == 422


def test_the_office_says_what_themes_go_to_show_and_lawyers_decide(as_person, caseworker, lawyer, case):
    theme = Theme.objects.get(slug="weapon-rules")
    url = f"{reverse('theme_elements')}?theme={theme.pk}"
    was = "ca-protection,uk-protection,us-state"
    assert (
        "State unable or unwilling to protect" in as_person(caseworker).get(reverse("theme_elements")).content.decode()
    )
    assert as_person(caseworker).post(url, {"elements": ["us-fear"], "was": was}).status_code == 403
    assert f'name="was" value="{was}"' in as_person(lawyer).get(url).content.decode()
    assert as_person(lawyer).post(url, {"elements": ["us-fear", "us-state"], "was": was}).status_code == 302
    assert set(ThemeElement.objects.filter(theme=theme).values_list("element", flat=True)) == {"us-fear", "us-state"}
    stale = as_person(lawyer).post(url, {"elements": ["us-harm"], "was": was})
    assert stale.status_code == 409
    assert stale.context["form"].seen == "us-fear,us-state"
    assert as_person(lawyer).post(url, {"elements": ["moon"], "was": was}).status_code == 422
    assert ThemeElement.objects.filter(theme=theme).count() == 2


def test_a_case_overrules_the_office_for_itself_alone(as_person, page_of, case, evidence, lawyer):
    theme = Theme.objects.get(slug="off-duty-killings")
    url = f"{reverse('case_elements', args=[case.pk])}?theme={theme.pk}"
    response = as_person(lawyer).post(url, {"elements": ["us-harm", "us-fear"], "was": "us-harm,us-nexus"})
    assert response.status_code == 302
    assert set(CaseThemeElement.objects.values_list("element", "is_on")) == {("us-fear", True), ("us-nexus", False)}
    found = rows(page_of("case_show", case.pk))
    assert (found["us-fear"].proposed, found["us-nexus"].proposed, found["us-harm"].proposed) == (2, 0, 2)
    assert "otherwise than the office" in page_of("case_elements", case.pk).content.decode()
    assert ThemeElement.objects.filter(theme=theme, element="us-nexus").exists()
    as_person(lawyer).post(url, {"elements": ["us-harm", "us-nexus"], "was": "us-fear,us-harm"})
    assert CaseThemeElement.objects.count() == 0


def test_the_library_offers_what_is_vetted_and_not_in_the_case(as_person, page_of, case, excerpts, lawyer, caseworker):
    Source.objects.update(country="SV")
    approve(lawyer, caseworker, *excerpts)
    add_evidence(by=lawyer, case=case, excerpts=excerpts[:1])
    response = page_of("case_show", case.pk)
    assert response.context["offers"]["us-harm"] == 1
    assert response.context["offers"]["us-state"] == 1
    found = page_of("evidence_add", case.pk, element="us-harm")
    assert [row.excerpt.quote for row in found.context["found"].rows] == ["No patrol came until morning."]
    assert "whose themes go to show" in found.content.decode()
    Source.objects.update(country="HN")
    assert page_of("case_show", case.pk).context["offers"]["us-harm"] == 0


def test_what_changed_since_a_week_ago_is_told(page_of, case, evidence, excerpts, lawyer, caseworker):
    first = page_of("case_show", case.pk)
    assert "There is nothing to compare with yet." in first.content.decode()
    today = timezone.localdate()
    for days in (6, 7, 30):
        CoverageSnapshot.objects.create(
            case=case,
            taken_on=today - dt.timedelta(days=days),
            gaps=["us-harm", "us-fear"],
            passages={excerpts[0].pk: "proposed", excerpts[1].pk: "approved", 999_999: "approved"},
        )
    approve(lawyer, caseworker, excerpts[0])
    story = page_of("case_show", case.pk).context["story"]
    assert story.since == today - dt.timedelta(days=7)
    assert (story.changes.added, story.changes.approved) == ((excerpts[2].pk,), (excerpts[0].pk,))
    assert (story.changes.lost_approval, story.changes.taken_out) == ((excerpts[1].pk,), 1)
    kept = CoverageSnapshot.objects.filter(case=case).values_list("taken_on", flat=True)
    # Looking keeps and throws away nothing.
    assert sorted((today - day).days for day in kept) == [6, 7, 30]


def test_who_comes_after_weeks_is_told_what_changed(page_of, case, evidence, excerpts, lawyer, caseworker):
    weeks_ago = timezone.localdate() - dt.timedelta(days=21)
    keep_coverage(weeks_ago)
    approve(lawyer, caseworker, excerpts[0])
    story = page_of("case_show", case.pk).context["story"]
    assert (story.since, story.changes.approved) == (weeks_ago, (excerpts[0].pk,))


@pytest.mark.parametrize("standing", ["closed", "held"])
def test_looking_at_a_case_that_is_closed_or_held_writes_and_removes_nothing(page_of, case, lawyer, standing):
    now = timezone.now()
    known = {"closed": {"closed_on": now}, "held": {"held_at": now, "held_by": lawyer, "hold_reason": "A reason."}}
    Case.objects.filter(pk=case.pk).update(**known[standing])
    days = [now.date() - dt.timedelta(days=days) for days in (30, 8)]
    CoverageSnapshot.objects.bulk_create(CoverageSnapshot(case=case, taken_on=day) for day in days)
    assert page_of("case_show", case.pk).context["story"].since == days[1]
    assert list(CoverageSnapshot.objects.values_list("taken_on", flat=True)) == days


def test_the_page_to_print_names_the_client_only_when_asked(page_of, case, evidence):
    without = page_of("coverage_summary", case.pk).content.decode()
    assert "Consuelo" not in without
    assert "Nothing goes to it yet" in without
    assert "Consuelo Confidencial" in page_of("coverage_summary", case.pk, client="yes").content.decode()


def test_a_case_of_any_size_takes_the_same_queries(page_of, as_person, case, lawyer, caseworker, count_queries):
    Source.objects.update(country="SV")
    client, url = as_person(lawyer), case.get_absolute_url()
    cell = reverse("coverage_passages", args=[case.pk, "us-harm"])
    counts = []
    for more in (3, 57):
        start = Excerpt.objects.count()
        found = [
            mark(add_article(f"Article {n}", f"Killed, {n}."), "Killed", "off-duty-killings")
            for n in range(start, start + more)
        ]
        add_evidence(by=lawyer, case=case, excerpts=found)
        approve(lawyer, caseworker, *found)
        client.get(url)
        counts.append((count_queries(client, url), count_queries(client, cell)))
    assert counts[0] == counts[1]
    assert case.evidence.count() == 60
    remove_evidence(by=lawyer, evidence=case.evidence.first())
    assert count_queries(client, url) == counts[0][0]


def test_origins_that_nobody_decided_about_are_said_beside_the_matrix(page_of, case, evidence):
    sources = [item.excerpt.capture.source for item in evidence]
    assert b"may be one report" not in page_of("case_show", case.pk).content
    link = doubted(*dict.fromkeys(sources))
    page = page_of("case_show", case.pk).content.decode()
    assert f'<a href="{link.get_absolute_url()}">2 of the sources may be one report: decide</a>' in page
