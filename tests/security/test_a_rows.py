"""Section A of the security requirements, a row a test: who comes in, by what, and for how long."""

import datetime as dt
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseapp.accounts.middleware import OPEN_WITHOUT_SECOND_FACTOR
from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Glass
from caseapp.cases.parts import Part
from tests.architecture.test_every_url import OPEN, ROWS, address, addresses, answers, world  # noqa: F401 (a fixture)
from tests.conftest import PASSWORD
from tests.packets.making import make_filing
from tests.passkeys import Passkey
from tests.signing_in import APP_KEY, app_code, sign_in, without_second_factor

pytestmark = pytest.mark.django_db

SET_UP = "/your-account/second-factor/"
SECOND_STEP = "/sign-in/second-step/"
PASSKEY_SIGN_IN = "/sign-in/passkey/"
# What somebody without a second factor may open: the library, which knows of no case, and their own account.
LIBRARY = {pattern.name for pattern in addresses() if pattern.callback.__module__.startswith("caseapp.library.")}
OWN = {
    "account_change_password", "account_logout", "account_reauthenticate", "account_security", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn", "recovery_codes", "second_factor_needed", "session_end", "sessions_end_others", "still_here",
}  # fmt: skip


def test_a1_without_a_second_factor_every_address_but_library_and_own_account_leads_to_set_up(world, caseworker):  # noqa: F811
    user = without_second_factor(caseworker)
    open_to_them, led = set(), {}
    for row in ROWS:
        shown, sent = answers(sign_in(user, bare=True), address(row, world))
        places = [answer.headers.get("Location", "").partition("?")[0] for answer in (shown, sent)]
        if SET_UP not in places:
            open_to_them.add(row.name)
        else:
            led[row.name] = places
    assert open_to_them == LIBRARY | OWN | OPEN
    assert set(map(tuple, led.values())) == {(SET_UP, SET_UP)}
    assert len(led) > 60


def test_a1_the_gate_names_what_is_open_and_nothing_of_cases_and_people():
    shut = ("caseapp.cases.", "caseapp.packets.", "caseapp.accounts.views.people.", "caseapp.new_app.", "django.")
    assert not any(name.startswith(OPEN_WITHOUT_SECOND_FACTOR) for name in shut)


def test_a1_whoever_is_led_to_set_up_comes_back_to_where_they_were_going(lawyer):
    client = sign_in(without_second_factor(lawyer), bare=True)
    assert client.get("/cases/?page=2").headers.get("Location") == f"{SET_UP}?next=%2Fcases%2F%3Fpage%3D2"
    in_place = client.get("/cases/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/"})
    assert (in_place.status_code, in_place.headers["HX-Redirect"]) == (401, f"{SET_UP}?next=%2F")
    page = client.get(f"{SET_UP}?next=/cases/").content.decode()
    assert '/your-account/code-app/?next=%2Fcases%2F"' in page
    page = client.get(f"{SET_UP}?next=//evil.example/").content.decode()
    assert '/your-account/code-app/?next=%2F"' in page


def test_a1_a_code_app_opens_the_cases_and_is_asked_for_from_then_on(lawyer):
    client = sign_in(without_second_factor(lawyer), bare=True)
    key = client.get("/your-account/code-app/?next=/cases/").context["form"].secret
    done = client.post("/your-account/code-app/?next=/cases/", {"code": app_code(key)})
    assert (done.status_code, done.url) == (302, "/your-account/recovery-codes/?next=%2Fcases%2F")
    assert client.get("/cases/").status_code == 200
    newcomer = Client()
    assert newcomer.post("/sign-in/", {"login": lawyer.email, "password": PASSWORD}).url == SECOND_STEP
    assert newcomer.get("/cases/").url == "/sign-in/?next=/cases/"


