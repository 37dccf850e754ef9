"""Values of a list as the program knows them. What is not understood stays as it was written, for a person to mend."""

import re
import unicodedata

from caseapp.library.sources.published import PartialDate, UnusableDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*|/*)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORD = re.compile(r"[a-z]+|\d+")

_LANGUAGES = {
    code: names.split()
    for code, names in {
        "en": "english ingles eng",
        "es": "spanish espanol castellano spa",
        "fr": "french frances francais fre fra",
        "pt": "portuguese portugues por",
        "ar": "arabic arabe ara",
        "ru": "russian ruso rus",
        "uk": "ukrainian ucraniano ukr",
        "zh": "chinese chino chi zho",
        "de": "german aleman deutsch ger deu",
        "it": "italian italiano ita",
    }.items()
}
_CODE_OF_LANGUAGE = {name: code for code, names in _LANGUAGES.items() for name in names}
_LANGUAGE_CODE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)")

_KINDS = {
    kind: names.split(",")
    for kind, names in {
        "government": "government,gobierno,govdoc,government document,legal,legislation,law,bill,ley,case,statute,"
        "hearing",
        "intergovernmental": "intergovernmental,intergovernmental body,organismo intergubernamental,un,onu",
        "ngo": "ngo,ong",
        "news": "news,noticia,noticias,prensa,newspaperarticle,newspaper article,article newspaper,article magazine,"
        "magazinearticle,mgzn,blogpost,blog post,post weblog,broadcast,press",
        "academic": "academic,academico,academica,jour,journalarticle,journal article,article journal,thesis,thes,"
        "phdthesis,mastersthesis,book,booksection,chap,chapter,conferencepaper,paper conference,inproceedings",
        "expert": "expert,experto,experta,peritaje",
        "other": "other,otro,otra",
    }.items()
}
_KIND_OF_WORDS = {name: kind for kind, names in _KINDS.items() for name in names}


def folded(text: str) -> str:
    """Without capitals, accents and signs, so that “Título:” is titulo."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


def partial_date(written: str) -> str:
    """A year, a month or a day in the form of the program; as it was written where it could be two days, or none."""
    written = " ".join(written.split())
    bare = " ".join("".join(letter for letter in written if not _is_raised(letter)).split())
    for parts in (_numbers(bare), _words(bare)):
        if parts:
            try:
                return str(PartialDate.parse("-".join(parts)))
            except UnusableDate:
                continue
    return written


def _is_raised(letter: str) -> bool:
    """The mark of a footnote, or the end of an ordinal (1º): no part of a date."""
    return unicodedata.decomposition(letter).startswith("<super>")


def _numbers(written: str) -> list[str]:
    found = _YEAR_FIRST.fullmatch(written)
    if found:
        year, *rest = found.groups()
        return [year, *(part.zfill(2) for part in rest if part)]
    found = _YEAR_LAST.fullmatch(written)
    if not found:
        return []
    first, second, year = found.groups()
    # 13/2 and 2/13 can only be one day; 3/4 may be two, and nobody here decides which.
    if int(first) > 12:
        return [year, second.zfill(2), first.zfill(2)]
    if int(second) > 12 or first == second:
        return [year, first.zfill(2), second.zfill(2)]
    return []


def _words(written: str) -> list[str]:
    """March 4, 2019 · 4 de marzo de 2019 · mar 2019"""
    year, month, day = "", "", ""
    if any(letter.isdigit() and not letter.isdecimal() for letter in written):  # ② is the mark of something else
        return []
    for word in _WORD.findall(folded(written)):
        if word in _MONTHS and not month:
            month = f"{_MONTHS[word]:02}"
        elif word.isdigit() and len(word) == 4 and not year:
            year = word
        elif word.isdigit() and len(word) <= 2 and not day:
            day = word.zfill(2)
        elif word not in {"de", "del", "of", "the", "th", "st", "nd", "rd"}:
            return []
    return [part for part in (year, month, day) if part] if year and month else []


def language(written: str) -> str:
    known = _CODE_OF_LANGUAGE.get(folded(written))
    if known:
        return known
    found = _LANGUAGE_CODE.fullmatch(written.strip())
    return f"{found[1].lower()}{found[2].replace('_', '-')}" if found else written.strip()


def kind(written: str) -> str:
    """One of the kinds of the program, or as it was written."""
    return _KIND_OF_WORDS.get(folded(written), written.strip())


def kind_of_type(written: str) -> str:
    """The kind that a reference manager's type of publication surely means; "" for all others."""
    return _KIND_OF_WORDS.get(folded(written), "")


def several(written: str) -> list[str]:
    """Themes and files of one cell."""
    return [part.strip() for part in re.split(r"[;|\n]", written) if part.strip()]
