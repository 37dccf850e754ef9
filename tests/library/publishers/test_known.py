"""Which names are publishers of the library."""

from caseapp.library.models import Publisher, PublisherName
from caseapp.library.publishers.known import publishers_among


def test_a_name_is_known_from_a_source_or_a_card_with_or_without_its_article(add, django_assert_num_queries):
    add(publisher="The Lantern")
    card = Publisher.objects.create(name="Marea Digital")
    PublisherName.objects.create(publisher=card, name="Marea", key="marea")
    with django_assert_num_queries(2):
        assert publishers_among({"Lantern", "La Marea", "Maria Kalder"}) == {"Lantern", "La Marea"}
    with django_assert_num_queries(0):
        assert publishers_among(set()) == set()
