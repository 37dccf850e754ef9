"""The words of a passage as rules and learning compare them: without case, accents and endings."""

from typing import NamedTuple

from caseapp.library.searching.words import base_language, indexed_form, words_of

# What every text is full of, in English, Spanish and French. Nothing is learned from it.
_COMMON = """
a about after all also although an and any are as at be because been before being but by can could did do does down
during each even for from had has have he her here him his how if in into is it its just may more most much must my no
nor not now of off on one only or other our out over said says she should since so some such than that the their them
then there these they this those through to under until up upon us very was we were what when where which while who
whom whose why will with within without would you your
al algo ante antes aquel asi aun aunque cada como con contra cual cuando de del desde donde dos durante e el ella ellas
ellos en entre era eran es esa ese eso esta estaba estan este esto estos fue fueron ha habia han hasta hay la las le les
lo los mas me mi mientras muy nada ni no nos o otra otro para pero poco por porque pues que quien se sea segun ser si
sido sin sobre son su sus tal tambien tan tanto tiene tienen toda todo todos tras tu un una uno unos y ya yo
ai alors apres au aucun aussi autre aux avait avant avec avoir bien ca car ce cela ces cet cette ceux chez comme contre
d dans depuis des deux donc dont du elle elles encore ont entre est et etait ete etre eux fait il ils j je l leur leurs
lors lui m mais meme moins n ne nous on ou par parce pas pendant peu plus pour pourquoi puis qu quand que quelle qui s
sa sans selon ses si soit son sont sous sur t tous tout toute tres une vers vous
"""
COMMON = frozenset(_COMMON.split())
LEAST_LETTERS = 2


class Stem(NamedTuple):
    """One word of a text at [start, end): as it stands there but for case and accents, and without its ending."""

    start: int
    end: int
    plain: str
    form: str
    is_common: bool


def stems_of(text: str, language: str) -> list[Stem]:
    base = base_language(language)
    return [
        Stem(start, end, plain, indexed_form(plain, base), plain in COMMON or len(plain) < LEAST_LETTERS)
        for start, end, plain in words_of(text)
    ]
