"""Canada: sections 96 and 97, state protection, and both prongs of the internal flight alternative."""

from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements.element import Element, System
from caseapp.forums.profile import OFFICIAL, SECONDARY

_PAPER = "IRB case-law paper, 31 Dec 2020"

CANADA = System(
    "ca",
    _("Canada"),
    (
        Element(
            "ca-fear",
            "a well-founded fear",
            _("Well-founded fear"),
            "IRPA s 96",
            OFFICIAL,
            note=_("A serious possibility; the client need not have been singled out."),
        ),
        Element("ca-nexus", "nexus", _("Nexus to a Convention ground"), "IRPA s 96", OFFICIAL),
        Element("ca-protection", "state protection", _("State protection"), "IRPA ss 96, 97(1)(b)(i)", OFFICIAL),
        Element(
            "ca-risk",
            "risk to life",
            _("Risk to life, cruel treatment, torture"),
            "IRPA s 97(1)",
            OFFICIAL,
            note=_("No Convention ground is needed; that the risk is more likely than not."),
        ),
        Element(
            "ca-risk-personal",
            "a risk that others do not face generally",
            _("Risk: not one that others face generally"),
            "IRPA s 97(1)(b)(ii)",
            SECONDARY,
            "ca-risk",
            is_point=True,
            note=_("Matters where the harm is crime or extortion; section 96 does not ask for it."),
        ),
        Element("ca-flight", "internal flight alternative", _("Internal flight alternative"), _PAPER, SECONDARY),
        Element(
            "ca-flight-safe",
            "safety in the place of flight",
            _("Internal flight: not safe there"),
            _PAPER,
            SECONDARY,
            "ca-flight",
        ),
        Element(
            "ca-flight-reasonable",
            "reasonableness of flight",
            _("Internal flight: not reasonable to go there"),
            _PAPER,
            SECONDARY,
            "ca-flight",
        ),
        Element("ca-credibility", "credibility", _("Credibility"), _PAPER, SECONDARY),
    ),
)
