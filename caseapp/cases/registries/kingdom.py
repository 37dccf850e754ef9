"""The hearing centres of the tribunals of the United Kingdom: one clock, and holidays by nation."""

from django.utils.translation import gettext_noop

from caseapp.cases.registries.registry import Registry

_FORUMS = frozenset({"uk_ftt", "uk_ut"})


def _nation(key: str, name: str, region: str) -> Registry:
    return Registry(key, name, "Europe/London", _FORUMS, "GB", region)


REGISTRIES = (
    _nation("uk-eng", gettext_noop("England"), "ENG"),
    _nation("uk-wls", gettext_noop("Wales"), "WLS"),
    _nation("uk-sct", gettext_noop("Scotland"), "SCT"),
    _nation("uk-nir", gettext_noop("Northern Ireland"), "NIR"),
)
ASSUMED = _nation("", gettext_noop("England and Wales"), "ENG")
