"""I: nothing is lost on the way, and nobody overwrites a colleague unseen. I1 and I2 stand with E, I4 with L."""

import pytest
from django.urls import reverse

from caseapp.cases.models import Statement
from tests.cases.making import make_document


@pytest.mark.parametrize("name", ["case_edit", "packet_edit", "statement_edit", "document_edit", "filing_edit"])
def test_i7_a_stale_save_is_answered_with_both_versions_and_changes_nothing(packet, lawyer, as_person, name):
    statement = Statement.objects.create(case=packet.case, position=1, text="I left in spring.")
    ids = {"case_edit": packet.case_id, "packet_edit": packet.pk, "filing_edit": packet.pk}
    ids |= {"statement_edit": statement.pk, "document_edit": make_document(packet.case).pk}
    url, client = reverse(name, args=[ids[name]]), as_person(lawyer)
    form = client.get(url).context["form"]
    seen = {field.name: field.value() for field in form if field.value() not in (None, False)}
    text = next(each for each in ("client_name", "title", "text", "preparer") if each in form.fields)
    assert client.post(url, seen | {text: "Saved first"}).status_code == 302
    late = client.post(url, seen | {text: "Typed meanwhile"})
    words = late.content.decode()
    assert (late.status_code, "Saved first" in words, "Typed meanwhile" in words) == (409, True, True)
    assert client.get(url).context["form"][text].value() == "Saved first"
