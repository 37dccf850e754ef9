"""The registries of the immigration courts and asylum offices of the United States, by state and territory.

A federal body keeps the federal holidays everywhere; only the clock differs, in some states from one end to the other.
A closing that is declared at short notice stands in no list.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from caseapp.cases.registries.registry import Registry

_FORUMS = frozenset({"eoir", "uscis"})
_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip

_STATES = (
    ("al", "Alabama", _CENTRAL),
    ("ak", "Alaska", "America/Anchorage"),
    ("as", "American Samoa", "Pacific/Pago_Pago"),
    ("az", "Arizona", "America/Phoenix"),
    ("ar", "Arkansas", _CENTRAL),
    ("ca", "California", _PACIFIC),
    ("co", "Colorado", _MOUNTAIN),
    ("ct", "Connecticut", _EASTERN),
    ("de", "Delaware", _EASTERN),
    ("dc", "District of Columbia", _EASTERN),
    ("fl", "Florida", _EASTERN),
    ("fl-west", gettext_noop("Florida, in the west"), _CENTRAL),
    ("ga", "Georgia", _EASTERN),
    ("gu", "Guam", "Pacific/Guam"),
    ("hi", "Hawaii", "Pacific/Honolulu"),
    ("id", "Idaho", "America/Boise"),
    ("id-north", gettext_noop("Idaho, in the north"), _PACIFIC),
    ("il", "Illinois", _CENTRAL),
    ("in", "Indiana", "America/Indiana/Indianapolis"),
    ("in-west", gettext_noop("Indiana, in the west"), _CENTRAL),
    ("ia", "Iowa", _CENTRAL),
    ("ks", "Kansas", _CENTRAL),
    ("ky", "Kentucky", "America/Kentucky/Louisville"),
    ("ky-west", gettext_noop("Kentucky, in the west"), _CENTRAL),
    ("la", "Louisiana", _CENTRAL),
    ("me", "Maine", _EASTERN),
    ("mp", "Mariana Islands", "Pacific/Saipan"),
    ("md", "Maryland", _EASTERN),
    ("ma", "Massachusetts", _EASTERN),
    ("mi", "Michigan", "America/Detroit"),
    ("mn", "Minnesota", _CENTRAL),
    ("ms", "Mississippi", _CENTRAL),
    ("mo", "Missouri", _CENTRAL),
    ("mt", "Montana", _MOUNTAIN),
    ("ne", "Nebraska", _CENTRAL),
    ("ne-west", gettext_noop("Nebraska, in the west"), _MOUNTAIN),
    ("nv", "Nevada", _PACIFIC),
    ("nh", "New Hampshire", _EASTERN),
    ("nj", "New Jersey", _EASTERN),
    ("nm", "New Mexico", _MOUNTAIN),
    ("ny", "New York", _EASTERN),
    ("nc", "North Carolina", _EASTERN),
    ("nd", "North Dakota", _CENTRAL),
    ("nd-west", gettext_noop("North Dakota, in the west"), _MOUNTAIN),
    ("oh", "Ohio", _EASTERN),
    ("ok", "Oklahoma", _CENTRAL),
    ("or", "Oregon", _PACIFIC),
    ("pa", "Pennsylvania", _EASTERN),
    ("pr", "Puerto Rico", "America/Puerto_Rico"),
    ("ri", "Rhode Island", _EASTERN),
    ("sc", "South Carolina", _EASTERN),
    ("sd", "South Dakota", _CENTRAL),
    ("sd-west", gettext_noop("South Dakota, in the west"), _MOUNTAIN),
    ("tn", gettext_noop("Tennessee, in the west"), _CENTRAL),
    ("tn-east", gettext_noop("Tennessee, in the east"), _EASTERN),
    ("tx", "Texas", _CENTRAL),
    ("tx-west", gettext_noop("Texas, El Paso"), _MOUNTAIN),
    ("ut", "Utah", _MOUNTAIN),
    ("vt", "Vermont", _EASTERN),
    ("vi", "Virgin Islands", "America/St_Thomas"),
    ("va", "Virginia", _EASTERN),
    ("wa", "Washington", _PACIFIC),
    ("wv", "West Virginia", _EASTERN),
    ("wi", "Wisconsin", _CENTRAL),
    ("wy", "Wyoming", _MOUNTAIN),
)

BOARD = Registry(
    "us-board", gettext_noop("The Board’s clerk, Falls Church, Virginia"), _EASTERN, frozenset({"bia"}), "US"
)
# Of the clocks of the mainland the one on which a day ends first.
ASSUMED = Registry("", gettext_noop("the United States, by Eastern time"), _EASTERN, _FORUMS, "US")


def _registries() -> Iterator[Registry]:
    yield BOARD
    for code, name, zone in _STATES:
        yield Registry(f"us-{code}", name, zone, _FORUMS, "US")


REGISTRIES = tuple(_registries())
