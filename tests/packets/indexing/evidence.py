"""A packet with all that an index can say: origins, propositions, translations, statements, a client's papers."""

from dataclasses import replace

from caseapp.forums import FORUMS
from caseapp.packets.indexing import Layout
from caseapp.packets.labels import tab_label
from caseapp.packets.manifest import Bearing, Statement
from tests.packets.pdf import samples
from tests.packets.pdf.samples import OFF_DUTY, UNPASSED, WEAPONS, passage

SPANISH = (
    "La policía registró 412 homicidios de agentes fuera de servicio entre 2015 y 2019.\n"
    "El ministerio no publicó cifras después de 2019."
)
FIGURES = "the ministry’s annual figures"


def herald():
    exhibit = samples.herald(origin=FIGURES)
    shown = {"x1": "Officers are hunted at home"}
    passages = tuple(replace(each, relevance=shown.get(each.key, "")) for each in exhibit.passages)
    return replace(exhibit, passages=passages)


def spanish():
    first, second = SPANISH.split("\n")
    return samples.exhibit(
        SPANISH,
        replace(
            passage("z1", SPANISH, first, OFF_DUTY, rank=9),
            relevance="Hundreds were killed in four years",
            translation="The police registered 412 homicides of off-duty officers between 2015 and 2019.",
        ),
        passage("z2", SPANISH, second, UNPASSED, rank=10),
        key="e3",
        label="C",
        title="Informe anual sobre la policía",
        publisher="Comisión Nacional",
        author="",
        published_on="2020-05",
        language="es",
        kind="ngo",
        url="https://comision.example/informe",
        archive_url="https://archive.example/informe",
    )


def government():
    text = samples.HERALD
    return samples.exhibit(
        text,
        passage("g1", text, "nobody has been hurt since.", WEAPONS, rank=11),
        key="e4",
        label="D",
        title="2019 country report: El Salvador",
        publisher="U.S. Department of Examples",
        author="",
        published_on="2020-03-11",
        kind="government",
        url="https://state.example/2019",
    )


def paper(key, label, title, **changes):
    """A client's own paper."""
    values = {"publisher": "", "author": "", "url": "", "accessed_on": "", "section": "client", "kind": "declaration"}
    return samples.exhibit("Words of it.", key=key, label=label, title=title, **(values | changes))


STATEMENTS = (
    Statement(
        "s1",
        "Two colleagues were shot on their own doorsteps, off duty.",
        "¶ 12",
        "harm; nexus",
        (
            Bearing("x1", "supports"),
            Bearing("y3", "supports"),
            Bearing("e6", "supports", "2-3"),
            Bearing("g1", "contradicts", answer="The report counts officers on duty.\nNo other."),
            Bearing("y1", "context"),
        ),
    ),
    Statement("s2", "Nobody ever asked me about it.", "", "", ()),
    Statement(
        "s3", "We handed in our pistols.", "¶ 14", "", (Bearing("x2", "supports"), Bearing("e5", "context", "4"))
    ),
)


def manifest(style="theme", forum_key="eoir", **changes):
    profile = FORUMS[forum_key]
    exhibits = (
        herald(),
        samples.report(origin=FIGURES),
        spanish(),
        government(),
        paper("e5", "E", "Declaration of the respondent", published_on="2026-09-30"),
        paper("e6", "F", "Medical report", author="Dr. B. Example", published_on="", kind="medical"),
    )
    labelled = tuple(
        replace(each, label=tab_label(profile.tab_scheme, number)) for number, each in enumerate(exhibits, start=1)
    )
    values = {"index_style": style, "exhibits": labelled, "statements": STATEMENTS}
    return replace(samples.manifest_for(profile), **(values | changes))


LAYOUT = Layout(
    {
        key: (str(page),)
        for page, key in enumerate(("x1", "x2", "x3", "x4", "y1", "y2", "y3", "z1", "z2", "g1"), start=14)
    },
    {
        "e1": ("13", "19"),
        "e2": ("21", "24"),
        "e3": ("26", "28"),
        "e4": ("30", "41"),
        "e5": ("43", "47"),
        "e6": ("49", "49"),
    },
)
