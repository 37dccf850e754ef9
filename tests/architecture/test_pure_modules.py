"""Pure modules take values and give values: no database, no settings, no web, and nothing of ours that is not pure."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = (
    "caseapp/forums",
    "caseapp/core/addresses.py",
    "caseapp/core/child.py",
    "caseapp/core/confinement.py",
    "caseapp/core/lifeline.py",
    "caseapp/core/refused.py",
    "caseapp/core/supervisor.py",
    "caseapp/intake/docx",
    "caseapp/intake/guessing.py",
    "caseapp/intake/images.py",
    "caseapp/intake/kinds.py",
    "caseapp/intake/letters.py",
    "caseapp/intake/lines.py",
    "caseapp/intake/ocr",
    "caseapp/intake/pdf",
    "caseapp/intake/readers",
    "caseapp/intake/report.py",
    "caseapp/intake/sentences.py",
    "caseapp/intake/sheets.py",
    "caseapp/intake/setting.py",
    "caseapp/intake/txt",
    "caseapp/intake/web",
    "caseapp/intake/wide_letters.py",
    "caseapp/intake/wording",
    "caseapp/library/excerpts/anchors.py",
    "caseapp/library/citing",
    "caseapp/library/excerpts/cuts.py",
    "caseapp/library/themes/contrast.py",
    "caseapp/library/exporting/annotations.py",
    "caseapp/core/cells.py",
    "caseapp/library/exporting/model.py",
    "caseapp/library/exporting/references.py",
    "caseapp/library/exporting/tables.py",
    "caseapp/library/exporting/word.py",
    "caseapp/library/sources/languages.py",
    "caseapp/library/origins/grouping.py",
    "caseapp/library/origins/likeness.py",
    "caseapp/library/lists",
    "caseapp/library/texts/page_text.py",
    "caseapp/library/texts/paging.py",
    "caseapp/library/texts/pieces.py",
    "caseapp/library/sources/published.py",
    "caseapp/library/publishers/names.py",
    "caseapp/library/origins/reasons.py",
    "caseapp/library/excerpts/relocating.py",
    "caseapp/library/excerpts/resizing.py",
    "caseapp/library/reuse",
    "caseapp/library/texts/rewording.py",
    "caseapp/library/searching",
    "caseapp/library/suggesting",
    "caseapp/library/excerpts/surroundings.py",
    "caseapp/library/texts/trimming.py",
    "caseapp/cases/coverage",
    "caseapp/cases/deadlines",
    "caseapp/cases/elements",
    "caseapp/cases/hearing.py",
    "caseapp/cases/mentions.py",
    "caseapp/cases/ordering.py",
    "caseapp/cases/registries",
    "caseapp/cases/splitting.py",
    "caseapp/cases/staleness.py",
    "caseapp/library/sources/titles.py",
    "caseapp/packets/casefile",
    "caseapp/packets/changes.py",
    "caseapp/packets/indexing",
    "caseapp/packets/labels.py",
    "caseapp/packets/manifest.py",
    "caseapp/packets/numbering.py",
    "caseapp/packets/packing.py",
    "caseapp/packets/pages.py",
    "caseapp/packets/pdf",
    "caseapp/packets/plan.py",
    "caseapp/packets/showing.py",
    "caseapp/typesetting",
)
# Words in the reader's language, and the template engine that sets a printed page.
OF_DJANGO = ("django.utils", "django.template")


def files_of(place: str) -> list[Path]:
    path = ROOT / place
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def is_allowed(name: str) -> bool:
    if is_within(name, "django"):
        return any(is_within(name, package) for package in OF_DJANGO)
    if is_within(name, "caseapp"):
        return any(is_within(name, place.removesuffix(".py").replace("/", ".")) for place in PURE)
    return not is_within(name, "celery")


@pytest.mark.parametrize("place", PURE)
def test_a_pure_module_imports_only_what_is_pure(place):
    files = files_of(place)
    assert files
    found = {f"{path.relative_to(ROOT)}: {name}" for path in files for name in imports_of(path) if not is_allowed(name)}
    assert found == set()


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("django.db.models", False),
        ("django.conf.settings", False),
        ("django.utils.translation.gettext", True),
        ("caseapp.library.models.Source", False),
        ("caseapp.library.excerpts.anchors.find", True),
        ("celery.shared_task", False),
        ("weasyprint.HTML", True),
    ],
)
def test_what_counts_as_pure(name, allowed):
    assert is_allowed(name) is allowed
