"""How long the lists of the library take at 100,000 excerpts, on the database of DATABASE_URL.

    DATA_DIR=/tmp/search-bench python -m benchmarks.search build
    DATA_DIR=/tmp/search-bench python -m benchmarks.search ask

`build` fills an empty database with invented sources: words are drawn with the frequencies of real prose (Zipf), from a
vocabulary made of syllables and the words that the questions ask for. `ask` renders each page whole, in this process,
through Django's test client: views, queries and template, without the web server. Beside the time that passed stands
the processor time of this process, in which SQLite works too, and, where it runs on this machine, of the process of
PostgreSQL that answers it. Where other work keeps the machine busy, only the processor time can be compared.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import django

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

EXCERPTS = int(os.environ.get("EXCERPTS", "100000"))
OF_A_SOURCE = 20
PIECES = 12  # pieces of text of a source, so that texts are found too
IN_FAMILIES, OF_A_FAMILY = 0.3, 4  # how many of the sources repeat a report, and of a report how many do
IN_DOUBT = 0.05  # for how many of the sources somebody has yet to say whether they tell the report of another
ROUNDS = int(os.environ.get("ROUNDS", "3"))
COMMON = """
    the of and to in a that was for with on by it as his at from had they were this which their been not but
    police state government officers report country year women men people court law said case family home city
""".split()
ASKED_FOR = """
    gang file gangs weapon rifle murder threat extortion witness protection MS-13 Mira Díaz policía pandilla corruption
    impunity military prison disappeared journalist election testimony bribe
""".split()
COUNTRIES = ("SV", "HN", "GT", "MX", "NI", "VE", "CO", "HT", "CU", "EC")
KINDS = ("government", "intergovernmental", "ngo", "news", "academic", "expert")
QUESTIONS = (
    "",
    "q=gang",
    "q=the",
    "q=the+file",
    "q=%22the+file%22",
    "q=mira+diaz",
    "q=Mira+D%C3%ADaz",
    "q=MS-13",
    "q=MS13",
    "q=ms+13",
    "q=gangs+weapon",
    "q=policia",
    "q=pandillas",
    "q=police+officers",
    "q=%22police+officers%22",
    "q=gang+-police",
    "q=-gang",
    "q=gang*",
    "q=prot*",
    "q=witness+protection",
    "q=%22witness+protection%22+-corruption",
    "q=theme:off-duty-killings",
    "q=gang+theme:weapon-rules",
    "q=gang+country:SV",
    "q=gang+publisher:paper+after:2015",
    "q=before:2000",
    "q=adverse:yes+threat",
    "q=nosuchword",
    "theme=weapon-rules",
    "theme=-weapon-rules",
    "country=SV",
    "country=SV&kind=ngo",
    "state=approved&adverse=yes",
    "year=2019",
    "q=murder&country=-SV&theme=off-duty-killings",
    "q=extortion&sort=title",
    "sort=published",
    "q=impunity&page=3",
    "page=40",
    "q=bribe+testimony+election",
    "sort=origin",
    "q=gang&sort=origin",
)


# The pages of the two lists, and the values of two facets of each, which are asked for when a menu is opened.
LISTS = {
    "sources": "/sources/?",
    "passages": "/excerpts/?",
    "themes of sources": "/sources/facets/theme/?",
    "publishers of sources": "/sources/facets/publisher/?",
    "themes of passages": "/sources/facets/theme/?of=passages&",
    "publishers of passages": "/sources/facets/publisher/?of=passages&",
}


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

    from caseapp.library.keeping.searching import rebuild_search
    from caseapp.library.models import Excerpt, Theme

    call_command("migrate", verbosity=0)
    words = Words(random.Random(13))
    themes = list(Theme.objects.values_list("pk", flat=True))
    themes += [
        Theme.objects.create(name=f"Theme {n}", slug=f"theme-{n}", parent_id=themes[n % 3]).pk for n in range(37)
    ]
    began = time.perf_counter()
    for first in range(0, EXCERPTS // OF_A_SOURCE, 500):
        add_sources(words, themes, first, min(500, EXCERPTS // OF_A_SOURCE - first))
    tell_again(random.Random(21))
    filled = time.perf_counter()
    entries = rebuild_search()
    print(
        json.dumps(
            {
                "excerpts": Excerpt.objects.count(),
                "entries": entries,
                "filled_s": round(filled - began, 1),
                "indexed_s": round(time.perf_counter() - filled, 1),
            }
        )
    )


class Words:
    """Invented prose."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "on")]
        rare = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _number in range(30_000)}
        self.known = [*COMMON, *ASKED_FOR, *sorted(rare)]
        self.weights = []
        for rank in range(1, len(self.known) + 1):
            self.weights.append((self.weights[-1] if self.weights else 0) + 1 / (rank + 2.7))

    def some(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(self.known, cum_weights=self.weights, k=self.chance.randint(least, most)))


