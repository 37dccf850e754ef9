"""Where a text says whose report it repeats: “the Post reported”, “según informó”, “(AP)”. Pure.

Only names of media, agencies and organisations count: what “according to police” names made no report. Media are known
by a word in their name, by name, as a publisher of the office's library, or by how the text speaks of them: with an
article that belongs to the name (“according to The Lantern”), or as what they are (“the magazine Lanterna”).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from caseapp.library.reuse.outlets import KNOWN, NOT_MEDIA
from caseapp.library.reuse.signs import MONTHS
from caseapp.library.reuse.stopwords import STOPWORDS
from caseapp.library.reuse.words import folded, words_of

MOST = 60
"""So many places of one text are kept."""

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:\.(?=\w)[\w’'-]+)*"
_LINK = r"(?:of|for|and|on|de|del|de la|de los|y|e|des|du|la|el)"
_NAME = rf"(?P<name>(?:(?:[Tt]he|[Ee]l|[Ll]as?|[Ll]os|[Ll]es?) )?{_CAPITAL}(?:(?: {_LINK})? {_CAPITAL}){{0,6}})"
_MEDIUM = (
    r"(?:newspaper|magazine|daily|weekly|broadcaster|outlet|website|network|station"
    r"|news (?:site|agency|outlet|website|organi[sz]ation|portal)"
    r"|diario|periódico|revista|semanario|portal|sitio|medio(?: digital)?|cadena|agencia(?: de noticias)?)"
)
_MADE = r"(?:first |also |previously |has |had |have |since )*"

# A strong phrase speaks of a report; a weak one may speak of a mere statement, and then only media are meant.
_STRONG = (
    rf"{_NAME}(?:,)? {_MADE}(?:reported|reports|revealed|published|documented|investigated|uncovered)\b",
    rf"\b(?:[Aa]ccording to|[Cc]iting|[Aa]s reported by|[Ff]irst reported by|[Qq]uoted by|[Rr]eported by)"
    rf"(?: (?:a|an|the|its|his|her|new|recent|detailed|exclusive))*"
    rf"(?: (?:report|reports|reporting|article|story|investigation|analysis|study|news reports))?"
    rf"(?: (?:published|released|issued))?(?: (?:by|in|from|of))?(?: the)?(?: {_MEDIUM})? {_NAME}",
    rf"\b(?:[Ff]irst|[Oo]riginally|[Pp]reviously)? ?(?:published|appeared|reported|printed) (?:by|in|on|at) {_NAME}",
    rf"\b(?:[Rr]eporting|[Tt]ext|[Ss]tory|[Rr]eport|[Aa]rticle) (?:by|from|courtesy of) {_NAME}",
    rf"{_NAME} contributed to this (?:report|story|article)\b",
    rf"\b(?:[Ss]egún|[Dd]e acuerdo (?:con|a))(?: (?:informó|publicó|reveló|reportó|documentó|difundió|un|una|el|la|su|"
    rf"informe|reportaje|artículo|investigación|nota|estudio|publicado|publicada|difundido|de|del|en|por))*"
    rf"(?: {_MEDIUM})? {_NAME}",
    rf"\b(?:informó|publicó|reveló|reportó|difundió|documentó|dio a conocer)(?: hoy| ayer)?"
    rf"(?: (?:el|la) {_MEDIUM})? {_NAME}",
    rf"{_NAME}(?:,)? (?:informó|publicó|reveló|reportó|difundió|documentó|dio a conocer)\b",
    rf"\b(?:[Pp]ublicad|[Aa]parecid|[Dd]ifundid)[oa]s?(?: originalmente| por primera vez)? (?:en|por) {_NAME}",
    rf"\b(?:[Rr]evelad|[Rr]eportad|[Dd]ocumentad)[oa]s?(?: originalmente| por primera vez)? por {_NAME}",
    rf"\b(?:[Cc]on información de|[Ff]uente:|[Tt]omado de|[Tt]exto de|[Ss]ource:) {_NAME}",
)
# What such a phrase names has published something, whatever it is called; but it may be a place, too.
_PUBLISHED = re.compile(
    r"\b(?:(?:first|originally|previously) (?:published|appeared|reported|printed) (?:by|in|on)"
    r"|(?:publicad|aparecid|difundid)[oa] (?:originalmente|por primera vez) (?:en|por)|tomado de)\b",
    re.IGNORECASE,
)
_WEAK = (
    rf"{_NAME}(?:,)? {_MADE}(?:said|says|wrote|writes|noted|notes|added|identified|learned|obtained|found|quoted)\b",
    rf"\b(?:told|tells) {_NAME}",
    rf"\bMore from {_NAME}",
    rf"\b(?:an?|the) (?P<of>{_CAPITAL}(?: {_CAPITAL}){{0,5}}) (?:report|story|article|investigation|interview)\b",
    rf"\b(?:dijo|declaró|contó|explicó|relató|aseguró)(?: \w+)? a {_NAME}",
    rf"{_NAME}(?:,)? (?:señaló|indicó|escribió|cita|citó)\b",
)
_WIRES = (
    r"(?:AP|AFP|EFE|EP|ANSA|DPA|IPS|UPI|TASS|(?:The )?Associated Press|Agence France[- ]Presse|(?:Agencia )?EFE|Reuters"
    r"|Bloomberg|Xinhua|Europa Press|Notimex|Anadolu(?: Agency)?)"
)
_CREDIT = re.compile(
    rf"\((?P<name>{_WIRES})\)"
    rf"|^[ \t]*[-–—] ?(?P<alone>{_WIRES})[ \t]*$"
    rf"|^[ \t]*(?:By|Por) (?P<by>{_WIRES})(?= staff\b|[ \t]*$)"
    rf"|(?:©|\([Cc]\)|\b[Cc]opyright)(?: ?(?:©|\([Cc]\)))?(?: \d{{4}})?,? (?P<right>{_WIRES})\b"
    rf"|\bvia (?P<via>{_WIRES})\b",
    re.MULTILINE,
)
_PATTERNS = [(re.compile(pattern), True) for pattern in _STRONG] + [(re.compile(pattern), False) for pattern in _WEAK]

_MEDIA_WORDS = """
agence agencia agency abc bbc bulletin cbc cbs chronicle cnn cronica daily diario dispatch echo efe express gazette
globe guardian herald heraldo independent insight jornal journal journalism magazine mail mercury mirror mundo
nacion msnbc nbc news newspaper nhk noticias npr observer pais pbs periodico periodismo post prensa presse press
propublica radio record reuters review revista semanario sentinel spiegel star sun telegraph television telesur time
times tribuna tribune tv universal univision voice wire zeitung afp ap ansa dpa upi tass xinhua bloomberg bellingcat
faro infobae telemundo politico haaretz
"""
_ORGANISATION_WORDS = """
agency amnesty amnistia association asociacion bank bureau center centre centro cepal clinic coalition comision
comite commission commissioner committee council defensoria department federation foundation fundacion fund
group human institute instituto initiative international internacional movement network observatorio observatory
office organization organizacion oxfam project red rights save union unicef unhcr acnur universidad university
watch acled freedom
"""
_NEVER_WORDS = """
police policia court courts tribunal corte juzgado officer officers officials official president presidente
presidencia minister ministro ministra ministry ministerio prosecutor prosecutors fiscal fiscalia judge juez jueza
army ejercito navy government gobierno gobernador governor senate senado congress congreso parliament
parlamento assembly asamblea alcalde alcaldia mayor municipality municipio gang pandilla banda cartel colonel
coronel general captain capitan sergeant commander comandante comisario lawyer abogado bishop obispo procuraduria
secretaria secretary union states bible biblia constitution constitucion law ley act convention convencion treasury
embassy embajada consulate consulado hacienda battalion brigade family familia
"""
_MEDIA, _ORGANISATIONS, _NEVER = (
    frozenset(words.split()) for words in (_MEDIA_WORDS, _ORGANISATION_WORDS, _NEVER_WORDS)
)
_KINDS = frozenset(
    ("news", "newspaper", "noticias", "magazine", "press", "prensa", "radio", "television", "tv", "agency")
)
"""A medium's kind alone is no name."""
_IN_NAMES_OF_BODIES = frozenset(("government", "states", "union", "law", "family"))
_STREETS = frozenset(("street", "avenue", "square", "road", "lane", "calle", "avenida", "plaza"))
_ARTICLES = frozenset(("the", "el", "la", "los", "las", "le", "les"))
_OF_MANY = frozenset(("los", "las", "les"))
"""Whoever has these is rather a family, a gang or a team."""
_INTRODUCED = re.compile(rf"\b{_MEDIUM}$")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:\n“\"«])\s*$")


