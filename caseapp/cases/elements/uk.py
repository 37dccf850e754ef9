"""United Kingdom: the five questions for claims made after 28 June 2022."""

from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements.element import Element, System
from caseapp.forums.profile import OFFICIAL, SECONDARY

_JCK = "JCK (s.32 NABA 2022) [2024] UKUT 100 (IAC)"
_BALANCE = _("On the balance of probabilities, for claims made after 28 June 2022.")
_LIKELIHOOD = _("A reasonable likelihood.")

UNITED_KINGDOM = System(
    "uk",
    _("United Kingdom"),
    (
        Element("uk-reason", "the Convention reason", _("Convention reason"), _JCK, OFFICIAL, note=_BALANCE),
        Element("uk-fear", "fear in fact", _("In fact fears persecution"), _JCK, OFFICIAL, note=_BALANCE),
        Element("uk-risk", "risk of harm", _("Risk of harm"), _JCK, OFFICIAL, note=_LIKELIHOOD),
        Element(
            "uk-protection",
            "absence of state protection",
            _("No state protection"),
            f"NABA 2022 s 34; {_JCK}",
            OFFICIAL,
            note=_LIKELIHOOD,
        ),
        Element(
            "uk-flight",
            "internal flight",
            _("No reasonable internal flight"),
            f"NABA 2022 s 35; {_JCK}",
            OFFICIAL,
            note=_LIKELIHOOD,
        ),
        Element("uk-credibility", "credibility", _("Credibility"), "Immigration Rules, para 339L", SECONDARY),
    ),
)
