"""The screens of the client's statements."""

import re

import pytest
from django.urls import reverse

from caseapp.cases.models import Statement
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, change_statement, set_bearings
from caseapp.library.models import Source
from tests.cases.making import make_document

pytestmark = pytest.mark.usefixtures("files_read_once")

IN_PLACE = {"HX-Request": "true"}
DECLARATION = "1. Two men came to my house.\n\n2. No patrol came.\n\n3. I left in spring."


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def statement(case, caseworker) -> Statement:
    return add_statements(by=caseworker, case=case, statements=[StatementDetails("Two men came.", "¶ 1")])[0]


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def said(case) -> list[tuple[str, str]]:
    return list(case.statements.values_list("paragraph", "text"))


def test_a_pasted_declaration_is_offered_and_what_is_ticked_becomes_statements(client, case):
    url = reverse("statement_add", args=[case.pk])
    offered = client.post(url, {"text": DECLARATION})
    assert offered.status_code == 200
    assert words(offered).count('name="chosen"') == 3
    none = client.post(url, {"text": DECLARATION, "choosing": "yes"})
    assert none.status_code == 422
    assert "Tick at least one statement." in words(none)
    done = client.post(url, {"text": DECLARATION, "choosing": "yes", "chosen": ["2", "0", "x", "99"]})
    assert (done.status_code, done.url) == (302, reverse("case_statements", args=[case.pk]))
    assert said(case) == [("¶ 1", "Two men came to my house."), ("¶ 3", "I left in spring.")]


def test_the_words_of_a_document_are_taken_where_nothing_is_pasted(client, case):
    document = make_document(case, b"I left in spring.")
    url = reverse("statement_add", args=[case.pk])
    offered = client.post(url, {"document": document.pk, "text": ""})
    assert "I left in spring." in words(offered)
    client.post(url, {"document": document.pk, "text": "", "choosing": "yes", "chosen": "0"})
    assert [row.document for row in case.statements.all()] == [document]


def test_a_declaration_without_words_is_said(client, case, caseworker):
    url = reverse("statement_add", args=[case.pk])
    assert "Paste the declaration here, or choose a document above." in words(client.post(url, {"text": " "}))
    document = make_document(case, b"MZ", name="x.exe")
    response = client.post(url, {"document": document.pk})
    assert response.status_code == 422
    assert "has no words that can be read" in words(response)


def test_a_statement_is_edited_with_the_elements_of_its_forum(client, case, statement):
    case.forum = "eoir"
    case.save()
    url = reverse("statement_edit", args=[statement.pk])
    assert "Nexus: one central reason (INA § 208(b)(1)(B)(i))" in words(client.get(url))
    typed = {"text": "Two men\r\ncame.", "paragraph": "¶ 2", "element": "us-nexus", "version": "1"}
    assert client.post(url, typed).status_code == 302
    statement.refresh_from_db()
    assert (statement.text, statement.element, statement.version) == ("Two men\ncame.", "us-nexus", 2)
    assert client.post(url, typed | {"element": "nonsense", "version": "2"}).status_code == 422
    assert "Nexus: one central reason" in words(client.get(reverse("case_statements", args=[case.pk])))


def test_a_stale_edit_shows_both_versions(client, case, lawyer, statement):
    change_statement(by=lawyer, statement=statement, details=StatementDetails("Theirs."), version=1)
    response = client.post(reverse("statement_edit", args=[statement.pk]), {"text": "Mine.", "version": "1"})
    assert response.status_code == 409
    assert 'data-label="Saved by somebody else">Theirs.<' in words(response)


def test_what_bears_on_a_statement_is_chosen_and_what_cuts_against_it_stands_out(client, case, statement, evidence):
    document = make_document(case)
    url = reverse("statement_bearings", args=[statement.pk])
    assert words(client.get(url)).count("<select") == 4
    chosen = {
        f"passage-{evidence[0].pk}-relation": "supports:shown",
        f"passage-{evidence[2].pk}-relation": "contradicts:hidden",
        f"document-{document.pk}-relation": "context:shown",
        f"document-{document.pk}-pages": "2-3",
        "version": "1",
    }
    assert client.post(url, chosen).status_code == 302
    page = words(client.get(reverse("case_statements", args=[case.pk])))
    assert page.index("Cuts against it") < page.index("Supports it") < page.index("Gives context")
    assert "not printed under it" in page
    assert "p. 2-3" in page


def test_one_goes_from_statement_to_statement_with_what_bears_on_them(client, case, caseworker, statement):
    after = add_statements(by=caseworker, case=case, statements=[StatementDetails("No patrol came.", "¶ 2")])[0]
    url = reverse("statement_bearings", args=[statement.pk])
    assert client.post(url, {"version": "1", "then": "next"}).url == reverse("statement_bearings", args=[after.pk])
    last = client.post(reverse("statement_bearings", args=[after.pk]), {"version": "1", "then": "next"})
    assert last.url == f"{reverse('case_statements', args=[case.pk])}#statement-{after.pk}"


def test_the_only_declaration_is_chosen_and_leads_to_its_statements(client, case):
    declaration = make_document(case, b"1. I fled.", kind="declaration")
    url = reverse("statement_add", args=[case.pk])
    assert f'value="{declaration.pk}" selected' in words(client.get(url))
    assert f"{url}?document={declaration.pk}" in words(client.get(declaration.get_absolute_url()))


def test_only_a_lawyer_may_show_what_cuts_against_a_statement(as_person, client, lawyer, statement, evidence):
    url = reverse("statement_bearings", args=[statement.pk])
    show = {f"passage-{evidence[2].pk}-relation": "contradicts:shown", "version": "1"}
    assert "contradicts:shown" not in words(client.get(url))
    assert client.post(url, show).status_code == 422
    assert as_person(lawyer).post(url, show).status_code == 302
    # Who may not choose it keeps what a lawyer chose.
    assert "contradicts:shown" in words(client.get(url))
    assert client.post(url, show | {"version": "2"}).status_code == 302
    assert statement.bearings.get().is_shown


