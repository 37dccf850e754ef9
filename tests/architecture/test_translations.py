"""Spanish is whole: every sentence is translated, the compiled file is what the program would read from the source
file, and no page mixes the two languages."""

import ast
import datetime as dt
import gettext
import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import formats, translation

from caseapp.forums import FORUMS
from caseapp.intake.readers import NOTICES, sentence_of
from caseapp.intake.readers.text import DirectionControls, LongLine
from caseapp.library.models import Theme
from tests.architecture.test_every_url import PEOPLE, ROWS, address, seen, world  # noqa: F401 (a fixture)
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "locale" / "es" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?("(?:[^"\\]|\\.)*")')

# What a page in the other language never says, whole words, in this writing.
ENGLISH = (
    *(
        "Save",
        "Cancel",
        "Sources",
        "Themes",
        "Cases",
        "Packets",
        "Evidence",
        "Remove",
        "Edit",
        "Add",
        "Search",
        "Close",
    ),
    *("Sign in", "Sign out", "Title", "Publisher", "Language", "Country", "Hearing", "Team", "History", "Excerpts"),
    *("the", "and", "with", "of", "is", "was", "not", "you", "your", "this", "from"),
)
SPANISH = (
    *("Guardar", "Cancelar", "Fuentes", "Temas", "Casos", "Paquetes", "Pruebas", "Quitar", "Editar", "Agregar"),
    *("Buscar", "Cerrar", "Iniciar", "Título", "Idioma", "País", "Audiencia", "Equipo", "Historial", "Extractos"),
    *("el", "los", "las", "con", "del", "para", "una", "este", "usted"),
)
# English on a Spanish page that belongs there: what people wrote, what is printed, and names.
WRITTEN = (
    *("Officers killed at home", "A law that was never passed", "The Example Herald", "Country conditions", "A court"),
    "Two officers were shot at home while off duty. Neighbours said that no patrol came until morning.",
    *("The bill to protect officers lapsed again.", "Weapons stay in the barracks."),
    "Shows that the state does not protect.",
    *("Immigration Court Practice Manual", "(on file with counsel)", "Matter of W-G-R-", "para 339L", "Declaration"),
    *(
        "Matter of Fuentes",
        "District of Columbia",
        "Nobody of the team could be reached.",
        "Ask for the report.",
        "look at this",
    ),
)


@dataclass(frozen=True)
class Entry:
    """`key` is the sentence as gettext looks it up: where one word means two things, with the one that is meant."""

    key: str
    msgid: str
    plural: str
    said: tuple[str, ...]
    is_fuzzy: bool


def entries(po: str) -> Iterator[Entry]:
    """The messages of a .po file, its header among them under the empty msgid."""
    for block in re.split(r"\n\n+", po.strip()):
        found: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            match = LINE.fullmatch(line)
            assert match, line
            name = match[1] or name
            found[name] = found.get(name, "") + ast.literal_eval(match[2])
        said = tuple(found[name] for name in sorted(found) if name.startswith("msgstr"))
        is_fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
        key = "\4".join(found[name] for name in ("msgctxt", "msgid") if name in found)
        yield Entry(key, found["msgid"], found.get("msgid_plural", ""), said, is_fuzzy)


@cache
def spanish() -> dict[str, Entry]:
    found = {entry.key: entry for entry in entries((MESSAGES / "django.po").read_text(encoding="utf-8"))}
    del found[""]
    return found


def placeholders(words: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(words))


def test_every_sentence_has_a_translation_that_somebody_looked_at():
    assert len(spanish()) > 800
    unfinished = [entry.msgid for entry in spanish().values() if entry.is_fuzzy or not all(entry.said)]
    assert unfinished == []
    assert [entry.msgid for entry in spanish().values() if len(entry.said) != (2 if entry.plural else 1)] == []


