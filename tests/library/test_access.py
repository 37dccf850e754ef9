import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from caseapp.library.access import capture_of, source_of, theme_of


@pytest.mark.parametrize("person", ["caseworker", "lawyer", "stranger"])
def test_everybody_who_works_with_the_library_reaches_it(person, source, killings, request):
    user = request.getfixturevalue(person)
    assert source_of(user, source.pk) == source
    assert capture_of(user, source.pk) == source.capture
    assert capture_of(user, source.pk).get_deferred_fields() == {"text"}
    assert theme_of(user, killings.pk) == killings


@pytest.mark.parametrize("door", [source_of, capture_of, theme_of])
def test_whoever_only_manages_people_is_refused_whether_it_exists_or_not(door, administrator, source, killings):
    for pk in (source.pk, killings.pk, 999):
        with pytest.raises(PermissionDenied):
            door(administrator, pk)


@pytest.mark.parametrize("door", [source_of, capture_of, theme_of])
def test_what_does_not_exist_is_not_found(door, caseworker):
    with pytest.raises(Http404):
        door(caseworker, 999)
