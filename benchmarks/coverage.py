"""How long the coverage of a case with 1,000 passages takes to open, on the database of DATABASE_URL or DATA_DIR.

    DATA_DIR=/tmp/coverage-bench python -m benchmarks.coverage build
    DATA_DIR=/tmp/coverage-bench python -m benchmarks.coverage ask

`build` fills an empty database: a library of LIBRARY passages on one country, most of them approved, with forty themes
that go to show something, cases of 3 and of 1,000 passages, and statements on which these bear. `ask` renders the
matrix, the passages behind a cell and the page to print, in this process: view, queries and
template, without the web server.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

import django

LIBRARY = int(os.environ.get("LIBRARY", "20000"))
CASES = (3, 1000)
STATEMENTS = 200
OF_A_SOURCE = 10
ROUNDS = int(os.environ.get("ROUNDS", "15"))
KINDS = ("government", "intergovernmental", "ngo", "news", "academic", "expert")


def main(what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseapp.settings")
    django.setup()
    from django.conf import settings
    from django.test import override_settings

    # Nobody collected the static files for this.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=settings.STORAGES | plain, WHITENOISE_USE_FINDERS=True, ALLOWED_HOSTS=["*"]):
        {"build": build, "ask": ask}[what]()


def build() -> None:
    from django.core.management import call_command

    from caseapp.accounts.models import User
    from caseapp.accounts.roles import Role
    from caseapp.cases.elements import elements_of
    from caseapp.cases.models import ThemeElement
    from caseapp.library.models import Theme

    call_command("migrate", verbosity=0)
    chance = random.Random(29)
    lawyer, _made = User.objects.get_or_create(email="bench@example.org", defaults={"name": "B", "role": Role.LAWYER})
    keys = [element.key for element in elements_of("eoir")]
    themes = [
        Theme.objects.create(name=f"Theme {n}", slug=f"theme-{n}", stale_after_months=chance.choice([None, 12, 36]))
        for n in range(40)
    ]
    ThemeElement.objects.bulk_create(ThemeElement(theme=one, element=chance.choice(keys)) for one in themes)
    excerpts = [pk for first in range(0, LIBRARY, 2000) for pk in _add_excerpts(chance, themes, lawyer, first)]
    for size in CASES:
        _add_case(chance, lawyer, chance.sample(excerpts, size), keys)
    print(json.dumps({"excerpts": len(excerpts), "cases": CASES}))


def _add_excerpts(chance: random.Random, themes: list[Any], lawyer: Any, first: int) -> list[int]:
    from django.utils import timezone

    from caseapp.library.models import Capture, Excerpt, Origin, Source

    count, now = min(2000, LIBRARY - first), timezone.now()
    origins = [Origin.objects.get_or_create(name=f"Wire {n}")[0] for n in range(50)]
    sources = Source.objects.bulk_create(
        Source(
            title=f"Article {first + n}",
            country="SV",
            kind=chance.choice(KINDS),
            published_on=f"{chance.randint(2018, 2026)}-{chance.randint(1, 12):02}",
            origin=chance.choice([*origins, None, None]),
        )
        for n in range(count // OF_A_SOURCE)
    )
    text = "Officers were attacked on leave. " * 20 * OF_A_SOURCE
    captures = Capture.objects.bulk_create(
        Capture(
            source=source,
            method="pasted",
            original_sha256="0" * 64,
            original_size=len(text),
            media_type="text/plain",
            encoding="utf-8",
            text=text,
            text_sha256="0" * 64,
            article_end=len(text),
        )
        for source in sources
    )
    vetted = {"checked_at": now, "checked_by": lawyer, "approved_at": now, "approved_by": lawyer}
    excerpts = Excerpt.objects.bulk_create(
        Excerpt(
            capture=capture,
            start=place * 660,
            end=place * 660 + 330,
            quote=text[place * 660 : place * 660 + 330],
            is_adverse=chance.random() < 0.1,
            **(vetted if chance.random() < 0.7 else {}),
        )
        for capture in captures
        for place in range(OF_A_SOURCE)
    )
    tagging = Excerpt.themes.through
    tagging.objects.bulk_create(
        tagging(excerpt=excerpt, theme=theme) for excerpt in excerpts for theme in chance.sample(themes, 2)
    )
    return [excerpt.pk for excerpt in excerpts]


def _add_case(chance: random.Random, lawyer: Any, excerpts: list[int], keys: list[str]) -> None:
    from caseapp.cases.models import Bearing, CaseEvidence, Statement
    from caseapp.cases.services.cases import CaseDetails, open_case

    details = CaseDetails(reference=f"BENCH-{len(excerpts)}", client_name="Nobody", country="SV", forum="eoir")
    case = open_case(by=lawyer, details=details)
    evidence = CaseEvidence.objects.bulk_create(
        CaseEvidence(case=case, excerpt_id=pk, position=place) for place, pk in enumerate(excerpts)
    )
    statements = Statement.objects.bulk_create(
        Statement(case=case, position=n, text=f"Statement {n}", element=chance.choice(keys))
        for n in range(min(STATEMENTS, len(excerpts)))
    )
    Bearing.objects.bulk_create(
        Bearing(statement=statement, evidence=item, relation=chance.choice(["supports", "supports", "contradicts"]))
        for statement in statements
        for item in chance.sample(evidence, min(2, len(evidence)))
    )


def ask() -> None:
    from django.db import connection

    from caseapp.accounts.models import User
    from caseapp.cases.models import Case
    from caseapp.cases.views.coverage import case_show, coverage_passages, coverage_summary

    lawyer = User.objects.get(email="bench@example.org")
    pages: dict[str, Callable[[Any, Any], Any]] = {
        "matrix": case_show,
        "passages": lambda request, pk: coverage_passages(request, pk, "us-harm"),
        "summary": coverage_summary,
    }
    told = {}
    for case in Case.objects.order_by("pk"):
        size = case.evidence.count()
        for name, view in pages.items():
            told[f"{name} of {size}"] = _measured(view, case, lawyer)
    print(json.dumps({"database": connection.vendor, "library": LIBRARY, "pages": told}))


def _measured(view: Callable[[Any, Any], Any], case: Any, lawyer: Any) -> dict[str, float]:
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    def render() -> None:
        request = RequestFactory().get(f"/cases/{case.pk}/")
        request.user, request.session = lawyer, {}
        response = view(request, case.pk)
        if response.status_code != 200:
            raise SystemExit(f"{response.status_code}")

    render()
    taken, worked = [], []
    for _round in range(ROUNDS):
        began, began_work = time.perf_counter(), time.process_time()
        render()
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
    with CaptureQueriesContext(connection) as queries:
        render()
    return {
        "median_ms": round(statistics.median(taken), 1),
        "slowest_ms": round(max(taken), 1),
        "worked_ms": round(statistics.median(worked), 1),
        "queries": len(queries),
    }


if __name__ == "__main__":
    main(*islice(sys.argv, 1, 2))
