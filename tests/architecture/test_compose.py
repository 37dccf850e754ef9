"""docker-compose.yml, read as Docker would: no engine is needed to see that what it names exists."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
AS_OWNER = ("migrate", "grants")
OURS = (*AS_OWNER, "web", "worker")
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "POSTGRES_ROLE_PASSWORD", "REDIS_PASSWORD")


def test_the_services():
    assert list(SERVICES) == ["postgres", "redis", *OURS]
    assert SERVICES["postgres"]["image"] == "postgres:16"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_comes_from_the_environment_and_has_no_default(name):
    uses = re.findall(rf"\$\{{{name}(?![A-Z_])([^}}]*)\}}", TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in AS_OWNER])
def test_every_lasting_service_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_only_where_they_must(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["files:/data", "keys:/keys"]
    assert service["environment"]["DATA_DIR"] == "/data"
    assert service["environment"]["CASE_KEYS_FILE"] == "/keys/case_keys"


@pytest.mark.parametrize("name", OURS)
def test_l2_web_and_worker_do_not_own_the_record(name):
    """Or they could take its guards off: they sign in as the role to which the owner gave rights before."""
    environment, role = SERVICES[name]["environment"], SERVICES["grants"]["command"][4]
    owner = SERVICES["postgres"]["environment"]["POSTGRES_USER"]
    assert environment["DATABASE_URL"].split(":")[1] == f"//{owner if name in AS_OWNER else role}"
    assert ("POSTGRES_ROLE_PASSWORD" in environment) == (name in AS_OWNER)
    first = {"grants": "migrate", "web": "grants", "worker": "grants"}.get(name, "postgres")
    assert first in SERVICES[name]["depends_on"]
    assert role != owner


def test_only_the_web_application_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["web"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["web"]["ports"] == ["${PUBLISH:-127.0.0.1:8000}:8000"]


def test_volumes_and_networks_are_declared():
    for service in SERVICES.values():
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(COMPOSE["volumes"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])


@pytest.mark.parametrize("name", OURS)
def test_each_command_exists_and_takes_these_options(name):
    program, script, command, *options = SERVICES[name]["command"]
    assert (program, script) == ("python", "manage.py")
    assert command in get_commands()
    answer = subprocess.run(
        [sys.executable, script, command, *options, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_the_image_serves_as_the_compose_file_does():
    last = (ROOT / "Dockerfile").read_text().rstrip().splitlines()[-1]
    assert yaml.safe_load(last.removeprefix("CMD ")) == SERVICES["web"]["command"]


def test_health_questions_name_programs_that_exist():
    assert (ROOT / SERVICES["web"]["healthcheck"]["test"][2]).is_file()
    program, *arguments = shlex.split(SERVICES["worker"]["healthcheck"]["test"][1].replace("$$", "$"))
    assert program == "celery"
    answer = subprocess.run(
        [sys.executable, "-m", "celery", *arguments[:4], "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_every_variable_is_explained():
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT)) - explained == set()


def test_the_image_holds_only_what_it_names():
    ignored = (ROOT / ".dockerignore").read_text().split()
    copied = re.findall(r"^COPY (?!--from)(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert copied
    for name in copied:
        assert f"!{name}" in ignored
        assert (ROOT / name).exists()
