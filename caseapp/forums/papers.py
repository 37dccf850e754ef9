"""The papers around the exhibits: which a forum asks for, in which order, and what each must say. Pure."""

from dataclasses import dataclass
from typing import Literal

ChannelKey = Literal["electronic", "paper"]
Paper = Literal["cover", "index", "reasons", "translation", "interpretation", "records", "service"]
Signer = Literal["name", "address", "telephone", "qualification"]

ELECTRONIC: ChannelKey = "electronic"
ON_PAPER: ChannelKey = "paper"


@dataclass(frozen=True)
class Channel:
    """A way in which the forum takes a filing. `needs_service`: a paper that says who was served goes with it."""

    key: ChannelKey
    name: str
    needs_service: bool
    rule: str


@dataclass(frozen=True)
class Certificate:
    """A paper that somebody signs. `wording` are paragraphs; what stands in braces is filled in where it is known and
    left as a line to write on where it is not. `asks` names what must be known of the signer."""

    title: str
    wording: tuple[str, ...]
    asks: tuple[Signer, ...]
    rule: str


@dataclass(frozen=True)
class Service:
    """The paper that says who was served. `always`: whatever the channel says, where another party is named."""

    title: str
    wording: str
    rule: str
    always: bool = False


TRANSLATION = Certificate(
    title="Certificate of Translation",
    wording=(
        "I, {translator}, certify that I am competent to translate from {language} into {into}, and that the "
        "translation of each document named below is complete and accurate to the best of my abilities.",
    ),
    asks=("name",),
    rule="",
)
INTERPRETATION = Certificate(
    title="Certificate of Interpretation",
    wording=(
        "I, {interpreter}, certify that I am competent to interpret between English and {language}, and that before "
        "it was signed I read each document named below, in {language}, to the person who signed it. That person told "
        "me that they understood it.",
    ),
    asks=("name",),
    rule="",
)
SERVICE = Service(
    title="Statement of Service",
    wording="A copy of this filing, “{title}”, with all its exhibits, was given to:",
    rule="",
    always=True,
)
