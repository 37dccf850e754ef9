"""Golden citations: what each style makes of the sources that packets are made of."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import get_args

import pytest

from caseapp.forums import FORUMS
from caseapp.forums.profile import CitationStyle
from caseapp.library import citing
from caseapp.library.citing import Facts, Run, citation, plain_words

STYLES = get_args(CitationStyle)
NEWS = Facts(
    title="Officers killed off duty: the toll in “red zones” of the north",
    publisher="Example Daily",
    author="A. Reporter",
    published_on="2026-09-12",
    url="https://news.example/a?b=1&c=2",
    accessed_on="2026-10-01",
    kind="news",
)
REPORT = Facts(
    title="2023 country report on human rights practices: Honduras",
    publisher="U.S. Department of Examples",
    published_on="2024-04-22",
    url="https://state.example/report",
    kind="government",
)
SPANISH = Facts(
    title="Informe anual sobre la policía y los derechos humanos",
    publisher="Comisión Nacional",
    published_on="2025",
    url="https://comision.example/informe",
    language="es-HN",
    kind="ngo",
)
ARCHIVE = "https://archive.example/2026/a"


def marked(facts: Facts, style: CitationStyle) -> str:
    """The citation with its italics between underscores."""
    return "".join(f"_{run.text}_" if run.is_italic else run.text for run in citation(facts, style))


GOLDEN = [
    (
        NEWS,
        "A. Reporter, _Officers Killed Off Duty: The Toll in “Red Zones” of the North_, Example Daily "
        "(Sept. 12, 2026), https://news.example/a?b=1&c=2 (on file with counsel)",
        "A Reporter, ‘Officers Killed Off Duty: The Toll in “Red Zones” of the North’ _Example Daily_ "
        "(12 September 2026) <https://news.example/a?b=1&c=2> accessed 1 October 2026",
        "A Reporter, “Officers killed off duty: the toll in ‘red zones’ of the north”, _Example Daily_ "
        "(12 September 2026), online: <https://news.example/a?b=1&c=2>",
    ),
    (
        replace(NEWS, title="The toll", author="", published_on="", archive_url=ARCHIVE),
        f"_The Toll_, Example Daily, https://news.example/a?b=1&c=2 (last visited Oct. 1, 2026) [{ARCHIVE}]",
        f"‘The Toll’ _Example Daily_ <https://news.example/a?b=1&c=2> accessed 1 October 2026, archived at <{ARCHIVE}>",
        f"“The toll”, _Example Daily_, online: <https://news.example/a?b=1&c=2> [{ARCHIVE}]",
    ),
    (
        replace(NEWS, title="The toll", url="", published_on="2026-09", accessed_on=""),
        "A. Reporter, _The Toll_, Example Daily (Sept. 2026) (on file with counsel)",
        "A Reporter, ‘The Toll’ _Example Daily_ (September 2026)",
        "A Reporter, “The toll”, _Example Daily_ (September 2026)",
    ),
    (
        REPORT,
        "U.S. Department of Examples, _2023 Country Report on Human Rights Practices: Honduras_ (Apr. 22, 2024), "
        "https://state.example/report (on file with counsel)",
        "US Department of Examples, ‘2023 Country Report on Human Rights Practices: Honduras’ (22 April 2024) "
        "<https://state.example/report>",
        "_2023 country report on human rights practices: Honduras_ (U.S. Department of Examples, 22 April 2024) "
        "online: <https://state.example/report>",
    ),
    (
        replace(REPORT, title="The police", author="Jane Q. Doe"),
        "Jane Q. Doe, _The Police_, U.S. Department of Examples (Apr. 22, 2024), https://state.example/report "
        "(on file with counsel)",
        "Jane Q Doe, ‘The Police’ (_US Department of Examples_, 22 April 2024) <https://state.example/report>",
        "_The police_, by Jane Q Doe (U.S. Department of Examples, 22 April 2024) "
        "online: <https://state.example/report>",
    ),
    (
        SPANISH,
        "Comisión Nacional, _Informe anual sobre la policía y los derechos humanos_ (2025), "
        "https://comision.example/informe (on file with counsel)",
        "Comisión Nacional, ‘Informe anual sobre la policía y los derechos humanos’ (2025) "
        "<https://comision.example/informe>",
        "_Informe anual sobre la policía y los derechos humanos_ (Comisión Nacional, 2025) "
        "online: <https://comision.example/informe>",
    ),
    (
        Facts(title="INS v. Cardoza-Fonseca <after> thirty years & more, 2nd ed.", author="Sin Autor"),
        "Sin Autor, _INS v. Cardoza-Fonseca <After> Thirty Years & More, 2nd Ed._ (on file with counsel)",
        "Sin Autor, ‘INS v. Cardoza-Fonseca <After> Thirty Years & More, 2nd Ed.’",
        "Sin Autor, “INS v. Cardoza-Fonseca <after> thirty years & more, 2nd ed.”",
    ),
    (
        Facts(title="The toll."),
        "_The Toll_ (on file with counsel)",
        "‘The Toll’",
        "“The toll”",
    ),
]


@pytest.mark.parametrize(("facts", "bluebook", "oscola", "mcgill"), GOLDEN)
def test_each_style_cites_as_its_lawyers_do(facts, bluebook, oscola, mcgill):
    assert {style: marked(facts, style) for style in STYLES} == {
        "bluebook": bluebook,
        "oscola": oscola,
        "mcgill": mcgill,
    }


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_that_a_person_typed_stands_before_the_style(style):
    typed = replace(NEWS, typed="Rafiq,  *A Title* (2d ed. 2020), at *passim*.")
    assert citation(typed, style) == (
        Run("Rafiq, "),
        Run("A Title", is_italic=True),
        Run(" (2d ed. 2020), at "),
        Run("passim", is_italic=True),
        Run("."),
    )
    assert citation(replace(NEWS, typed="   "), style) == citation(NEWS, style)
    assert plain_words(citation(replace(NEWS, typed="2 * 3 * 4*"), style)) == "2 * 3 * 4*"


@pytest.mark.parametrize("style", STYLES)
def test_odd_facts_end_as_a_citation_too(style):
    for title in ("\ufdd0\ufdd1", "…", "  a\u00a0 \n b ", "<i>x</i>", "&lt;", "%s {0}", "x" * 500, "مصر", ". . ."):
        cited = citation(Facts(title=title, author="\ufdd1", publisher="*", kind="news"), style)
        assert plain_words(cited).strip()
        assert not set("\ufdd0\ufdd1\n") & set(plain_words(cited))
    assert plain_words(citation(Facts(title="\ufdd0"), style)).strip("‘’“”").startswith("[Untitled]")


def test_what_was_cited_before_and_on_which_thread_changes_nothing():
    """citeproc writes into a style's tree while it cites."""
    wanted = [(facts, style) for facts, *_ in GOLDEN for style in STYLES] * 3
    alone = [marked(*pair) for pair in wanted]
    citation.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda pair: marked(*pair), reversed(wanted))) == alone[::-1]


def test_every_forum_has_a_style_that_cites():
    for forum in FORUMS.values():
        assert "Example Daily" in plain_words(citation(NEWS, forum.citation_style))


def test_the_style_files_are_those_that_were_taken_in():
    from pathlib import Path

    folder = Path(citing.__file__).parent / "styles"
    recorded = dict(re.findall(r"`([a-z-]+\.csl)` \| `([0-9a-f]{64})`", (folder / "VENDORED.md").read_text()))
    assert recorded == {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.csl"))}
    assert len(recorded) == 3
    assert all("by-sa/3.0" in path.read_text() for path in folder.glob("*.csl"))
