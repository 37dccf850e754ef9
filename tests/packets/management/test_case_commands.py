"""Cases in and out from the command line, and the demonstration."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from caseapp.accounts.models import User
from caseapp.cases.models import Case, Document
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.packets.models import Packet
from tests.packets.making import make_build

DEMO = Path(__file__).parents[3] / "demo"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_read_once")]


def run(*arguments: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


class TestImportCase:
    def test_prints_the_ids_it_made(self, caseworker, lawyer) -> None:
        out, err = run("import_case", DEMO / "officers", "--by", caseworker.email, "--team", lawyer.email, "--json")
        case, packet = Case.objects.get(), Packet.objects.get()
        ids = json.loads(out)
        assert (ids["case"], ids["packet"]) == (str(case.pk), str(packet.pk))
        assert ids["sources"] == {
            key: Source.objects.get(publisher__startswith=name).pk
            for key, name in (
                ("gazette", "Sample"),
                ("monitor", "Monitor"),
                ("figures", "Institute"),
                ("inspection", "Office"),
            )
        }
        assert ids["documents"] == {"declaration": str(Document.objects.get().pk)}
        assert sorted(ids["excerpts"].values()) == sorted(Excerpt.objects.values_list("pk", flat=True))
        assert [member.user for member in case.members.all()] == [caseworker, lawyer]
        assert err == ""

    def test_says_when_nobody_could_see_the_case(self) -> None:
        _out, err = run("import_case", DEMO / "witness")
        assert err == "Note: nobody is on this case's team, so nobody can see it. Name people with --team.\n"

    def test_refuses_with_the_places(self, tmp_path) -> None:
        (tmp_path / "case.json").write_text('{"case": {"reference": "R", "client": "N", "colour": 1}}')
        with pytest.raises(CommandError) as refusal:
            run("import_case", tmp_path)
        assert str(refusal.value) == "Nothing was imported.\ncase.colour: Extra inputs are not permitted."


class TestExportCase:
    def test_writes_the_newest_packet(self, tmp_path) -> None:
        run("import_case", DEMO / "witness")
        out, _err = run("export_case", "SAMPLE-2027-002", tmp_path / "out", "--json")
        assert json.loads(out) == {"case": str(Case.objects.get().pk), "folder": str(tmp_path / "out")}
        document = json.loads((tmp_path / "out" / "case.json").read_text(encoding="utf-8"))
        assert document["packet"]["title"] == "Evidence on witnesses"

    def test_says_what_of_the_packet_stays_behind(self, tmp_path, lawyer) -> None:
        run("import_case", DEMO / "witness")
        packet = Packet.objects.get()
        build = make_build(packet=packet)
        Packet.objects.update(follows=build, numbering="continue")
        _out, err = run("export_case", "SAMPLE-2027-002", tmp_path / "out")
        assert err.startswith("Note: The packet goes on from a filed build, and builds are not exported")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("none",), "There is no case with the reference none."),
            (("SAMPLE-2027-002", "--packet", "x"), "Case SAMPLE-2027-002 has no packet x."),
        ],
    )
    def test_refuses_in_words(self, tmp_path, arguments, words) -> None:
        run("import_case", DEMO / "witness")
        with pytest.raises(CommandError) as refusal:
            run("export_case", arguments[0], tmp_path / "out", *arguments[1:])
        assert str(refusal.value) == words
        assert not (tmp_path / "out").exists()

    def test_asks_which_where_two_teams_use_one_reference(self, tmp_path) -> None:
        Case.objects.create(reference="R", client_name="A")
        Case.objects.create(reference="R", client_name="B")
        with pytest.raises(CommandError, match="Several cases have the reference R"):
            run("export_case", "R", tmp_path / "out")


class TestLoadDemo:
    @pytest.fixture(autouse=True)
    def this_machine_alone(self, settings) -> None:
        settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

    def test_shows_every_feature_with_content(self) -> None:
        out, _err = run("load_demo", "--json")
        assert sorted(json.loads(out)["packets"]) == ["SAMPLE-2027-001", "SAMPLE-2027-002"]
        assert (Source.objects.count(), Excerpt.objects.count(), Theme.objects.count()) == (7, 20, 8)
        page = Source.objects.get(publisher="Sample Digest (invented)")
        assert (page.published_on, page.guessed) == (
            "2019-03-14",
            ["author", "published_on", "publisher", "title", "url"],
        )
        assert Case.objects.visible_to(User.objects.get(email="lawyer@sample.example")).count() == 2
        assert Case.objects.visible_to(User.objects.get(email="administrator@sample.example")).count() == 0

    def test_prints_who_can_sign_in(self) -> None:
        out, _err = run("load_demo")
        accounts, told = out.split("\n\n", maxsplit=1)
        assert "second factor" in told
        assert [line.split() for line in accounts.splitlines()] == [
            ["Caseworker", "caseworker@sample.example", "password:", "sample", "password", "2027"],
            ["Lawyer", "lawyer@sample.example", "password:", "sample", "password", "2027"],
            ["Administrator", "administrator@sample.example", "password:", "sample", "password", "2027"],
        ]

    def test_a_second_run_changes_nothing(self) -> None:
        run("load_demo")
        Case.objects.filter(reference="SAMPLE-2027-001").update(court="changed")
        run("load_demo")
        assert Case.objects.filter(court="changed").count() == 1
        assert Source.objects.count() == 7

    def test_leaves_an_installation_at_work_alone(self, lawyer) -> None:
        out, _err = run("load_demo")
        assert out == ""
        assert Case.objects.count() == 0

    @pytest.mark.parametrize("change", [{"HTTPS": True}, {"ALLOWED_HOSTS": ["evidence.example.org"]}])
    def test_refuses_where_others_could_reach_it(self, settings, change) -> None:
        for name, value in change.items():
            setattr(settings, name, value)
        with pytest.raises(CommandError, match="passwords that everybody knows"):
            run("load_demo")
        assert User.objects.count() == 0

    def test_does_nothing_there_when_told_so(self, settings) -> None:
        settings.HTTPS = True
        assert run("load_demo", "--where-possible") == ("", "")
        assert User.objects.count() == 0
