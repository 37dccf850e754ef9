"""How exhibits are named in an index: their citation, short and full, their kind, date and language. Pure."""

from dataclasses import replace

from django.utils import translation

from caseapp.forums import Forum
from caseapp.library.citing import Citation, Facts, Run, citation, short_citation
from caseapp.library.sources.languages import LANGUAGES
from caseapp.packets.manifest import Exhibit
from caseapp.packets.pdf.words import date_words
from caseapp.typesetting.printed import printed_form

_KINDS = {
    "government": "Government",
    "intergovernmental": "Intergovernmental body",
    "ngo": "NGO",
    "news": "News",
    "academic": "Academic",
    "expert": "Expert",
    "declaration": "Declaration",
    "statement": "Statement",
    "identity": "Identity",
    "medical": "Medical",
    "official": "Official paper",
    "photograph": "Photograph",
}


def facts(exhibit: Exhibit) -> Facts:
    return Facts(
        title=exhibit.title,
        publisher=exhibit.publisher,
        author=exhibit.author,
        published_on=exhibit.published_on,
        url=exhibit.url,
        archive_url=exhibit.archive_url,
        accessed_on=exhibit.accessed_on,
        kind=exhibit.kind,
        language=exhibit.language,
        typed=exhibit.citation,
    )


def cited(exhibit: Exhibit, forum: Forum) -> Citation:
    """Everything, with the address: as the list of exhibits prints it, beside the title and the date of a client's own
    paper, of which it need not say more than who made it."""
    if exhibit.section == "client":
        return _printed((Run(f"by {exhibit.author}"),)) if exhibit.author else ()
    return _printed(citation(facts(exhibit), forum.citation_style))


def cited_shortly(exhibit: Exhibit, forum: Forum) -> Citation:
    """Author, title, outlet, date: beneath a quotation. The address stands in the list of exhibits."""
    if exhibit.section == "client":
        return _named(exhibit, forum)
    return _printed(short_citation(facts(exhibit), forum.citation_style))


def kind_words(exhibit: Exhibit) -> str:
    return _KINDS.get(exhibit.kind, "Other")


def language_words(code: str) -> str:
    """`Spanish`; the code itself where we know no name."""
    with translation.override("en"):
        return str(dict(LANGUAGES).get(code.partition("-")[0].lower(), code))


def foreign(exhibit: Exhibit, forum: Forum) -> bool:
    return exhibit.language.partition("-")[0].lower() not in forum.languages


def _named(exhibit: Exhibit, forum: Forum) -> Citation:
    """A client's own paper is in no library: its title, who made it, its date."""
    by = f", by {exhibit.author}" if exhibit.author else ""
    date = date_words(exhibit.published_on, forum.date_order)
    return _printed((Run(f"{exhibit.title}{by}{f' ({date})' if date else ''}"),))


def _printed(runs: Citation) -> Citation:
    return tuple(replace(run, text=printed_form(run.text)) for run in runs)
