"""Choosing passages of the library for a case, with the library's own search.

All goes through one form, so that what is ticked stays ticked from page to page, with and without a script.
"""

import uuid
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import case_of
from caseapp.cases.aging import aged
from caseapp.cases.forms import EvidenceForm
from caseapp.cases.models import Case
from caseapp.cases.picking import MOST_PICKED, Looking, address_of, picked_in
from caseapp.cases.services.evidence import add_evidence
from caseapp.core.addresses import parts_of
from caseapp.library.found.listing import PassageList
from caseapp.library.searching.choices import Choices
from caseapp.library.views.found import Found, Narrowed, page_of

# What only another look at the library is sent with.
_LOOKS_ON = frozenset({"search", "to", "anywhere"})


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Look through the library's passages, and add those that are ticked."""
    case = case_of(request.user, pk)
    if request.method == "POST" and _LOOKS_ON & request.POST.keys():
        return redirect(_onward(request, case))
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        added = add_evidence(by=request.user, case=case, **form.cleaned_data)
        messages.success(request, _words_for_added(len(added)))
        if "more" in request.POST:
            return redirect(_onward(request, case, keeps=False))
        return redirect("case_evidence", pk)
    return _picker(request, case, form)


def _picker(request: PersonRequest, case: Case, form: EvidenceForm) -> HttpResponse:
    looking = Looking.read(request.GET, case, request.user.pk)
    asked = looking.asked
    base = reverse("evidence_add", args=[case.pk])
    opened = [looking.opened] if looking.opened else []
    found: Found = page_of(Narrowed(asked, base, PassageList(asked), ""), request.GET.get("page", ""), opened)
    shown = [row.excerpt for row in found.rows]
    ticked = set(looking.picked) | set(picked_in(request.POST))
    context = {
        "case": case,
        "form": form,
        "found": found,
        "looking": looking,
        "already": set(case.evidence.values_list("excerpt_id", flat=True)),
        "ticked": ticked,
        "elsewhere": sorted(ticked - {excerpt.pk for excerpt in shown}),
        "aged": aged(case, shown, today=timezone.localdate()),
    }
    return render(request, "cases/evidence/add.html", context, status=422 if form.errors else 200)


def _onward(request: PersonRequest, case: Case, *, keeps: bool = True) -> str:
    """The same page with what was asked of it now, and with what is ticked."""
    sent, base = request.POST, reverse("evidence_add", args=[case.pk])
    picked = picked_in(sent) if keeps else ()
    if len(picked) > MOST_PICKED:
        messages.warning(request, _("Add what is ticked first: not more than %(n)s at once.") % {"n": MOST_PICKED})
    source, element = ("", "") if "anywhere" in sent else (sent.get("source", ""), sent.get("element", ""))
    wanted = parts_of(sent.get("to") or f"?{sent.get('list', '')}").query
    parts = parse_qsl(wanted[:8_000])
    if "search" in sent:
        read = Choices.read({name: [value for key, value in parts if key == name] for name, _value in parts})
        parts = read.asking(sent.get("q", "")[:1_000]).parts
    return address_of(base, parts, source=source[:18], element=element[:40], picked=picked)


def _words_for_added(count: int) -> str:
    if not count:
        return _("Those passages were in the case already.")
    return ngettext("%(count)s passage added.", "%(count)s passages added.", count) % {"count": count}
