"""Words that say nothing of what a text is about, in the languages that are compared most. Folded. Pure."""

from caseapp.library.reuse.words import folded

_ENGLISH = """
a about after again against all also although always am among an and another any are around as at away be became
because become been before being between both but by can cannot could did do does doing done down during each either
even ever every few first for from further get go goes got had has have having he her here hers herself him himself his
how however i if in into is it its itself just last less like made make makes many may me might more most much must my
near never new next no nor not now of off often on once one only or other others our out over own part per put quite
rather said same saw say saying says second see seen several she should since so some still such take than that the
their them themselves then there these they this those though through to together told too took toward two under until
up upon us use used very was way we well went were what when where whether which while who whom whose why will with
within without would yet you your
"""
_SPANISH = """
al algo algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como con contra cual cuando cuanto
de del desde después dice dicen dicho dijo dijeron donde dos durante e el él ella ellas ellos en entonces entre era eran
es esa esas ese eso esos esta está están estas este esto estos estaba estaban fue fueron ha haber había habían habrá
hace hacia han hasta hay la las le les lo los luego más me mi mientras mismo mucho muchos muy nada ni no nos o otra
otras otro otros para pero poco por porque primero pues que qué quien quienes se sea según ser si sido sin sino sobre
solo son su sus también tan tanto te tener tenía tiene tienen toda todas todo todos tras tres tu un una uno unos y ya yo
"""

STOPWORDS = frozenset(map(folded, f"{_ENGLISH} {_SPANISH}".split()))
