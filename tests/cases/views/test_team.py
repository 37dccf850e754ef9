"""The team's screens."""

from django.urls import reverse

from caseapp.cases.services.cases import CaseDetails, open_case


def test_colleagues_who_work_on_cases_and_are_not_on_the_team_are_offered(
    as_person, case, lawyer, stranger, administrator
):
    form = as_person(lawyer).get(reverse("case_team", args=[case.pk])).context["form"]
    assert list(form.fields["user"].queryset) == [stranger]


def test_a_team_that_nobody_can_build_for_is_told_so(as_person, case, caseworker, lawyer):
    url, words = reverse("case_team", args=[case.pk]), "No lawyer of the case is on the team yet."
    assert words not in as_person(caseworker).get(url).content.decode()
    case.members.filter(user=lawyer).update(part="editor")
    assert words in as_person(caseworker).get(url).content.decode()


def test_a_colleague_is_added(as_person, case, lawyer, stranger):
    response = as_person(lawyer).post(reverse("case_team", args=[case.pk]), {"user": stranger.pk, "part": "viewer"})
    assert (response.status_code, response.url) == (302, reverse("case_team", args=[case.pk]))
    assert as_person(stranger).get(case.get_absolute_url()).status_code == 200


def test_somebody_who_is_not_offered_is_refused_in_words(as_person, case, lawyer, administrator):
    response = as_person(lawyer).post(
        reverse("case_team", args=[case.pk]), {"user": administrator.pk, "part": "viewer"}
    )
    assert response.status_code == 422
    assert "This colleague is on the team already, or cannot work on cases." in response.content.decode()
    assert case.members.count() == 2


def test_removing_a_colleague_asks_first(as_person, case, lawyer, caseworker):
    member = case.members.get(user=caseworker)
    client, url = as_person(lawyer), reverse("member_remove", args=[case.pk, member.pk])
    assert "Remove Carla Caseworker from the team?" in client.get(url).content.decode()
    assert case.members.count() == 2
    response = client.post(url)
    assert response.url == reverse("case_team", args=[case.pk])
    assert case.members.count() == 1


def test_leaving_warns_and_ends_at_the_list(as_person, case, lawyer):
    member = case.members.get(user=lawyer)
    client, url = as_person(lawyer), reverse("member_remove", args=[case.pk, member.pk])
    assert "Only somebody on the team can add you again." in client.get(url).content.decode()
    assert client.post(url).url == reverse("case_list")
    assert client.get(case.get_absolute_url()).status_code == 404


def test_the_last_member_is_told_what_to_do(as_person, case, lawyer, caseworker):
    case.members.get(user=caseworker).delete()
    url = reverse("member_remove", args=[case.pk, case.members.get(user=lawyer).pk])
    response = as_person(lawyer).post(url)
    assert response.status_code == 409
    assert "Add somebody else first." in response.content.decode()
    assert case.members.count() == 1


def test_a_member_of_another_case_is_not_found(as_person, case, lawyer, stranger):
    other = open_case(by=stranger, details=CaseDetails(reference="OTHER", client_name="C"))
    url = reverse("member_remove", args=[case.pk, other.members.get().pk])
    assert as_person(lawyer).post(url).status_code == 404
    assert other.members.count() == 1


def test_the_team_takes_the_same_queries_for_any_size(as_person, case, lawyer, count_queries, many_colleagues):
    client, url = as_person(lawyer), reverse("case_team", args=[case.pk])
    client.get(url)
    small = count_queries(client, url)
    for colleague in many_colleagues[1:]:
        case.members.create(user=colleague, added_by=lawyer)
    assert count_queries(client, url) == small


def test_a_part_beyond_the_role_is_refused_in_words(as_person, case, lawyer, caseworker):
    url = reverse("member_part", args=[case.pk, case.members.get(user=caseworker).pk])
    response = as_person(lawyer).post(url, {"part": "lawyer"})
    assert response.status_code == 422
    assert "the role of Carla Caseworker in the office, Caseworker, does not allow it" in response.content.decode()


def test_a_part_is_changed(as_person, case, lawyer, caseworker):
    member = case.members.get(user=caseworker)
    response = as_person(lawyer).post(reverse("member_part", args=[case.pk, member.pk]), {"part": "viewer"})
    assert (response.status_code, response.url) == (302, reverse("case_team", args=[case.pk]))
    page = as_person(caseworker).get(response.url).content.decode()
    assert "Looks" in page
    assert "Add a colleague" not in page


def test_whoever_only_looks_can_leave_and_take_nobody_off(as_person, case, lawyer, caseworker):
    own, other = case.members.get(user=caseworker), case.members.get(user=lawyer)
    case.members.filter(pk=own.pk).update(part="viewer")
    client = as_person(caseworker)
    assert client.post(reverse("member_remove", args=[case.pk, other.pk])).status_code == 403
    assert client.post(reverse("member_remove", args=[case.pk, own.pk])).status_code == 302
    assert case.members.count() == 1
