"""The regional offices of the Refugee Protection Division. A federal body in a province keeps the holidays of both."""

from django.utils.translation import gettext_noop

from caseapp.cases.registries.registry import Registry


def _office(key: str, name: str, zone: str, province: str) -> Registry:
    return Registry(
        key, name, zone, frozenset({"ca_rpd"}), "CA", province, days_off=("public", "government"), perhaps=("optional",)
    )


REGISTRIES = (
    _office("ca-toronto", gettext_noop("Toronto, Central Region"), "America/Toronto", "ON"),
    _office("ca-ottawa", gettext_noop("Ottawa, Eastern Region"), "America/Toronto", "ON"),
    _office("ca-montreal", gettext_noop("Montréal, Eastern Region"), "America/Toronto", "QC"),
    _office("ca-vancouver", gettext_noop("Vancouver, Western Region"), "America/Vancouver", "BC"),
    _office("ca-calgary", gettext_noop("Calgary, Western Region"), "America/Edmonton", "AB"),
)
ASSUMED = _office("", gettext_noop("Toronto, Central Region"), "America/Toronto", "ON")
