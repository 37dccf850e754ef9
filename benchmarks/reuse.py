"""One report told many times: how many tellings are found, how many false ones, and what one more source costs.

    python -m benchmarks.reuse found ROOM                    precision and recall on benchmarks/reuse_texts
    python -m benchmarks.reuse kept-apart ROOM               false links on benchmarks/reuse_decoys.txt
    python -m benchmarks.reuse named ROOM                    precision and recall of whose report a sentence names
    python -m benchmarks.reuse fill ROOM [--captures N]      a library of N captures in the index
    python -m benchmarks.reuse add ROOM                      one source more is compared with all of them

All texts are invented. Each prints what it saw as JSON in its last line. DATABASE_URL, where it is set, names an empty
PostgreSQL database; otherwise the library is an SQLite file in ROOM.
"""

import argparse
import json
import os
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import django

TEXTS = Path(__file__).parent / "reuse_texts"
ATTRIBUTIONS = Path(__file__).parent / "reuse_attributions.txt"
DECOYS = Path(__file__).parent / "reuse_decoys.txt"
KINDS = ("reprint", "quotation", "paraphrase", "translation")
CAPTURES = 100_000
SEEN = 12
"""The first twelve families were there when the thresholds were set."""
ARTICLES = 1_000
AT_ONCE = 2_000
WORDS = 20_000
NAMES, FINGERPRINTS = 45, 180
"""As an article of 800 words has them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["found", "kept-apart", "named", "fill", "add"])
    parser.add_argument("room", type=Path)
    parser.add_argument("--captures", type=int, default=CAPTURES)
    options = parser.parse_args()
    _set_up(options.room)
    told = {"found": _found, "kept-apart": _kept_apart, "named": _named, "fill": _fill, "add": _add}[options.what](
        options
    )
    print(json.dumps(told))


def _set_up(room: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "caseapp.settings",
        "DATA_DIR": str(room.resolve()),
        "CELERY_BROKER_URL": "filesystem://localhost",
        "SECRET_KEY": "a key that only these measurements use, and long enough to pass the check of keys",
    }
    room.mkdir(parents=True, exist_ok=True)
    django.setup()


def families() -> dict[str, dict[str, str]]:
    """Of each family its texts by kind: those that were written, and two that are made of the original."""
    found = {}
    for path in sorted(TEXTS.glob("*.txt")):
        parts = re.split(r"^== (\w+)\n", path.read_text(), flags=re.MULTILINE)[1:]
        texts = {kind: text.strip() for kind, text in zip(parts[::2], parts[1::2], strict=True)}
        original, frame = texts["original"], texts.pop("frame")
        found[path.stem] = texts | {"reprint": _reprint(original), "quotation": _quotation(original, frame)}
    return found


def _reprint(text: str) -> str:
    """As an editor of another paper leaves it: the second and the third paragraph joined, a sentence cut, American
    spelling, no accents, curly quotes, a dateline and a line of its own."""
    first, second, third, *rest = text.split("\n\n")
    second = " ".join(re.split(r"(?<=\.) ", second)[:-1]) or second
    text = "\n\n".join([f"SAN TELMO — {first}", f"{second} {third}", *rest])
    for old, new in (
        ("harbour", "harbor"),
        ("neighbour", "neighbor"),
        ("aeroplane", "airplane"),
        ("per cent", "percent"),
        ("metres", "meters"),
    ):
        text = text.replace(old, new)
    text = text.translate(str.maketrans("áéíóúñ", "aeioun"))
    text = re.sub('"([^"]+)"', r"“\1”", text)
    return f"{text}\n\nSubscribe for more stories from abroad."


def _quotation(text: str, frame: str) -> str:
    """Another article, of which only a quotation is from this one."""
    before, after = frame.split("\n")
    second = text.split("\n\n")[1]
    return f"{before}\n\nThe Valdoria Gazette reported: {second}\n\n{after}"


def _found(_options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command

    from caseapp.library.models import Link
    from caseapp.library.origins.matching import compare_capture

    call_command("migrate", verbosity=0)
    kind_of = {}
    for family, texts in families().items():
        for kind, text in texts.items():
            source = _source(f"{family} {kind}", text, kind)
            kind_of[source.pk] = (family, kind)
            compare_capture(source.capture.pk)
    linked = {(link.one_id, link.other_id): link for link in Link.objects.all()}
    wanted = {
        pair
        for pair in combinations(kind_of, 2)
        if kind_of[pair[0]][0] == kind_of[pair[1]][0] and not {kind_of[pk][1] for pk in pair} & {"decoy", "rival"}
    }
    return {
        "texts": len(kind_of),
        "unseen": _of_unseen(kind_of, wanted, linked.keys()),
        "by_kind": _recall(kind_of, wanted, linked.keys()),
        "true": len(wanted & linked.keys()),
        "wanted": len(wanted),
        "false": len(linked.keys() - wanted),
        "precision": round(len(wanted & linked.keys()) / max(len(linked), 1), 3),
        "recall": round(len(wanted & linked.keys()) / len(wanted), 3),
        "kinds_told": {
            kind: Counter(
                linked[pair].kind
                for pair in wanted & linked.keys()
                if {kind_of[pk][1] for pk in pair} == {"original", kind}
            )
            for kind in KINDS
        },
        "missed": [_pair(kind_of, pair) for pair in sorted(wanted - linked.keys())],
        "mistaken": [_pair(kind_of, pair) for pair in sorted(linked.keys() - wanted)],
    }


@dataclass(frozen=True)
class Decoys:
    """Two texts that share topic, place and people and are not one report. `kind` says what they are instead: reports
    of two events, of one event and what followed, two papers' own reports of one event, or two texts with the same
    paragraph on the country or on a body."""

    number: str
    kind: str
    languages: tuple[str, str]
    texts: tuple[str, str]

    @property
    def is_foreign(self) -> bool:
        return len(set(self.languages)) == 2


def decoys() -> list[Decoys]:
    parts = re.split(r"^== (\d+) (\w+) \w+ (\w+)\n", DECOYS.read_text(), flags=re.MULTILINE)[1:]
    rows = list(zip(parts[::4], parts[1::4], parts[2::4], map(str.strip, parts[3::4]), strict=True))
    return [
        Decoys(number, kind, (language, its_language), (text, its_text))
        for (number, kind, language, text), (_number, _kind, its_language, its_text) in zip(
            rows[::2], rows[1::2], strict=True
        )
    ]


def _kept_apart(_options: argparse.Namespace) -> dict[str, Any]:
    """All of them in one library, so that each may be mistaken for every other."""
    from django.core.management import call_command

    from caseapp.library.models import Link
    from caseapp.library.origins.matching import compare_capture

    call_command("migrate", verbosity=0)
    pairs = decoys()
    for pair in pairs:
        for place, (text, language) in enumerate(zip(pair.texts, pair.languages, strict=True)):
            title = f"{pair.number} {pair.kind} {'one' if place == 0 else 'other'}"
            compare_capture(_source(title, text, title, language).capture.pk)
    return {
        "pairs": len(pairs),
        "of_a_kind": Counter(pair.kind for pair in pairs),
        "in_two_languages": sum(pair.is_foreign for pair in pairs),
        "false": [f"{link.one.title} ~ {link.other.title}: {link.kind} {link.score}" for link in Link.objects.all()],
    }


def sentences() -> list[tuple[str, str]]:
    """(whose report it repeats, the sentence); "" where it names nobody."""
    lines = (line.partition(" | ") for line in ATTRIBUTIONS.read_text().splitlines() if not line.startswith("#"))
    return [("" if name == "–" else name, sentence) for name, _mark, sentence in lines]


def _named(_options: argparse.Namespace) -> dict[str, Any]:
    from caseapp.library.reuse.attributions import attributions_of

    found = [
        (name, sentence, {one.name for one in attributions_of(sentence, 0, len(sentence))})
        for name, sentence in sentences()
    ]
    told = sum(len(names) for _name, _sentence, names in found)
    right = sum(name in names for name, _sentence, names in found if name)
    wanted = sum(bool(name) for name, _sentence, _names in found)
    return {
        "sentences": len(found),
        "precision": round(right / told, 3),
        "recall": round(right / wanted, 3),
        "mistaken": [(sentence, sorted(names)) for name, sentence, names in found if names - {name}],
        "missed": [sentence for name, sentence, names in found if name and name not in names],
    }


def _of_unseen(kind_of: dict[int, tuple[str, str]], wanted: set[tuple[int, int]], linked: Any) -> dict[str, Any]:
    """The families that were written after the thresholds had been set, and changed none."""
    unseen = {pk for pk, (family, _kind) in kind_of.items() if int(family[:2]) > SEEN}
    pairs, found = {one for one in wanted if unseen & {*one}}, {one for one in linked if unseen & {*one}}
    return {"by_kind": _recall(kind_of, pairs, linked), "false": len(found - pairs)}


def _source(title: str, text: str, kind: str, language: str = "en") -> Any:
    from django.utils import timezone

    from caseapp.library.keeping.sources import SourceDetails, add_source
    from caseapp.library.models import Method

    details = SourceDetails(
        title=title,
        publisher="The Valdoria Gazette" if kind == "original" else f"The {kind.title()} Paper {title[:2]}",
        language="es" if kind == "translation" else language,
    )
    return add_source(
        by=None, details=details, original=text.encode(), name="", method=Method.PASTED, now=timezone.now()
    )


def _recall(kind_of: dict[int, tuple[str, str]], wanted: set[tuple[int, int]], linked: Any) -> dict[str, str]:
    """Pairs of an original and a telling of it, and pairs of two tellings."""
    told = {}
    for kind in (*KINDS, "two tellings"):
        pairs = {
            pair
            for pair in wanted
            if {kind_of[pk][1] for pk in pair} == {"original", kind}
            or (kind == "two tellings" and "original" not in {kind_of[pk][1] for pk in pair})
        }
        told[kind] = f"{len(pairs & linked)}/{len(pairs)}"
    return told


def _pair(kind_of: dict[int, tuple[str, str]], pair: tuple[int, int]) -> str:
    return " ~ ".join(" ".join(kind_of[pk]) for pk in pair)


def _fill(options: argparse.Namespace) -> dict[str, Any]:
    """The first captures are articles; to the others, which are there for their number, chance gives fingerprints as an
    article has them. Names and set phrases are as unevenly spread as in a language, so many are at the cap."""
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    _make_quick(connection)
    random, holders = Random("library"), Counter[int]()
    texts = [article(Random(f"article {number}")) for number in range(ARTICLES)]
    began, count = time.process_time(), 0
    for first in range(0, options.captures, AT_ONCE):
        with transaction.atomic():
            captures = _captures(texts, range(first, min(first + AT_ONCE, options.captures)))
            rows = [
                (value, capture.pk)
                for number, capture in enumerate(captures, start=first)
                for value in _under_the_cap(_values(random, texts, number), holders)
            ]
            _write(connection, rows)
        count += len(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "database": connection.vendor,
        "captures": options.captures,
        "fingerprints": count,
        "fingerprints_at_the_cap": sum(number >= 64 for number in holders.values()),
        "cpu": time.process_time() - began,
        "index_bytes_a_capture": round(_size(connection) / options.captures),
    }


def _make_quick(connection: Any) -> None:
    """Only while it is filled: what is lost in a crash is made again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -600000")