def test_a_translation_holds_the_placeholders_of_its_sentence():
    wrong = []
    for entry in spanish().values():
        for number, said in enumerate(entry.said):
            if placeholders(said) != placeholders(entry.plural if number else entry.msgid):
                wrong.append((entry.msgid, said))
    assert wrong == []


def test_a_translation_keeps_the_spaces_at_its_edges_and_leaves_no_straight_quotes():
    edges = re.compile(r"\A(\s*).*?(\s*)\Z", re.DOTALL)
    assert [
        (entry.msgid, said)
        for entry in spanish().values()
        for said in entry.said
        if edges.match(said).groups() != edges.match(entry.msgid).groups() or "«" in said or '"' in said
    ] == []


def test_no_sentence_holds_an_escape_that_is_collected_otherwise_than_it_is_said():
    """Of `"\\ufffd"` in the code, xgettext makes six letters and Python one: such a sentence is never found."""
    assert [msgid for msgid in spanish() if "\\" in msgid] == []


def test_the_compiled_file_is_the_source_file():
    with (MESSAGES / "django.mo").open("rb") as file:
        catalog = dict(gettext.GNUTranslations(file)._catalog)
    header = catalog.pop("")
    expected = {}
    for entry in spanish().values():
        if entry.plural:
            expected |= {(entry.key, number): said for number, said in enumerate(entry.said)}
        else:
            expected[entry.key] = entry.said[0]
    assert catalog == expected, "run `make messages` and commit locale/"
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in header


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed; `make setup-dev` installs it")
def test_gettext_accepts_the_source_file_and_compiles_it_to_the_same(tmp_path):
    compiled = tmp_path / "django.mo"
    command = ["msgfmt", "--check", "--check-accelerators=&", "-o", str(compiled), str(MESSAGES / "django.po")]
    subprocess.run(command, check=True, capture_output=True)
    assert compiled.read_bytes() == (MESSAGES / "django.mo").read_bytes()


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed; `make setup-dev` installs it")
def test_no_sentence_of_the_program_is_missing_and_none_is_left_over(tmp_path, monkeypatch):
    for folder in ("caseapp", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("static", "__pycache__"))
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["es"], verbosity=0, no_location=True)
    collected = (tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    needed = {(entry.key, entry.plural) for entry in entries(collected) if entry.key}
    assert needed == {(entry.key, entry.plural) for entry in spanish().values()}, "run `make messages`, translate"


def texts_of(page: str) -> list[str]:
    """What a person reads or hears of a page: the words between tags, and those of titles, labels and placeholders.

    Not the text of a source, and not what stands in another language on purpose (the button that chooses it).
    """
    page = re.sub(r"(?s)<(script|style|textarea|template)\b.*?</\1>|<!--.*?-->", " ", page)
    page = re.sub(r"(?s)<(button|option|p|mark|blockquote|q)\b[^>]*\b(?:lang|dir)=.*?</\1>", " ", page)
    spoken = re.findall(
        r'\b(?:aria-label|title|placeholder|alt|data-label|data-[a-z]+-words|data-words)="([^"]*)"', page
    )
    between = re.sub(r"<[^>]*>", "\n", page).split("\n")
    said = (" ".join(html.unescape(words).split()) for words in (*spoken, *between))
    return [words for words in said if words]


def pages(client: Client, everything: dict) -> dict[str, list[str]]:
    shown = {row.name: seen(client, address(row, everything)) for row in ROWS}
    return {
        name: texts_of(page.words)
        for name, page in shown.items()
        if page.headers["Content-Type"].startswith("text/html")
    }


def with_words(found: dict[str, list[str]], words: tuple[str, ...]) -> set[tuple[str, str]]:
    sought = re.compile(rf"\b(?:{'|'.join(words)})\b")
    definitions = Theme.objects.exclude(definition="").values_list("definition", flat=True)
    written = re.compile("|".join(map(re.escape, (*WRITTEN, *definitions))))
    return {(name, text) for name, texts in found.items() for text in texts if sought.search(written.sub("", text))}


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_mixes_the_languages(person, request, as_person):
    everything, user = request.getfixturevalue("world"), request.getfixturevalue(person)
    client, found = as_person(user), {}
    for language in ("en", "es"):
        user.language = language
        user.save()
        found[language] = pages(client, everything)
    assert len(found["es"]) > 10
    assert with_words(found["es"], ENGLISH) == set()
    assert with_words(found["en"], SPANISH) == set()
    differ = {msgid for msgid, entry in spanish().items() if entry.said[0] != msgid} - set(WRITTEN)
    assert {(name, text) for name, texts in found["es"].items() for text in texts if text in differ} == set()


def test_who_is_not_signed_in_is_answered_in_the_browsers_language(client, db):
    shown = client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="es-GT,es;q=0.9,en;q=0.5")
    assert shown.headers["Content-Language"] == "es"