def add_sources(words: Words, themes: list[int], first: int, count: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from caseapp.library.models import Capture, Excerpt, Method, Source
    from caseapp.library.queries import Tagging

    chance = words.chance
    with transaction.atomic():
        sources = Source.objects.bulk_create(
            Source(
                title=words.some(5, 12),
                publisher=f"Paper {chance.randint(1, 300)}",
                country=chance.choice(COUNTRIES),
                kind=chance.choice(KINDS),
                language=chance.choices(("en", "es", "fr"), (6, 3, 1))[0],
                published_on=f"{chance.randint(1990, 2026)}-{chance.randint(1, 12):02}",
            )
            for _number in range(count)
        )
        passages = [[words.some(25, 70) for _place in range(OF_A_SOURCE)] for _source in sources]
        texts = ["\n\n".join([*some, *(words.some(60, 110) for _piece in range(PIECES))]) for some in passages]
        captures = Capture.objects.bulk_create(
            Capture(
                source=source,
                method=Method.PASTED,
                original_sha256="0" * 64,
                original_size=len(text),
                media_type="text/plain",
                encoding="utf-8",
                text=text,
                text_sha256="0" * 64,
                article_start=sum(map(len, some)) + 2 * len(some),
                article_end=len(text),
            )
            for source, text, some in zip(sources, texts, passages, strict=True)
        )
        made, now = [], timezone.now()
        for capture, some in zip(captures, passages, strict=True):
            place = 0
            for quote in some:
                adverse = chance.random() < 0.06
                made.append(
                    Excerpt(
                        capture=capture,
                        start=place,
                        end=place + len(quote),
                        quote=quote,
                        is_adverse=adverse,
                        created_at=now,
                    )
                )
                place += len(quote) + 2
        excerpts = Excerpt.objects.bulk_create(made, batch_size=1000)
        Tagging.objects.bulk_create(
            (
                Tagging(excerpt_id=excerpt.pk, theme_id=theme)
                for excerpt in excerpts
                for theme in chance.sample(themes, k=chance.choices((1, 2, 3), (6, 3, 1))[0])
            ),
            batch_size=2000,
        )


def tell_again(chance: random.Random) -> None:
    """Some of the sources are of one origin with others, and of some nobody has decided it."""
    from caseapp.library.models import Capture, Link, LinkKind, Origin, Source

    ids = list(Source.objects.order_by("pk").values_list("pk", flat=True))
    retold = chance.sample(ids, k=int(len(ids) * IN_FAMILIES))
    origins = Origin.objects.bulk_create(Origin(name=f"Agency {n}") for n in range(1 + len(retold) // OF_A_FAMILY))
    told = [Source(pk=pk, origin=chance.choice(origins)) for pk in retold]
    Source.objects.bulk_update(told, ["origin"], batch_size=500)
    capture_of = dict(Capture.objects.values_list("source_id", "pk"))
    pairs = {tuple(sorted(chance.sample(ids, k=2))) for _number in range(int(len(ids) * IN_DOUBT))}
    Link.objects.bulk_create(
        Link(
            one_id=one,
            other_id=other,
            one_capture_id=capture_of[one],
            other_capture_id=capture_of[other],
            kind=LinkKind.RETELLING,
            score=chance.randint(50, 99),
            share_one=0,
            share_other=0,
        )
        for one, other in sorted(pairs)
    )


def ask() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from caseapp.accounts.models import User
    from caseapp.accounts.roles import Role

    person, _made = User.objects.get_or_create(email="bench@example.org", defaults={"name": "B", "role": Role.LAWYER})
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    results: dict[tuple[str, str], Answer] = {}
    work_done = work_of(connection)
    for name, address in LISTS.items():
        sent = {"HX-Request": "true"} if "facets" in address else {}
        client.get(address, headers=sent)
        for question in QUESTIONS:
            taken, worked = [], []
            for _round in range(ROUNDS):
                began, began_work = time.perf_counter(), work_done()
                response = client.get(address + question, headers=sent)
                taken.append((time.perf_counter() - began) * 1000)
                worked.append((work_done() - began_work) * 1000)
                if response.status_code != 200:
                    raise SystemExit(f"{address}{question}: {response.status_code}")
            with CaptureQueriesContext(connection) as queries:
                client.get(address + question, headers=sent)
            queried = sum(float(query["time"]) for query in queries) * 1000
            results[name, question] = Answer(statistics.median(taken), statistics.median(worked), queried, len(queries))
    report(connection.vendor, results)


def work_of(connection: "BaseDatabaseWrapper") -> Callable[[], float]:
    """Seconds of processor time, of this process and of the one of PostgreSQL that works for it on this machine."""
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # what others work could not be counted
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + (int(told.read_text().split()[0]) / 1e9 if told.exists() else 0)


class Answer(NamedTuple):
    passed_ms: float
    worked_ms: float
    queried_ms: float
    queries: int


def report(vendor: str, results: dict[tuple[str, str], Answer]) -> None:
    for (name, question), answer in sorted(results.items(), key=lambda row: -row[1].passed_ms):
        print("{:8.1f} ms {:8.1f} ms worked {:8.1f} ms in {} queries".format(*answer), name, question, file=sys.stderr)
    of_lists = {
        name: _summed([answer for (of_list, _question), answer in results.items() if of_list == name]) for name in LISTS
    }
    print(json.dumps({"database": vendor, "questions": len(QUESTIONS), "lists": of_lists}))


def _summed(answers: list[Answer]) -> dict[str, float]:
    summed = {}
    for measure in ("passed_ms", "worked_ms"):
        times = sorted(getattr(answer, measure) for answer in answers)
        summed[f"median_{measure}"] = round(statistics.median(times), 1)
        summed[f"p95_{measure}"] = round(times[min(len(times) - 1, round(0.95 * len(times)))], 1)
    return summed


if __name__ == "__main__":
    main(*islice(sys.argv, 1, 2))