@dataclass(frozen=True)
class Attribution:
    """The words [start, end) of the text say that it is `name`'s report."""

    start: int
    end: int
    phrase: str
    name: str


Knows = Callable[[set[str]], Collection[str]]
"""Which of some names are those of publishers."""


def attributions_of(
    text: str, start: int, end: int, *, own_names: Iterable[str] = (), knows: Knows = lambda _names: ()
) -> list[Attribution]:
    """In the order of the text, each name as fully as the text has it. `own_names`: whoever publishes the text."""
    found = sorted(_found(text, start, end, knows), key=lambda each: (each.start, -each.end))
    full = _full_names({each.name for each in found} | set(_long_names(text, start, end)))
    named = [replace(each, name=full.get(key_of(each.name), each.name)) for each in found]
    own = [key_of(name) for name in own_names if name]
    return _apart([each for each in named if not any(is_same(key_of(each.name), name) for name in own)])[:MOST]


def byline_origins(author: str, publisher: str) -> list[str]:
    """The media that a byline names beside a person, or instead of one: “A. Reporter (The Example Post)”."""
    parts = [part.strip() for part in re.split(r"[(),;/|]| for | para | via | – | - ", author) if part.strip()]
    return [part for part in parts if is_outlet(part) and not is_same(key_of(part), key_of(publisher))]