def _captures(texts: list[str], numbers: range) -> list[Any]:
    from django.utils import timezone

    from caseapp.library.models import Capture, Comparison, ComparisonStatus, Source
    from caseapp.library.origins.matching import WAY

    sources = Source.objects.bulk_create([Source(title=f"Article {n}", publisher=f"Paper {n % 800}") for n in numbers])
    captures = Capture.objects.bulk_create(
        [_capture(source, texts[number % ARTICLES]) for source, number in zip(sources, numbers, strict=True)]
    )
    done = {"status": ComparisonStatus.DONE, "way": WAY, "finished_at": timezone.now()}
    Comparison.objects.bulk_create([Comparison(capture=capture, **done) for capture in captures])
    return captures


def _capture(source: Any, text: str) -> Any:
    from caseapp.library.models import Capture

    return Capture(
        source=source,
        method="imported",
        original_sha256="0" * 64,
        text_sha256="0" * 64,
        original_size=len(text),
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        article_end=len(text),
    )


def _values(random: Random, texts: list[str], number: int) -> set[int]:
    from caseapp.library.reuse import fingerprints
    from caseapp.library.reuse.alignment import Text
    from caseapp.library.reuse.signs import signs_of

    if number < ARTICLES:
        text = Text.of(texts[number])
        return fingerprints.of_words(text.words.forms) | fingerprints.of_signs(signs_of(text))
    names = {_sign(_name(random)) for _ in range(NAMES)}
    return names | {random.getrandbits(48) for _ in range(FINGERPRINTS)}