def test_a1_a_passkey_is_registered_and_signs_in_only_with_user_verification(lawyer):
    client, passkey = sign_in(without_second_factor(lawyer), bare=True), Passkey()
    client.defaults["SERVER_NAME"] = "localhost"

    def add(answering: Passkey):
        asked = client.get("/your-account/passkeys/add/").context["js_data"]["creation_options"]
        options = json.loads(json.dumps(asked, default=dict))
        selection = options["publicKey"]["authenticatorSelection"]
        assert (selection["userVerification"], selection["residentKey"]) == ("required", "required")
        made = json.dumps(answering.create(options))
        return client.post("/your-account/passkeys/add/", {"name": "Laptop", "credential": made})

    assert add(Passkey(verifies=False)).status_code == 200
    assert not lawyer.authenticator_set.exists()
    assert add(passkey).status_code == 302
    assert [str(one) for one in lawyer.authenticator_set.all()] == ["Laptop"]
    assert by_passkey(passkey, lawyer).url == "/"
    passkey.flags &= ~4  # no longer asks for finger, face or PIN
    assert by_passkey(passkey, lawyer).url == "/sign-in/"


def by_passkey(passkey: Passkey, person, client: Client | None = None, *, then: str = ""):
    client = client or Client(SERVER_NAME="localhost")
    options = client.get(PASSKEY_SIGN_IN, HTTP_ACCEPT="application/json").json()["request_options"]
    assert options["publicKey"]["userVerification"] == "required"
    answer = json.dumps(passkey.get(options, person=person))
    return client.post(f"{PASSKEY_SIGN_IN}?next={then}", {"credential": answer})


def test_a1_a_passkey_needs_no_second_step_and_leads_to_where_one_was_going(lawyer):
    passkey = Passkey()
    passkey.of(without_second_factor(lawyer))
    client = Client(SERVER_NAME="localhost")
    assert by_passkey(passkey, lawyer, client, then="/cases/").url == "/cases/"
    assert client.get("/cases/").status_code == 200


def test_a1_a_passkey_as_second_step_asks_for_its_owner_too(lawyer):
    Passkey().of(lawyer)
    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in/", {"login": lawyer.email, "password": PASSWORD})
    asked = client.get(SECOND_STEP).context["js_data"]["request_options"]
    assert asked["publicKey"]["userVerification"] == "required"


def second_step(person, code: str, *, address: str = "192.0.2.1") -> Client:
    """Whoever knows the password tries a code; `answer` is what they got."""
    client = Client(REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"login": person.email, "password": PASSWORD}).status_code in (302, 429)
    client.answer = client.post(SECOND_STEP, {"code": code})
    return client


def is_in(client: Client) -> bool:
    return client.get("/your-account/").status_code == 200


def test_a2_a_code_of_the_app_works_once(lawyer):
    code = app_code()
    assert is_in(second_step(lawyer, code))
    again = second_step(lawyer, f"{code[:3]} {code[3:]}")
    assert "This code does not hold." in again.answer.content.decode()
    assert not is_in(again)


def test_a2_the_code_that_set_the_app_up_is_spent_with_that(lawyer):
    client = sign_in(without_second_factor(lawyer), bare=True)
    key = client.get("/your-account/code-app/").context["form"].secret
    code = app_code(key)
    client.post("/your-account/code-app/", {"code": code})
    assert not is_in(second_step(lawyer, code))
    assert is_in(second_step(lawyer, app_code(key, later=1)))