def key_of(name: str) -> tuple[str, ...]:
    """A name as it compares: without article, accents and capitals."""
    forms = words_of(name).forms
    return forms[1:] if len(forms) > 1 and forms[0] in _ARTICLES else forms


def is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Is one the other, or its end, as “the Post” is of “The Example Post”?"""
    short, long = sorted((one, other), key=len)
    return bool(short) and (long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short))


def _found(text: str, start: int, end: int, knows: Knows) -> Iterator[Attribution]:
    spoken = [(match, strong) for pattern, strong in _PATTERNS for match in pattern.finditer(text, start, end)]
    doubtful = {_clean(_name_in(match)) for match, _strong in spoken if not is_outlet(_name_in(match))}
    known = {key_of(name) for name in knows({name for name in doubtful if not _is_never(name)})}
    for match, is_strong in spoken:
        name = _name_in(match)
        if is_outlet(name) or key_of(_clean(name)) in known or (is_strong and _made_it(text, match)):
            yield _attribution(match, name)
    for match in _CREDIT.finditer(text, start, end):
        yield _attribution(match, next(filter(None, match.groups())))


def _name_in(match: re.Match[str]) -> str:
    return match.groupdict().get("name") or match.groupdict().get("of") or ""


def _made_it(text: str, match: re.Match[str]) -> bool:
    """Of a name after or before a phrase that speaks of a report: nothing in it says that it is a medium's."""
    name, begins = _name_in(match), match.start("name")
    if _is_organisation(name):
        return True
    if _is_never(name) or words_of(name).forms in NOT_MEDIA or MONTHS.intersection(words_of(name).forms):
        return False
    return (
        bool(_INTRODUCED.search(text[:begins].rstrip()[-40:]))
        or _has_its_article(text, begins, name)
        or (bool(_PUBLISHED.match(match.group())) and len(key_of(name)) > 1)
    )


def _has_its_article(text: str, begins: int, name: str) -> bool:
    """“according to The Lantern”: inside a sentence only a title has a capital in its article."""
    first, _space, rest = name.partition(" ")
    if not rest or folded(first) not in _ARTICLES - _OF_MANY or first[0].islower():
        return False
    return first == "Le" or not _begins_sentence(text, begins)


def _begins_sentence(text: str, begins: int) -> bool:
    return bool(_SENTENCE_BEGINS.search(text[max(0, begins - 10) : begins]))


def _attribution(match: re.Match[str], name: str) -> Attribution:
    return Attribution(match.start(), match.end(), " ".join(match.group().split())[:300], _clean(name))


def _clean(name: str) -> str:
    """Without what merely began the sentence before it: “But The Example Post”."""
    words = re.sub(r"[’']s$", "", name.strip(" .,’'")).split()
    if words_of(name).forms in KNOWN:
        return " ".join(words)
    while len(words) > 1 and (first := folded(words[0])) in STOPWORDS and first not in _ARTICLES:
        words.pop(0)
    line = " ".join(words)[:200]
    return line[0].upper() + line[1:] if folded(words[0]) in _ARTICLES else line


def is_outlet(name: str) -> bool:
    forms = words_of(name).forms
    if forms in KNOWN or key_of(name) in KNOWN:
        return True
    if len(forms) == 1 and forms[0] in _KINDS:
        return False
    return bool(_MEDIA.intersection(forms)) and not _is_never(name) and any(letter.isupper() for letter in name)


def _is_never(name: str) -> bool:
    forms = words_of(name).forms
    return bool(_NEVER.intersection(forms)) or (bool(forms) and forms[-1] in _STREETS)


def _is_organisation(name: str) -> bool:
    forms = key_of(name)
    is_never = bool(_NEVER.difference(_IN_NAMES_OF_BODIES).intersection(forms))
    return len(forms) > 1 and bool(_ORGANISATIONS.intersection(forms)) and not is_never


def _long_names(text: str, start: int, end: int) -> Iterator[str]:
    """Media that the text names anywhere: they say what a shortened name is short for."""
    for match in re.compile(_NAME).finditer(text, start, end):
        if 1 < len(key_of(match["name"])) <= 6 and is_outlet(match["name"]):
            yield _clean(match["name"])


def _full_names(names: set[str]) -> dict[tuple[str, ...], str]:
    """For each shortened name the one that ends with it, where there is only one."""
    keys = {key_of(name): name for name in sorted(names, key=lambda name: (name[:1].islower(), name))}
    full: dict[tuple[str, ...], str] = {}
    for key, name in keys.items():
        longer = [other for other in keys if len(other) > len(key) and other[-len(key) :] == key and len(key) == 1]
        full[key] = keys[longer[0]] if len(longer) == 1 else name
    return full


def _apart(found: list[Attribution]) -> list[Attribution]:
    """One for each place: the first and longest of those that overlap."""
    kept: list[Attribution] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