@pytest.mark.parametrize("language", ["en", "es"])
def test_numbers_are_written_alike_in_both_languages(language):
    """Our readers write 1,234.5 in Spanish too; were it 1.234,5, one page would hold both."""
    with translation.override(language):
        assert formats.number_format(1234.5, 1, force_grouping=True) == f"{1234.5:,}"


@pytest.mark.parametrize(("language", "month"), [("en", "Nov"), ("es", "nov")])
def test_days_and_times_have_one_form(language, month):
    at = dt.datetime(2026, 11, 22, 16, 32, tzinfo=dt.UTC)
    with translation.override(language):
        assert {formats.date_format(at, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")} == {f"22 {month} 2026"}
        assert {formats.date_format(at, name) for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")} == {
            f"22 {month} 2026, 16:32"
        }


def test_no_template_has_a_form_of_its_own_for_what_people_read():
    """`c` and `Y-m-d` are for machines: the datetime attribute of a time element."""
    forms = {
        form
        for template in (ROOT / "templates").rglob("*.html")
        for form in re.findall(r"""\|date:["']([^"']+)["']""", template.read_text())
    }
    assert forms <= {"DATE_FORMAT", "DATETIME_FORMAT", "WEEKDAY_FORMAT", "LONG_WEEKDAY_FORMAT", "c", "Y-m-d"}
    assert "DATETIME_FORMAT" in forms, "the pattern finds forms at all"


def test_what_forums_are_called_on_screen_is_translated_and_what_they_print_is_not():
    for forum in FORUMS.values():
        assert {forum.name, *forum.cover_fields} <= set(spanish())
        with translation.override("es"):
            assert forum.name not in {translation.gettext(forum.name), ""}
            assert forum.to_dict()["name"] == forum.name


def built_in(language: str) -> tuple[bytes, bytes]:
    manifest = samples.manifest()
    with translation.override(language):
        finished = finish(manifest)
        return finished.published, finished.volumes[0].path.read_bytes()


def test_a_packet_is_the_same_to_the_byte_whatever_language_its_builder_reads():
    assert built_in("es") == built_in("en")


def test_a_notice_is_kept_in_english_and_said_in_the_readers_language():
    notice = DirectionControls(count=2, lines=(3, 7))
    with translation.override("es"):
        stored = notice.as_dict()
        said = sentence_of({**stored, "lines": list(stored["lines"])})
    assert stored["sentence"].startswith("2 invisible characters can make words appear")
    assert said.startswith("2 caracteres invisibles pueden hacer que las palabras aparezcan")
    assert sentence_of(stored) == stored["sentence"]


@pytest.mark.parametrize("changed", [{"kind": "of another version"}, {"a field": "of another version"}])
def test_a_notice_that_this_version_does_not_know_is_said_as_it_was_kept(changed):
    stored = LongLine(length=200_000, line=1).as_dict() | changed
    with translation.override("es"):
        assert sentence_of(stored) == stored["sentence"]


def test_every_notice_has_its_own_name():
    assert {notice.kind for notice in NOTICES.values()} == set(NOTICES)
    assert len(NOTICES) == 9
