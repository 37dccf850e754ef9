"""What each legal system requires to be shown, as far as evidence can show it. Pure data; help for sorting, not advice.

`words` are what an index prints after "goes to", in English; `name` is for screens. Grades are those of forum rules.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.forums.profile import OFFICIAL, SECONDARY, Grade


@dataclass(frozen=True)
class Element:
    """`key` is what is stored, and never changes its meaning."""

    key: str
    words: str
    name: str | Promise
    citation: str
    grade: Grade


US = (
    Element(
        "us-harm",
        "harm rising to persecution",
        _("Harm that rises to persecution"),
        "INA § 208(b)(1)(B); 8 CFR 1208.13(b)(1)",
        OFFICIAL,
    ),
    Element("us-ground", "the protected ground", _("Protected ground"), "INA § 101(a)(42)(A)", OFFICIAL),
    Element(
        "us-group-immutable",
        "the group’s common immutable characteristic",
        _("Social group: common immutable characteristic"),
        "Matter of W-G-R-, 26 I&N Dec. 208 (BIA 2014)",
        OFFICIAL,
    ),
    Element(
        "us-group-particular",
        "the group’s particularity",
        _("Social group: particularity"),
        "Matter of W-G-R-, 26 I&N Dec. 208 (BIA 2014)",
        OFFICIAL,
    ),
    Element(
        "us-group-distinct",
        "the group’s social distinction",
        _("Social group: social distinction"),
        "Matter of W-G-R-, 26 I&N Dec. 208 (BIA 2014)",
        OFFICIAL,
    ),
    Element("us-nexus", "nexus", _("Nexus: one central reason"), "INA § 208(b)(1)(B)(i)", OFFICIAL),
    Element(
        "us-state",
        "a government unable or unwilling to protect",
        _("State unable or unwilling to protect"),
        "8 CFR 1208.13(b)",
        OFFICIAL,
    ),
    Element("us-fear", "a well-founded fear", _("Well-founded fear"), "8 CFR 1208.13(b)(2)", OFFICIAL),
    Element(
        "us-presumption",
        "the presumption from past persecution",
        _("Presumption from past persecution, changed circumstances"),
        "8 CFR 1208.13(b)(1)",
        OFFICIAL,
    ),
    Element("us-relocation", "internal relocation", _("Internal relocation"), "8 CFR 1208.13(b)(3)", OFFICIAL),
    Element("us-credibility", "credibility", _("Credibility"), "INA § 208(b)(1)(B)(iii)", OFFICIAL),
    Element("us-corroboration", "corroboration", _("Corroboration"), "INA § 208(b)(1)(B)(ii)", OFFICIAL),
    Element(
        "us-torture",
        "torture with the acquiescence of officials",
        _("Torture, acquiescence of officials"),
        "8 CFR 1208.16(c), 1208.18",
        OFFICIAL,
    ),
    Element(
        "us-bars",
        "the bars and discretion",
        _("Bars, one-year limit, discretion"),
        "INA § 208(a)(2)(B), (b)(2)",
        OFFICIAL,
    ),
)

_JCK = "JCK (s.32 NABA 2022) [2024] UKUT 100 (IAC)"
UK = (
    Element("uk-reason", "the Convention reason", _("Convention reason"), _JCK, OFFICIAL),
    Element("uk-fear", "fear in fact", _("In fact fears persecution"), _JCK, OFFICIAL),
    Element("uk-risk", "risk of harm", _("Risk of harm"), _JCK, OFFICIAL),
    Element("uk-protection", "absence of state protection", _("No state protection"), _JCK, OFFICIAL),
    Element("uk-flight", "internal flight", _("No reasonable internal flight"), _JCK, OFFICIAL),
    Element("uk-credibility", "credibility", _("Credibility"), "Immigration Rules, para 339L", SECONDARY),
)

CANADA = (
    Element("ca-fear", "a well-founded fear", _("Well-founded fear"), "IRPA s 96", OFFICIAL),
    Element("ca-nexus", "nexus", _("Nexus to a Convention ground"), "IRPA s 96", OFFICIAL),
    Element("ca-protection", "state protection", _("State protection"), "IRPA ss 96, 97(1)(b)(i)", OFFICIAL),
    Element("ca-risk", "risk to life", _("Risk to life, cruel treatment, torture"), "IRPA s 97(1)", OFFICIAL),
    Element(
        "ca-flight",
        "internal flight alternative",
        _("Internal flight alternative"),
        "IRB case-law paper, 31 Dec 2020",
        SECONDARY,
    ),
    Element("ca-credibility", "credibility", _("Credibility"), "IRB case-law paper, 31 Dec 2020", SECONDARY),
)

_BY_FORUM = {
    "eoir": US, "bia": US, "uscis": US, "uk_ftt": UK, "uk_ut": UK, "ca_rpd": CANADA, "generic": US + UK + CANADA,
}  # fmt: skip
_BY_KEY = {element.key: element for element in US + UK + CANADA}


def elements_of(forum: str) -> tuple[Element, ...]:
    """What is to be shown before this forum; everything known, for one of which nothing is known."""
    return _BY_FORUM.get(forum, US + UK + CANADA)


def element_named(key: str) -> Element | None:
    return _BY_KEY.get(key)


def printed(key: str) -> str:
    """What an index says of it: "nexus"; what is stored without being known here says itself."""
    element = _BY_KEY.get(key)
    return element.words if element else key
