"""Pure: the pages that somebody may open who looks into a case from outside, in words for its history."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By the name of the view, as it stands on record.
PAGES: Mapping[str, object] = {
    "case_list": gettext_lazy("the list of cases"),
    "case_show": gettext_lazy("coverage"),
    "coverage_summary": gettext_lazy("the summary of coverage"),
    "coverage_passages": gettext_lazy("the passages behind one element"),
    "case_evidence": gettext_lazy("the evidence"),
    "case_documents": gettext_lazy("the list of documents"),
    "document_states": gettext_lazy("how far documents are read"),
    "document_show": gettext_lazy("a document"),
    "document_progress": gettext_lazy("how far a document is read"),
    "document_page": gettext_lazy("page %(number)s of a document"),
    "case_statements": gettext_lazy("the statements"),
    "case_dates": gettext_lazy("the dates"),
    "case_tasks": gettext_lazy("the tasks and comments"),
    "case_team": gettext_lazy("the team"),
    "case_history": gettext_lazy("the history"),
    "case_closing": gettext_lazy("closing and keeping"),
    "case_packets": gettext_lazy("the list of packets"),
    "packet_show": gettext_lazy("a packet"),
    "build_show": gettext_lazy("a build"),
    "build_progress": gettext_lazy("how far a build is"),
}


def page_in_words(name: str, ids: Mapping[str, str]) -> str:
    """A page that could not be shown, or that is no more, is named as the program calls it."""
    words = PAGES.get(name)
    return str(words) % {"number": ids.get("number", "")} if words else _("the page %(name)s") % {"name": name}
