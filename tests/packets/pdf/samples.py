"""A small packet in our own words: two sources, three scripts, overlapping passages."""

from caseapp.forums import Forum, forum
from caseapp.packets.labels import tab_label
from caseapp.packets.manifest import Cover, Exhibit, Manifest, Passage, Theme

CLIENT = "José Ángel Čačak-Doe"
HERALD = (
    "Two officers were shot on the steps of their own houses last spring.\n\n"
    "Neither man was on duty. Both had handed in their pistols at the end of the shift, as the orders demand.\n"
    "A bill that would have let them carry a weapon home was read once in the assembly and never came to a vote.\n\n"
    "The ministry says that patrols now pass each officer’s street twice a night, and that nobody has been hurt since."
)
REPORT = (
    "قال الضباط إنهم لا يستطيعون حمل أسلحتهم إلى المنزل بعد انتهاء العمل في 15 مارس 2019.\n"
    "Министерство не ответило на вопросы редакции.\n"
    "The office in Čačak kept a ﬁle on affluent districts."
)
OFF_DUTY = Theme("off-duty-killings", "Officers are killed when off duty", "", "#b3432b", 0)
WEAPONS = Theme("weapon-rules", "Officers may not take their weapons home", "", "#2b6cb3", 0)
UNPASSED = Theme("unpassed-law", "A protection law was never passed", "", "#3f7d3a", 1)


def passage(key, text, quote, *themes, rank=1):
    start = text.index(quote)
    return Passage(key, start, start + len(quote), quote, tuple(theme.slug for theme in themes), rank)


def exhibit(text, *passages, key="e1", label="A", **changes):
    values = {
        "title": "Two Shot at Home",
        "publisher": "The Sample Herald",
        "author": "Ana Muster",
        "published_on": "2019-03-04",
        "url": "https://herald.example/two-shot",
        "language": "en",
        "kind": "news",
        "country": "SV",
        "captured_on": "2026-11-20",
        "accessed_on": "2026-11-19",
        "sha256": "c0ffee" * 10 + "abcd",
        "method": "uploaded",
        "left_out_before": 0,
        "left_out_after": 0,
    }
    return Exhibit(key=key, label=label, text=text, passages=passages, **(values | changes))


def herald(**changes):
    return exhibit(
        HERALD,
        passage("x1", HERALD, "Two officers were shot on the steps of their own houses last spring.", OFF_DUTY),
        passage("x2", HERALD, "Both had handed in their pistols at the end of the shift", WEAPONS, OFF_DUTY, rank=2),
        passage(
            "x3", HERALD, "pistols at the end of the shift, as the orders demand.\nA bill that would", UNPASSED, rank=3
        ),
        passage("x4", HERALD, "patrols now pass each officer’s street twice a night", OFF_DUTY, rank=4),
        **changes,
    )


def report(**changes):
    first = REPORT.partition("\n")[0]
    values = {"key": "e2", "label": "B", "title": "تقرير <Doe> & Čačak", "publisher": "المرصد", "author": "", "url": ""}
    return exhibit(
        REPORT,
        passage("y1", REPORT, first, WEAPONS),
        passage("y2", REPORT, "Министерство не ответило на вопросы редакции."),
        passage("y3", REPORT, "a ﬁle on affluent districts", OFF_DUTY),
        **(values | {"language": "ar", "published_on": "2020"} | changes),
    )


REPORT_WITH_HEADINGS = (
    "Police under threat\n"
    "What was done in 2019 is told first.\n"
    "Attacks at home\n"
    "Nine officers were shot on their own doorsteps.\n"
    "Responses\n"
    "In the assembly\n"
    "The bill was read once."
)
OUTLINE = (("Police under threat", 1), ("Attacks at home", 2), ("Responses", 1), ("In the assembly", 3))


def headings(text, outline):
    return tuple((text.index(line), text.index(line) + len(line), depth) for line, depth in outline)


def with_headings(*passages, text=REPORT_WITH_HEADINGS, outline=OUTLINE, **changes):
    """One exhibit with headings of three depths; two of them follow one another."""
    return with_text(text, *passages, headings=headings(text, outline), **changes)


def manifest(*exhibits, forum_key="eoir", **changes):
    values = {
        "packet_title": "Country conditions evidence",
        "reference": "SV-2027-014",
        "forum": forum(forum_key),
        "index_style": "theme",
        "cover": Cover(
            "Respondent’s Evidence of Country Conditions",
            (
                ("Filed by", "Ana Example, Esq.\nExample Legal Aid"),
                ("Detention status", "Detained"),
                ("Court", "San Francisco, California"),
                ("Respondent", CLIENT),
                ("A-number", "A 000-000-000"),
                ("Immigration judge", "Hon. A. Judge"),
                ("Next hearing", "15 March 2027, 9:00"),
            ),
        ),
        "themes": (OFF_DUTY, WEAPONS, UNPASSED),
        "exhibits": exhibits or (herald(), report()),
        "tools": (("caseapp", "0.1.0"),),
    }
    return Manifest(**(values | changes))


def manifest_for(profile: Forum):
    """The small packet as this forum has it: its own tabs, and its whole cover."""
    tabs = [tab_label(profile.tab_scheme, number) for number in (1, 2)]
    fields = tuple(
        (label, CLIENT if profile.slot(label) == "matter" else f"The {label}") for label in profile.cover_fields
    )
    return manifest(
        herald(label=tabs[0]), report(label=tabs[1]), forum_key=profile.key, cover=Cover("Evidence", fields)
    )


def with_text(text, *passages, **changes):
    """A packet with one exhibit of this text."""
    return manifest(exhibit(text, *passages, **changes))