@cache
def _sign(name: str) -> int:
    from caseapp.library.reuse.fingerprints import number_of

    return number_of(f"name:{name.lower()}")


def _under_the_cap(values: set[int], holders: Counter[int]) -> Iterator[int]:
    from caseapp.library.origins.matching import MOST_HOLDERS

    for value in values:
        if holders[value] < MOST_HOLDERS:
            holders[value] += 1
            yield value


def _write(connection: Any, rows: list[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY library_fingerprint (value, capture_id) FROM STDIN") as copy:
                for row in sorted(rows):
                    copy.write_row(row)
        else:
            statement = "INSERT INTO library_fingerprint (value, capture_id) VALUES (%s, %s)"
            cursor.executemany(statement, sorted(rows))


def article(random: Random) -> str:
    """Some 800 words with names in it, and the line that every article ends with."""
    paragraphs = [_paragraph(random) for _ in range(11)]
    paragraphs.append("Our journalism is free because readers such as you help to pay for it with a small gift.")
    return "\n\n".join(paragraphs)


def _paragraph(random: Random) -> str:
    words = [_word(random) for _ in range(68)]
    for place in (9, 23, 37, 51):
        words.insert(place, _name(random))
    return " ".join(words).capitalize().replace(" n", " N") + "."


def _word(random: Random) -> str:
    """Few words are much of a text, as in a language."""
    return _lettered(random.randrange(40 if random.random() < 0.4 else WORDS))


def _name(random: Random) -> str:
    return f"N{_lettered(int(40_000 * random.random() ** 3))}"


def _lettered(number: int) -> str:
    return "w" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _add(_options: argparse.Namespace) -> dict[str, Any]:
    """Each repeats three paragraphs of an article in the library and has the line of all; the rest is its own."""
    from django.db import connection

    from caseapp.library.models import Capture, Source
    from caseapp.library.origins.matching import compare

    costs, links = [], []
    for turn in range(9):
        paragraphs = article(Random(f"new {turn} {time.time_ns()}")).split("\n\n")
        paragraphs[2:5] = article(Random(f"article {turn * 10 + 100}")).split("\n\n")[4:7]
        pk = _source(f"New {turn}", "\n\n".join(paragraphs), "original").capture.pk
        began = time.process_time()
        capture = Capture.objects.select_related("source").get(pk=pk)
        links.append(len(compare(capture, now=capture.captured_at)))
        costs.append(time.process_time() - began)
    return {
        "database": connection.vendor,
        "sources": Source.objects.count(),
        "cpu_of_one": sorted(costs)[len(costs) // 2],
        "cpu_of_the_worst": max(costs),
        "links": links,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _size(connection: Any) -> int:
    """Bytes of the fingerprints with all that finds them."""
    sizes = {
        "postgresql": "SELECT pg_total_relation_size('library_fingerprint')",
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%library_fingerprint%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(sizes[connection.vendor])
        return int(cursor.fetchone()[0] or 0)


if __name__ == "__main__":
    main()
