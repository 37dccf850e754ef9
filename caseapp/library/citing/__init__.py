"""A source's facts → its citation, in the style that a forum's lawyers write. Pure: no network, no clock.

The style files and citeproc do the citing. What citeproc is known to get wrong is settled before it begins (the casing
of titles, institutions as authors) or after it (archives); `source.citation`, typed by a person, stands before it all.
"""

from functools import lru_cache

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing.engine import formatted
from caseapp.library.citing.facts import Facts
from caseapp.library.citing.references import reference
from caseapp.library.citing.runs import Citation, Run, followed_by, italic, plain_words, typed_runs, without_stop
from caseapp.library.citing.whereabouts import whereabouts

__all__ = ["Citation", "Facts", "Run", "citation", "plain_words", "short_citation", "typed_runs"]


@lru_cache(maxsize=4096)
def citation(facts: Facts, style: CitationStyle) -> Citation:
    """Runs of text, some in italics, without the full stop that ends a footnote."""
    if facts.typed.strip():
        return typed_runs(facts.typed)
    runs = without_stop(italic(formatted(reference(facts, style), style)))
    return followed_by(runs, whereabouts(facts, style))


@lru_cache(maxsize=4096)
def short_citation(facts: Facts, style: CitationStyle) -> Citation:
    """Author, title, outlet and date, without the places where it can be found."""
    if facts.typed.strip():
        return typed_runs(facts.typed)
    return without_stop(italic(formatted(reference(facts.without_places(), style), style)))
