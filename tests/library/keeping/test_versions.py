"""Two people who capture one source again at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Method, Recheck
from tests.library.conftest import ARTICLE, NOW


@pytest.mark.django_db(transaction=True)
def test_each_gets_a_number_and_the_same_bytes_are_kept_once(add, quote):
    source = add()
    excerpt = quote(source.capture, "His rifle had stayed at the station")
    texts = [ARTICLE + "One.", ARTICLE + "Two.", ARTICLE + "Two.", ARTICLE + "Three."]
    start = Barrier(len(texts))

    def capture_again(text: str) -> str:
        start.wait(timeout=20)
        try:
            add_version(by=None, source=source, original=text.encode(), name="", method=Method.PASTED, now=NOW)
        except NothingNew:
            return "nothing new"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(len(texts)) as people:
        outcomes = list(people.map(capture_again, texts))
    source.refresh_from_db()
    kept = outcomes.count("kept")
    assert {outcomes[0], outcomes[3]} == {"kept"}
    assert kept in (3, 4)  # those with the same bytes may have had another between them
    assert list(source.captures.order_by("number").values_list("number", flat=True)) == list(range(1, kept + 2))
    assert source.newest == kept + 1
    row = Recheck.objects.get(excerpt=excerpt)
    assert row.capture == source.capture
