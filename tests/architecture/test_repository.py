"""What a newcomer and a packager rely on: files where they are expected, each dependency with its reason."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = (
    *("manage.py", "Makefile", "pyproject.toml", "Dockerfile", "docker-compose.yml", ".ci/run"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"),
    *(".env.example", ".editorconfig", ".dockerignore"),
)
# Used by name, in settings or on a command line, rather than by an import: where, and by which word.
USED_BY_NAME = {
    "argon2-cffi": ("caseapp/settings.py", "Argon2PasswordHasher"),
    "whitenoise": ("caseapp/settings.py", "whitenoise.middleware"),
    "crispy-bootstrap5": ("caseapp/settings.py", '"crispy_bootstrap5"'),
    "django-countries": ("caseapp/settings.py", '"django_countries"'),
    "gunicorn": ("caseapp/core/management/commands/up.py", '"gunicorn"'),
    "psycopg": ("scripts/local_stack.py", "psycopg.connect"),
    "tzdata": ("caseapp/settings.py", "TIME_ZONE"),
    "ruff": ("Makefile", "-m ruff"),
    "djlint": ("Makefile", "-m djlint"),
    "mypy": ("Makefile", "-m mypy"),
    "django-stubs": ("pyproject.toml", "[tool.django-stubs]"),
    "import-linter": ("pyproject.toml", "[tool.importlinter]"),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE"),
    "pytest-xdist": ("Makefile", "--dist loadscope"),
    "uv": ("scripts/lock.sh", ".venv/bin/uv"),
}
LISTS = ("requirements.in", "requirements-dev.in")
REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9-]+)(\[[a-z,0-9]+\])?==(?P<version>\S+)(\s+# (?P<reason>.+))?$")


def own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def requirements(list_name: str) -> list[re.Match]:
    lines = (ROOT / list_name).read_text().splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-c"))]
    matches = [REQUIREMENT.match(line) for line in asked]
    assert None not in matches, f"{list_name}: not `name==version  # reason`: {asked[matches.index(None)]}"
    return matches


@cache
def imported_packages() -> set[str]:
    """The distributions that a Python file of ours imports."""
    owners = packages_distributions()
    found = set()
    for path in own_files():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                modules.append(node.module)
            for module in modules:
                found.update(owners.get(module.partition(".")[0], ()))
    return {name.lower().replace("_", "-") for name in found}


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_the_file_is_there(name):
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("list_name", LISTS)
def test_each_dependency_has_a_reason_and_a_use(list_name):
    for requirement in requirements(list_name):
        name = requirement["name"]
        assert requirement["reason"], f"{list_name}: {name} has no reason"
        if name in USED_BY_NAME:
            user, word = USED_BY_NAME[name]
            assert word in (ROOT / user).read_text(), f"{name} is not used in {user}"
        else:
            assert name in imported_packages(), f"{list_name}: nothing imports {name}"


@pytest.mark.parametrize("list_name", LISTS)
def test_the_locked_list_holds_what_is_asked_for_with_hashes(list_name):
    locked = (ROOT / list_name).with_suffix(".txt").read_text()
    for requirement in requirements(list_name):
        assert f"\n{requirement['name']}=={requirement['version']}" in locked.replace("[redis]", "")
    packages = re.findall(r"^([a-z0-9-]+(?:\[[^]]*\])?==.*?)(?=^\S|\Z)", locked, re.MULTILINE | re.DOTALL)
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_no_file_names_a_package_index_or_a_home_folder():
    # Put together here, so that this file does not name them either.
    unwanted = re.compile(
        "|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npm", "/" + "root/", "/" + "home/"])
    )
    found = []
    for path in own_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if unwanted.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_every_choice_of_the_settings_is_explained():
    settings = (ROOT / "caseapp" / "settings.py").read_text()
    names = set(re.findall(r'\benv(?:\.\w+)?\("([A-Z_]+)"', settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert names
    assert names - explained == set()


def test_every_make_target_is_listed_by_help():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    helped = re.findall(r"^([a-z-]+):[^#\n]*## ", makefile, re.MULTILINE)
    assert sorted(helped) == sorted(phony)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_documents_name_only_commands_that_exist(document):
    text = (ROOT / document).read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`(?:\w+=\S+ )*make ([a-z-]+)", text)) - targets == set()
    commands = {path.stem for path in ROOT.glob("caseapp/*/management/commands/*.py")}
    assert set(re.findall(r"manage\.py ([a-z_]+_[a-z_]+)", text)) - commands == set()


def test_ruff_knows_the_python_we_promise():
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert configuration["project"]["requires-python"] == ">=3.11"
    assert configuration["tool"]["ruff"]["target-version"] == "py311"
