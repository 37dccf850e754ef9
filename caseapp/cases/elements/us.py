"""United States: asylum, withholding and protection under the Convention against Torture.

Which presumptions hold, and who bears which burden, is written down nowhere here: the printed code still holds rules of
December 2020 that a court enjoined in January 2021, and nobody verified how things stand today.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements.element import Element, System
from caseapp.forums.profile import OFFICIAL, SECONDARY, UNVERIFIED, Grade

_WGR = "Matter of W-G-R-, 26 I&N Dec. 208 (BIA 2014)"
_FUENTES = "Matter of Fuentes, 19 I&N Dec. 658 (BIA 1988)"
_ENJOINED = _(
    "The code still prints rules of December 2020 that a court enjoined on 8 January 2021 (Pangea v. DHS). "
    "Which presumptions hold today, and who bears the burden, is for a lawyer to look up."
)


_PERSECUTORS = "INA §§ 101(a)(42), 208(b)(2)(A)(i)"


def _officers(
    key: str,
    words: str,
    name: str | Promise,
    parent: str,
    citation: str,
    grade: Grade,
    *,
    cuts_against: bool = False,
    note: str | Promise = "",
) -> Element:
    """A point that matters where the client was a police officer.

    Only what a headnote of Matter of Fuentes says is graded as official text; the others sort what is collected for
    such cases, below the text of the element that they help to show.
    """
    return Element(key, words, name, citation, grade, parent, is_point=True, cuts_against=cuts_against, note=note)


UNITED_STATES = System(
    "us",
    _("United States"),
    (
        Element(
            "us-harm",
            "harm rising to persecution",
            _("Harm that rises to persecution"),
            "INA § 208(b)(1)(B); 8 CFR 1208.13(b)(1)",
            OFFICIAL,
            note=_("How grave, how often, by whom; not crime that befalls everybody."),
        ),
        _officers(
            "us-police-on-duty",
            "harm to officers on duty",
            _("Officers: harm on duty"),
            "us-harm",
            _FUENTES,
            OFFICIAL,
            note=_("Dangers that come with serving as police are not persecution by themselves."),
        ),
        _officers(
            "us-police-after",
            "harm to officers who left the service",
            _("Officers: harm after leaving the service"),
            "us-harm",
            _FUENTES,
            OFFICIAL,
        ),
        Element(
            "us-ground",
            "the protected ground",
            _("Protected ground"),
            "INA § 101(a)(42)(A)",
            OFFICIAL,
            note=_("Race, religion, nationality, political opinion held or imputed, particular social group."),
        ),
        _officers(
            "us-police-refusal",
            "refusal to cooperate",
            _("Officers: refusal to cooperate"),
            "us-ground",
            "INA § 101(a)(42)(A)",
            UNVERIFIED,
        ),
        Element(
            "us-group",
            "the particular social group",
            _("Particular social group"),
            f"{_WGR}; 8 CFR 1208.1(c)",
            OFFICIAL,
            note=_("As printed, the code wants the group defined on the record before the judge."),
        ),
        Element(
            "us-group-immutable",
            "the group’s common immutable characteristic",
            _("Social group: common immutable characteristic"),
            _WGR,
            OFFICIAL,
            "us-group",
        ),
        Element(
            "us-group-particular",
            "the group’s particularity",
            _("Social group: particularity"),
            _WGR,
            OFFICIAL,
            "us-group",
        ),
        Element(
            "us-group-distinct",
            "the group’s social distinction",
            _("Social group: social distinction"),
            _WGR,
            OFFICIAL,
            "us-group",
        ),
        _officers(
            "us-police-society",
            "how society names former officers as a group",
            _("Officers: society names them as a group"),
            "us-group-distinct",
            _WGR,
            UNVERIFIED,
            note=_("Pensions, associations, how the media speak of them."),
        ),
        Element("us-nexus", "nexus", _("Nexus: one central reason"), "INA § 208(b)(1)(B)(i)", OFFICIAL),
        _officers(
            "us-police-reprisals",
            "lists of and reprisals against former officers",
            _("Officers: lists and reprisals"),
            "us-nexus",
            _FUENTES,
            OFFICIAL,
            note=_("The motive need not be proved exactly, but facts must make the ground reasonable."),
        ),
        _officers(
            "us-police-knowledge",
            "what officers know from inside",
            _("Officers: what they know from inside"),
            "us-nexus",
            "INA § 208(b)(1)(B)(i)",
            UNVERIFIED,
        ),
        Element(
            "us-state",
            "a government unable or unwilling to protect",
            _("State unable or unwilling to protect"),
            "8 CFR 1208.13(b)",
            OFFICIAL,
            note=_("Reporting in vain, impunity, collusion; laws that protect, and whether they are enforced."),
        ),
        _officers(
            "us-police-impunity",
            "impunity for attacks on officers",
            _("Officers: impunity for attacks on them"),
            "us-state",
            "8 CFR 1208.13(b)",
            UNVERIFIED,
        ),
        Element(
            "us-fear",
            "a well-founded fear",
            _("Well-founded fear"),
            "8 CFR 1208.13(b)(2)",
            OFFICIAL,
            note=_("The client’s own fear, and a reasonable possibility that it comes true."),
        ),
        Element(
            "us-fear-pattern",
            "a pattern or practice of persecution",
            _("Well-founded fear: pattern or practice against the group"),
            "8 CFR 1208.13(b)(2)(iii)",
            OFFICIAL,
            "us-fear",
            is_point=True,
            note=_("Another way to show it: the whole group is persecuted, and the client belongs to it."),
        ),
        Element(
            "us-presumption",
            "the presumption from past persecution",
            _("Presumption from past persecution, changed circumstances"),
            "8 CFR 1208.13(b)(1)",
            OFFICIAL,
            note=_ENJOINED,
        ),
        Element(
            "us-relocation",
            "internal relocation",
            _("Internal relocation"),
            "8 CFR 1208.13(b)(3)",
            OFFICIAL,
            note=_ENJOINED,
        ),
        _officers(
            "us-police-reach",
            "reach throughout the country",
            _("Officers: found anywhere in the country"),
            "us-relocation",
            _FUENTES,
            OFFICIAL,
            note=_("Danger in one small area alone weakens the claim."),
        ),
        Element(
            "us-credibility",
            "credibility",
            _("Credibility"),
            "INA § 208(b)(1)(B)(iii)",
            OFFICIAL,
            note=_("Whether it agrees with the rest of the record, reports of the Department of State included."),
        ),
        Element(
            "us-corroboration",
            "corroboration",
            _("Corroboration"),
            "INA § 208(b)(1)(B)(ii)",
            OFFICIAL,
            note=_("What can reasonably be had may be asked for; say why the rest cannot."),
        ),
        Element(
            "us-withholding",
            "withholding of removal",
            _("Withholding: threat to life or freedom"),
            "8 CFR 1208.16(b)",
            OFFICIAL,
            note=_("More likely than not, on the same grounds; no limit of one year."),
        ),
        Element(
            "us-torture",
            "torture with the acquiescence of officials",
            _("Torture, acquiescence of officials"),
            "8 CFR 1208.16(c), 1208.18",
            OFFICIAL,
            note=_("More likely than not."),
        ),
        Element(
            "us-bars",
            "the bars and discretion",
            _("Bars, one-year limit, discretion"),
            "INA § 208(a)(2)(B), (b)(2)",
            OFFICIAL,
        ),
        Element(
            "us-bars-year",
            "the one-year limit",
            _("Bars: applied for within one year"),
            "INA § 208(a)(2)(B)",
            OFFICIAL,
            "us-bars",
            note=_("The day of arrival, or what changed or stood in the way."),
        ),
        Element(
            "us-bars-persecutor",
            "taking no part in persecution",
            _("Bars: took no part in persecuting others"),
            _PERSECUTORS,
            OFFICIAL,
            "us-bars",
            note=_("The first thing held against whoever served in a police force."),
        ),
        Element(
            "us-bars-discretion",
            "discretion",
            _("Bars: discretion"),
            "INA § 208(b)(1)(A)",
            SECONDARY,
            "us-bars",
            note=_("Asylum may be granted; withholding and protection against torture do not depend on it."),
        ),
        _officers(
            "us-police-abuses",
            "abuses by the police",
            _("Officers: abuses by the police"),
            "us-bars-persecutor",
            _PERSECUTORS,
            OFFICIAL,
            cuts_against=True,
            note=_("Whoever took part in persecuting others is barred."),
        ),
    ),
)