def test_bearings_that_somebody_else_changed_are_shown_beside_ones_own(client, lawyer, statement, evidence):
    set_bearings(by=lawyer, statement=statement, bearings=[Bears(evidence[0], "supports", True)], version=1)
    url = reverse("statement_bearings", args=[statement.pk])
    mine = {f"passage-{evidence[0].pk}-relation": "context:shown", "version": "1"}
    response = client.post(url, mine)
    assert response.status_code == 409
    assert "Saved: supports it" in words(response)
    assert client.post(url, mine | {"version": "2"}).status_code == 302
    assert statement.bearings.get().relation == "context"


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1"])
def test_a_version_that_is_none_saves_nothing(client, statement, evidence, version):
    url = reverse("statement_bearings", args=[statement.pk])
    data = {f"passage-{evidence[0].pk}-relation": "supports:shown", "version": version}
    assert client.post(url, data).status_code == 409


def test_an_official_report_against_a_statement_stands_first_and_in_the_tab(client, case, statement, evidence, lawyer):
    page = reverse("case_statements", args=[case.pk])
    against = Bears(evidence[2], "contradicts", False)
    set_bearings(by=lawyer, statement=statement, bearings=[against], version=1)
    assert "of an official report" not in words(client.get(page))
    Source.objects.update(kind="government")
    seen = words(client.get(page))
    assert "1 passage of an official report cuts against a statement" in seen
    assert '1<span class="visually-hidden"> passages of official reports cut against them' in seen
    assert "Write the answer" in seen
    answered = {f"passage-{evidence[2].pk}-relation": "contradicts:hidden", "version": "2"}
    answered[f"passage-{evidence[2].pk}-answer"] = "It tells\r\nof 2012."
    assert client.post(reverse("statement_bearings", args=[statement.pk]), answered).status_code == 302
    assert statement.bearings.get().answer == "It tells\nof 2012."
    assert "Write the answer" not in words(client.get(page))


def test_gaps_and_what_was_left_out_of_the_declaration_are_shown(client, case, statement):
    document = make_document(case, b"1. I left in spring. I hid.\n\n2. Nobody came.")
    url = reverse("statement_add", args=[case.pk])
    sent = {"document": document.pk, "each": "sentence", "choosing": "yes", "chosen": "0"}
    done = client.post(url, sent, follow=True)
    assert "1 statement added. 2 sentences of the declaration were left out." in words(done)
    page = words(client.get(reverse("case_statements", args=[case.pk])))
    assert "2 statements have nothing that supports them:" in page
    assert "2 sentences of “Declaration” are in no statement" in page
    assert f"{url}?document={document.pk}" in page
    offered = words(client.post(url, {"document": document.pk, "each": "sentence"}))
    assert (offered.count('name="chosen"'), offered.count("a statement already")) == (2, 1)
    assert "selected" in words(client.get(url, {"document": document.pk}))


def test_a_statement_is_divided_and_joined_again(client, case, statement, caseworker):
    change_statement(by=caseworker, statement=statement, details=StatementDetails("They came. I hid."), version=1)
    url = reverse("statement_divide", args=[statement.pk])
    assert "They came.\n\nI hid." in client.get(url).content.decode()
    stale = client.post(url, {"text": "They came.\r\n\r\nI hid.", "version": "1"})
    assert stale.status_code == 409
    assert "Saved by somebody else" in words(stale)
    assert client.post(url, {"text": "They came.\r\n\r\nI ran.", "version": "2"}).status_code == 422
    assert client.post(url, {"text": "They came.\r\n\r\nI hid.", "version": "2"}).status_code == 302
    first, second = case.statements.all()
    join = reverse("statement_join", args=[second.pk])
    assert client.get(join).status_code == 200
    both = {"version": second.version, "before": first.pk, "before_version": first.version}
    assert client.post(join, both | {"before_version": 1}).status_code == 409
    assert client.post(join, both).status_code == 302
    assert [row.text for row in case.statements.all()] == ["They came. I hid."]
    assert client.post(reverse("statement_join", args=[first.pk])).status_code == 422


def test_statements_are_sorted_and_removed(client, case, statement, caseworker):
    other = add_statements(by=caseworker, case=case, statements=[StatementDetails("He left.")])[0]
    url = reverse("statement_move", args=[case.pk])
    assert client.post(url, {"seen": [statement.pk, other.pk], "up": other.pk}).status_code == 302
    stale = client.post(url, {"seen": [statement.pk, other.pk], "up": other.pk}, headers=IN_PLACE)
    assert stale.status_code == 409
    assert [row.pk for row in case.statements.all()] == [other.pk, statement.pk]
    assert client.post(reverse("statement_remove", args=[other.pk])).status_code == 302
    assert [row.pk for row in case.statements.all()] == [statement.pk]


def test_the_screens_take_the_same_queries_for_any_length(client, case, statement, evidence, caseworker, count_queries):
    make_document(case)
    urls = [reverse("case_statements", args=[case.pk]), reverse("statement_bearings", args=[statement.pk])]
    set_bearings(by=caseworker, statement=statement, bearings=[Bears(evidence[0], "supports", True)], version=1)
    client.get(urls[0])
    short = [count_queries(client, url) for url in urls]
    for row in add_statements(by=caseworker, case=case, statements=[StatementDetails("x")] * 4):
        set_bearings(by=caseworker, statement=row, bearings=[Bears(evidence[1], "context", True)], version=1)
    make_document(case)
    assert [count_queries(client, url) for url in urls] == short
