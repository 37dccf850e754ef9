"""The print templates: Django's template engine alone, with escaping on and no settings."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template import Context, Engine

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "packets" / "print"
_ENGINE = Engine(dirs=[str(FOLDER)], autoescape=True)


def page_html(name: str, context: Mapping[str, Any]) -> str:
    """Numbers are written as in code, whatever the language of the person who builds: they are measures in styles."""
    return str(_ENGINE.get_template(f"{name}.html").render(Context(dict(context), use_l10n=False)))


def fingerprint() -> str:
    """One hash over every print template."""
    digest = sha256()
    for path in sorted(FOLDER.glob("*.html")):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
