"""What goes out of the library: the passages and sources of a filter, and the codebook of themes, as files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.forums.profile import CitationStyle
from caseapp.library.access import require_library
from caseapp.library.exporting.annotations import annotations_json
from caseapp.library.exporting.gathering import passages_out, sources_out, themes_out
from caseapp.library.exporting.references import csl_json, ris
from caseapp.library.exporting.tables import passages_csv, themes_csv
from caseapp.library.exporting.word import codebook_docx, passages_docx
from caseapp.library.found.listing import Asked, PassageList, SourceList
from caseapp.library.models.excerpt import State
from caseapp.library.searching.choices import Choice, Choices
from caseapp.library.services.exports import record_export
from caseapp.library.views.found import OF_PASSAGES, choices_in
from caseapp.library.views.sources import CITATION_STYLES

MOST_IN_WORD = 2000  # passages; a Word file is made whole, in memory
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Export:
    """`made` gives the whole file, or its pieces where it may be long. One that `cites` is offered in each style."""

    title: str | Promise
    detail: str | Promise
    media_type: str
    made: Callable[[Asked, CitationStyle], bytes | Iterable[bytes]]
    cites: bool = False


EXPORTS: dict[str, Export] = {
    "passages.docx": Export(
        gettext_lazy("Passages by theme, as a Word file"),
        gettext_lazy(
            "Under each theme the quotations with their citations, each with how far it is vetted, its origin, "
            "what was trimmed and what cuts against us."
        ),
        WORD,
        lambda wanted, style: passages_docx(
            passages_out(PassageList(wanted).excerpts()), style=style, now=timezone.localtime()
        ),
        cites=True,
    ),
    "passages.csv": Export(
        gettext_lazy("Passages, as a table"),
        gettext_lazy("One row a passage with all that is known of it, for a spreadsheet (CSV)."),
        CSV,
        lambda wanted, style: passages_csv(passages_out(PassageList(wanted).excerpts())),
    ),
    "passages.json": Export(
        gettext_lazy("Passages, as web annotations"),
        gettext_lazy("For other annotation programs, in the W3C model (JSON)."),
        JSON,
        lambda wanted, style: annotations_json(passages_out(PassageList(wanted).excerpts())),
    ),
    "sources.json": Export(
        gettext_lazy("Sources, as CSL-JSON"),
        gettext_lazy("For Zotero and other reference managers."),
        JSON,
        lambda wanted, style: csl_json(sources_out(SourceList(wanted).sources())),
    ),
    "sources.ris": Export(
        gettext_lazy("Sources, as RIS"),
        gettext_lazy("For reference managers that do not read CSL-JSON."),
        "application/x-research-info-systems",
        lambda wanted, style: ris(sources_out(SourceList(wanted).sources())),
    ),
    "themes.docx": Export(
        gettext_lazy("Codebook of themes, as a Word file"),
        gettext_lazy("Every theme with its definition, examples and number of passages."),
        WORD,
        lambda wanted, style: codebook_docx(themes_out(), now=timezone.localtime()),
    ),
    "themes.csv": Export(
        gettext_lazy("Codebook of themes, as a table"),
        gettext_lazy("The same for a spreadsheet (CSV)."),
        CSV,
        lambda wanted, style: themes_csv(themes_out()),
    ),
}


@require_safe
def library_export(request: PersonRequest) -> HttpResponse:
    """What can be taken out of what the list is narrowed to."""
    require_library(request.user)
    ticked = _ticked(request)
    if request.GET.get("of") and not (ticked or request.GET.get("all")):
        messages.warning(request, _("Tick at least one row."))
        of_passages = request.GET["of"] == OF_PASSAGES
        address = choices_in(request.GET).address
        return redirect(f"{reverse('excerpt_list' if of_passages else 'source_list')}?{address}")
    return _page(request, _asked(request, choices_in(request.GET)))


@require_safe
@sign_in_recent
def library_export_file(request: PersonRequest, name: str) -> HttpResponseBase:
    require_library(request.user)
    if name not in EXPORTS:
        raise Http404
    export, asked = EXPORTS[name], _asked(request, choices_in(request.GET))
    if asked.conditions.notices:
        return _page(request, asked)
    passages, sources = len(PassageList(asked)), len(SourceList(asked))
    if export.cites and passages > MOST_IN_WORD:
        return _page(request, asked, too_many=passages)
    record_export(by=request.user, file_name=name, passages=passages, sources=sources)
    made = export.made(asked, _style(request))
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    if isinstance(made, bytes):
        return HttpResponse(made, content_type=export.media_type, headers=headers)
    return StreamingHttpResponse(made, content_type=export.media_type, headers=headers)


def _asked(request: PersonRequest, choices: Choices) -> Asked:
    """The list as it is narrowed; of it only the rows that were ticked, where some were."""
    asked, ids = Asked.of(choices, request.user.pk), [number for _name, number in _ticked(request)]
    if ids and request.GET.get("of") == OF_PASSAGES:
        asked.conditions.of_excerpts.append(Q(excerpt__in=ids))
    elif ids:
        asked.conditions.of_sources.append(Q(pk__in=ids))
    return asked


def _ticked(request: PersonRequest) -> list[tuple[str, int]]:
    """As parts of an address; none where all of the list is meant."""
    if request.GET.get("all") or not request.GET.get("of"):
        return []
    numbers = (number_in(row) for row in request.GET.getlist("row"))
    return [("row", number) for number in numbers if number is not None]


def _query(request: PersonRequest, choices: Choices) -> str:
    of = [("of", request.GET["of"])] if _ticked(request) else []
    return urlencode([*choices.parts, *of, *_ticked(request)])


def _style(request: PersonRequest) -> CitationStyle:
    """As asked for; as the first of them where that is none of ours."""
    styles = [style for style, _words in CITATION_STYLES]
    asked = request.GET.get("style")
    return next((style for style in styles if style == asked), styles[0])


def _page(request: PersonRequest, asked: Asked, too_many: int = 0) -> HttpResponse:
    approved = asked.choices.only("state", State.APPROVED)
    context = {
        "exports": EXPORTS,
        "styles": CITATION_STYLES,
        "passages": len(PassageList(asked)),
        "sources": len(SourceList(asked)),
        "is_narrowed": asked.choices.narrows,
        "is_ticked": bool(_ticked(request)),
        "notices": asked.notices,
        "is_understood": not asked.conditions.notices,
        "query": _query(request, asked.choices),
        "approved": len(PassageList(_asked(request, approved))),
        "approved_query": _query(request, approved),
        "is_approved_only": asked.choices.address == approved.address,
        "all_query": _query(request, asked.choices.without(Choice("state", State.APPROVED))),
        "too_many": too_many,
        "most": MOST_IN_WORD,
    }
    is_refused = too_many or asked.conditions.notices
    return render(request, "library/export/show.html", context, status=422 if is_refused else 200)