def test_a2_used_codes_and_counts_are_shared_by_all_processes_and_not_crowded_out(settings):
    cache = settings.CACHES["default"]
    assert cache["BACKEND"].rpartition(".")[2] in ("DatabaseCache", "RedisCache")
    assert cache["BACKEND"].endswith("RedisCache") or cache["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_a3_the_sixth_wrong_code_meets_words_and_passwords_count_with_codes(lawyer, caseworker):
    here = {"REMOTE_ADDR": "192.0.2.1"}
    for _ in range(2):
        Client(**here).post("/sign-in/", {"login": lawyer.email, "password": "a wrong password"})
    client = second_step(lawyer, "000000")
    answers = [client.post(SECOND_STEP, {"code": "000000"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert "Too many tries" in client.post(SECOND_STEP, {"code": app_code()}).content.decode()
    assert is_in(second_step(caseworker, app_code()))  # the same address
    assert is_in(second_step(lawyer, app_code(), address="198.51.100.7"))


@pytest.mark.parametrize(("page", "typed"), [("/is-it-you/", "password"), ("/is-it-you/code/", "code")])
def test_a3_asking_again_is_throttled_too(lawyer, page, typed):
    client = sign_in(lawyer, ago=16 * 60)
    answers = [client.post(page, {typed: "000000000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_a3_a_hundred_bad_passkeys_stop_an_address_and_nobody_else(lawyer):
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")
    answers = [client.post(PASSKEY_SIGN_IN, {"credential": "{}"}).status_code for _ in range(60)]
    assert answers == [302] * 60
    assert client.post(PASSKEY_SIGN_IN, {"credential": "{}"}).status_code == 429
    passkey = Passkey()
    passkey.of(lawyer)
    assert by_passkey(passkey, lawyer, Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.9")).url == "/"


def test_a3_failures_of_many_people_at_one_address_shut_that_address_alone(lawyer, settings):
    assert settings.ACCOUNT_RATE_LIMITS["sign_in_failed_at_address"] == "100/h/ip"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"sign_in_failed_at_address": "3/h/ip"}
    here, elsewhere = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.9")
    wrong = [{"login": f"nobody{n}@example.org", "password": "a wrong password"} for n in range(3)]
    right = {"login": lawyer.email, "password": PASSWORD}
    assert [here.post("/sign-in/", typed).status_code for typed in wrong] == [200] * 3
    assert (here.post("/sign-in/", right).status_code, elsewhere.post("/sign-in/", right).status_code) == (429, 302)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: that is what takes time."""

    hashed = 0

    def encode(self, password, salt):
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def test_a4_unknown_wrong_closed_and_new_get_the_same_answer_for_the_same_work(lawyer, stranger, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    newcomer = User.objects.create_user(email="new@example.org", name="N", role="lawyer")
    answers, work = set(), []
    for email in (lawyer.email, stranger.email, newcomer.email, "nobody@example.org"):
        CountingHasher.hashed = 0
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post("/sign-in/", {"login": email, "password": "a wrong password"})
        work.append((CountingHasher.hashed, len(queries)))
        words = answer.content.decode().replace(email, "E").replace(str(answer.context["csrf_token"]), "T")
        answers.add((answer.status_code, words))
    assert len(answers) == 1
    assert set(work) == {work[0]}
    assert work[0][0] == 1


def test_a4_a_passkey_of_nobody_one_of_a_closed_account_and_nonsense_get_the_same_answer(lawyer, stranger):
    passkeys = Passkey(), Passkey()
    passkeys[0].of(stranger)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    told = set()
    for passkey, person in zip(passkeys, (stranger, lawyer), strict=True):
        client = Client(SERVER_NAME="localhost")
        assert by_passkey(passkey, person, client).url == "/sign-in/"
        told.add(tuple(map(str, client.get("/sign-in/").context["messages"])))
    client = Client(SERVER_NAME="localhost")
    client.post(PASSKEY_SIGN_IN, {"credential": '{"id": 7, "response": []}'})
    told.add(tuple(map(str, client.get("/sign-in/").context["messages"])))
    assert told == {("This passkey opens no account here. Sign in with your password.",)}


def test_a5_passwords_are_hashed_by_argon2id_and_old_hashes_at_the_next_sign_in(lawyer, settings):
    settings.PASSWORD_HASHERS = program_hashers()
    lawyer.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    lawyer.save()
    second_step(lawyer, app_code())
    lawyer.refresh_from_db()
    assert lawyer.password.startswith("argon2$argon2id$")


def program_hashers() -> list[str]:
    """Those of the settings: tests hash cheaply unless they say otherwise."""
    return importlib.import_module("caseapp.settings").PASSWORD_HASHERS


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("vqzj rmkw gt", True),
        ("vqzj rmkw g", False),
        ("ñandú ☂ 深い森 \t quemado", True),
        ("vqzj rmkw gt" * 10 + "12345678", True),
        ("vqzj rmkw gt" * 10 + "123456789", False),
        ("1qaz2wsx3edc", False),
        ("Password12345!", False),
        ("qwertyuiop123456", False),
    ],
)
def test_a5_length_any_character_and_lists_of_common_passwords(lawyer, password, is_taken):
    try:
        validate_password(password, lawyer)
    except ValidationError:
        assert not is_taken
    else:
        assert is_taken


def test_a6_ten_recovery_codes_are_shown_once_kept_as_digests_and_work_once(lawyer):
    client = sign_in(lawyer)
    codes = client.post("/your-account/recovery-codes/").context["codes"]
    assert len(set(codes)) == 10
    shown_later = (
        client.get("/your-account/recovery-codes/").content.decode() + client.get("/your-account/").content.decode()
    )
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert not [code for code in codes if code in shown_later or code in kept or code.replace("-", "") in kept]
    assert "10 of 10 left" in shown_later
    assert is_in(second_step(lawyer, codes[3].upper().replace("-", " ")))
    assert not is_in(second_step(lawyer, codes[3]))
    assert is_in(second_step(lawyer, codes[4]))


def test_a6_keys_of_code_apps_are_sealed_by_a_key_that_is_not_in_the_database(lawyer, settings):
    assert APP_KEY not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECOND_FACTOR_KEY = "another key"
    assert not is_in(second_step(lawyer, app_code()))


def test_a6_an_administrator_resets_second_factors_and_neither_learns_nor_chooses_them(lawyer, administrator):
    theirs, chief = sign_in(lawyer), sign_in(administrator)
    address = f"/people/{lawyer.pk}/second-factors/reset/"
    assert "<input" not in client_form(chief.get(address).content.decode())
    assert chief.post(address).url == f"/people/{lawyer.pk}/"
    assert not is_in(theirs)
    assert not Authenticator.objects.filter(user=lawyer).exists()
    newcomer = Client()
    assert newcomer.post("/sign-in/", {"login": lawyer.email, "password": PASSWORD}).url == "/"
    assert newcomer.get("/cases/").url.startswith(SET_UP)
    assert actions_of(administrator) == [Action.SECOND_FACTORS_RESET]


def client_form(page: str) -> str:
    """The form of a page that asks first, without its token."""
    form = page.split('class="sheet"')[1].split("</form>")[0]
    return re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]+>', "", form)


def actions_of(person: User) -> list[str]:
    return list(Event.objects.filter(actor_id=person.pk).order_by("pk").values_list("action", flat=True))


def later(client: Client, **passed: float) -> None:
    """As if so much time had passed since the person came in, and since they did anything."""
    session = client.session
    for name in ("signed_in_at", "acted_at"):
        session[name] -= dt.timedelta(**passed).total_seconds()
    session.save()


def test_a7_idle_session_ends_after_30_minutes(lawyer):
    client = sign_in(lawyer)
    later(client, minutes=29)
    assert is_in(client)
    later(client, minutes=30)
    assert client.get("/cases/").headers.get("Location") == "/sign-in/?next=/cases/"
    assert "nothing happened for half an hour" in client.get("/sign-in/").content.decode()
    assert "nothing happened" not in client.get("/sign-in/").content.decode()
    assert actions_of(lawyer) == [Action.SESSION_IDLE]


def test_a7_what_pages_ask_by_themselves_keeps_no_session_open(lawyer):
    client = sign_in(lawyer)
    later(client, minutes=20)
    assert client.get("/cases/", headers={"X-Unattended": "1"}).status_code == 200
    later(client, minutes=11)
    assert client.get("/cases/", headers={"X-Unattended": "1"}).status_code == 302


def test_a7_every_element_that_asks_by_itself_says_so():
    asking = [
        (path.name, element)
        for path in Path("templates").rglob("*.html")
        for element in re.findall(r"<[^<]*hx-trigger=[\"'][^\"']*(?:every|load delay)[^<]*", path.read_text())
    ]
    assert len(asking) >= 7
    assert [where for where, element in asking if "X-Unattended" not in element] == []


def test_a7_session_ends_after_12_hours_whatever_is_done(lawyer, settings):
    client = sign_in(lawyer)
    for _ in range(24):
        later(client, minutes=29)
        assert is_in(client)
    later(client, minutes=24)
    assert not is_in(client)
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert actions_of(lawyer) == [Action.SESSION_OVER]


def test_a7_an_act_is_written_down_once_a_minute_and_the_pages_ask_the_database_as_often_as_before(
    lawyer, count_queries
):
    client = sign_in(lawyer)
    before = count_queries(client, "/cases/")
    assert count_queries(client, "/cases/") == before
    later(client, minutes=2)
    with CaptureQueriesContext(connection) as queries:
        client.get("/cases/")
    assert sum("UPDATE" in query["sql"] for query in queries) == 2
    assert count_queries(client, "/cases/") == before


ASKS_AGAIN = ("person_add", "person_edit", "person_deactivate", "person_reactivate", "person_link", "person_sign_out",
              "person_factors_reset", "office_edit", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn",
              "recovery_codes")  # fmt: skip


def test_a7_people_office_and_factors_ask_again_after_15_minutes(administrator, stranger):
    asked = {}
    for name in ASKS_AGAIN:
        url = reverse(name, args=[stranger.pk] if name.startswith("person_") and name != "person_add" else [])
        if name == "mfa_activate_totp":
            without_second_factor(administrator)
        client = sign_in(administrator, ago=15 * 60, bare=name == "mfa_activate_totp")
        asked[name] = client.post(url).headers.get("Location", "").partition("?")[0]
    assert set(asked.values()) == {"/is-it-you/"}


def test_a7_exports_teams_holds_and_the_glass_ask_again_after_15_minutes(administrator, lawyer, stranger):
    case = make_filing(team=[lawyer]).case
    member = case.members.create(user=stranger, part=Part.EDITOR)
    asked = {
        ("case_team", case.pk): {"user": stranger.pk, "part": "editor"},
        ("member_part", case.pk, member.pk): {"part": "viewer"},
        ("member_remove", case.pk, member.pk): {},
        ("case_hold", case.pk): {"hold_reason": "A complaint."},
        ("case_release", case.pk): {},
    }
    before = case.members.count()
    for (name, *arguments), sent in asked.items():
        answer = sign_in(lawyer, ago=15 * 60).post(reverse(name, args=arguments), sent)
        assert (name, answer.headers.get("Location", "").partition("?")[0]) == (name, "/is-it-you/")
    case.refresh_from_db()
    assert (case.members.count(), case.hold_reason) == (before, "")
    export = "/sources/export/passages.csv/?q=gang"
    led = sign_in(lawyer, ago=15 * 60).get(export)
    assert (led.status_code, led.url) == (302, f"/is-it-you/?{urlencode({'next': export})}")
    assert not Event.objects.filter(action=Action.LIBRARY_TAKEN_OUT).exists()
    looking = {"reference": case.reference, "reason": "Its lawyer cannot be reached."}
    led = sign_in(administrator, ago=15 * 60).post(reverse("glass_break"), looking)
    assert (led.url.partition("?")[0], Glass.objects.exists()) == ("/is-it-you/", False)


def test_a7_what_was_typed_is_there_again_for_whoever_typed_it_and_in_no_address(lawyer, stranger):
    case = make_filing(team=[lawyer, stranger]).case
    page, reason = reverse("case_closing", args=[case.pk]), "A complaint about the interpreter."
    client = sign_in(lawyer, ago=15 * 60)
    led = client.post(
        reverse("case_hold", args=[case.pk]), {"hold_reason": reason}, headers={"referer": f"http://testserver{page}"}
    )
    back = parse_qs(urlsplit(led.url).query)["next"][0]
    assert (back.partition("?")[0], "interpreter" in led.url) == (page, False)
    assert reason in sign_in(lawyer).get(back).text
    assert reason not in sign_in(stranger).get(back).text
    assert reason not in sign_in(lawyer).get(f"{back[:-4]}AAAA").text


def test_a8_password_factor_role_closing_and_sign_out_end_other_sessions_at_once(lawyer, administrator):
    new = "vqzj rmkw gt plov"
    chief = sign_in(administrator)

    def changes_password(client):
        client.post("/change-password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    deeds = {
        "factor": lambda client: client.post("/your-account/code-app/remove/"),
        "recovery codes": lambda client: client.post("/your-account/recovery-codes/"),
        "role": lambda _client: chief.post(f"/people/{lawyer.pk}/", {"name": "L", "role": "caseworker"}),
        "closing": lambda _client: chief.post(f"/people/{lawyer.pk}/deactivate/"),
        "administrator": lambda _client: chief.post(f"/people/{lawyer.pk}/sign-out/"),
        "sign-out": lambda client: client.post("/sign-out/"),
        "password": changes_password,
    }
    for name, deed in deeds.items():
        User.objects.filter(pk=lawyer.pk).update(is_active=True, role="lawyer")
        lawyer.refresh_from_db()
        here, elsewhere = sign_in(lawyer), sign_in(lawyer)
        assert (name, is_in(here), is_in(elsewhere)) == (name, True, True)
        deed(here)
        assert (name, is_in(elsewhere)) == (name, False)
        assert (name, is_in(here)) == (name, name in ("factor", "recovery codes", "password"))


def test_a8_people_see_where_they_are_signed_in_and_end_it(lawyer, caseworker):
    here, elsewhere = second_step(lawyer, app_code()), second_step(lawyer, app_code(later=1), address="198.51.100.7")
    page = here.get("/your-account/").content.decode()
    assert [address in page for address in ("192.0.2.1", "198.51.100.7")] == [True, True]
    (other,) = UserSession.objects.filter(ip="198.51.100.7")
    assert sign_in(caseworker).post(f"/your-account/sessions/{other.pk}/end/").status_code == 404
    assert is_in(elsewhere)
    here.post(f"/your-account/sessions/{other.pk}/end/")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    elsewhere = second_step(lawyer, app_code(later=-1))
    key = here.session.session_key
    here.post("/your-account/sessions/end-others/")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert here.session.session_key != key
    assert UserSession.objects.filter(user=lawyer).count() == 1


def test_a9_cookies_are_of_this_host_alone_and_the_key_is_new_at_sign_in(lawyer):
    both = [
        f"{cookie}_COOKIE_{name}"
        for name in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
        for cookie in ("SESSION", "CSRF")
    ]
    asked = [*both, "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH"]
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {asked!r}])"
    environment = os.environ | {"HTTPS": "on", "DJANGO_SETTINGS_MODULE": "caseapp.settings"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    expected = ["__Host-sessionid", "__Host-csrftoken", True, True, True, True, "Lax", "Lax", None, "/"]
    assert said.stdout.strip() == str(expected)
    client = Client()
    client.post("/sign-in/", {"login": lawyer.email, "password": PASSWORD})
    before = client.session.session_key
    client.post(SECOND_STEP, {"code": app_code()})
    assert before
    assert client.session.session_key != before


def test_sign_ins_and_failures_are_on_record_without_what_strangers_typed(lawyer):
    Client().post("/sign-in/", {"login": "nobody@example.org", "password": "a wrong password"})
    Client().post("/sign-in/", {"login": lawyer.email, "password": "a wrong password"})
    second_step(lawyer, "000000")
    second_step(lawyer, app_code())
    kept = list(Event.objects.order_by("pk").values_list("action", "actor_id", "subject_id", "subject_label"))
    assert kept == [
        (Action.SIGN_IN_FAILED, None, "", ""),
        (Action.SIGN_IN_FAILED, None, str(lawyer.pk), "Lena Lawyer"),
        (Action.SIGN_IN_FAILED, None, str(lawyer.pk), "Lena Lawyer"),
        (Action.SIGNED_IN, lawyer.pk, str(lawyer.pk), ""),
    ]
    assert Event.objects.get(action=Action.SIGNED_IN).detail == {"by_means_of": ["password", "totp"]}
    assert "nobody" not in json.dumps(list(Event.objects.values("subject_label", "detail", "actor_name")))
