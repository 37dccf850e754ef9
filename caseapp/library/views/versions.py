"""Newer versions of a source: giving or fetching one, and what changed from one to the next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of, source_of
from caseapp.library.excerpts.recheck_queue import waiting_rechecks
from caseapp.library.fetching import may_fetch
from caseapp.library.forms.versions import FetchForm, VersionForm
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Capture, Recapture, Source
from caseapp.library.queries import captures_without_text
from caseapp.library.services.versions import RecaptureRefused, ask_again
from caseapp.library.texts.changes import text_changes

POLLING_ENDS = 286


@require_http_methods(["GET", "HEAD", "POST"])
def version_add(request: PersonRequest, pk: int) -> HttpResponse:
    source = source_of(request.user, pk)
    is_fetch = request.method == "POST" and "address" in request.POST
    given = VersionForm(request.POST, request.FILES) if request.method == "POST" and not is_fetch else VersionForm()
    asked = FetchForm(request.POST if is_fetch else None, source=source)
    if is_fetch and asked.is_valid():
        try:
            address = asked.cleaned_data["address"]
            ask_again(by=request.user, source=source, address=address, now=timezone.now())
        except RecaptureRefused as refusal:
            asked.add_error(None, str(refusal))
        else:
            return redirect("version_add", pk)
    if given.is_bound and given.is_valid():
        capture = _added(request, source, given)
        if capture:
            return _after(request, capture)
    context = {
        "source": source,
        "given": given,
        "asked": asked,
        "may_fetch": may_fetch(),
        "recapture": _last_asked(source),
        "cancel_url": reverse("source_details", args=[pk]),
        "cancel_words": _("Back to the details"),
    }
    return render(request, "library/version/add.html", context, status=422 if given.errors or asked.errors else 200)


def _added(request: PersonRequest, source: Source, form: VersionForm) -> Capture | None:
    """Nothing where the form says why not."""
    try:
        now = timezone.now()
        return add_version(by=request.user, source=source, accepted=form.accepted, now=now, **form.original)
    except MustBeDecided as undecided:
        form.ask(str(undecided), undecided.codes)
    except (NothingNew, Unreadable, Unusable) as refusal:
        form.refuse(refusal)
    return None


def _after(request: PersonRequest, capture: Capture) -> HttpResponse:
    messages.success(request, _("Version %(number)d is kept.") % {"number": capture.number})
    before = Capture.objects.get(source=capture.source_id, number=capture.number - 1)
    if before.is_trimmed and not capture.is_trimmed:
        words = _("Trim what does not belong to the article")
        link = format_html('<a href="{}">{}</a>', reverse("source_trim", args=[capture.source_id]), words)
        said = _("The version before was trimmed, and this one is not yet.")
        messages.warning(request, format_html("{} {}", said, link))
    waiting = waiting_rechecks(capture).count()
    if waiting:
        said = ngettext(
            "%(count)d passage quoted from an older version does not stand there as it was. Look at it below.",
            "%(count)d passages quoted from an older version do not stand there as they were. Look at them below.",
            waiting,
        )
        messages.warning(request, said % {"count": waiting})
        return redirect(f"{reverse('recheck_list')}?source={capture.source_id}")
    return redirect("source_details", capture.source_id)


def _last_asked(source: Source) -> Recapture | None:
    return Recapture.objects.filter(source=source).select_related("capture", "requested_by").first()


@require_safe
def version_progress(request: PersonRequest, pk: int) -> HttpResponse:
    source = source_of(request.user, pk)
    recapture = _last_asked(source)
    status = 200 if recapture and recapture.is_at_work else POLLING_ENDS
    context = {"source": source, "recapture": recapture}
    return render(request, "library/version/_progress.html", context, status=status)


@require_safe
def version_compare(request: PersonRequest, pk: int) -> HttpResponse:
    """Two versions, by ?version= the newer one and by ?with= the older; the newest and the one before if not said."""
    newer = capture_of(request.user, pk, request.GET.get("version"))
    older = capture_of(request.user, pk, request.GET.get("with", str(max(newer.number - 1, 1))))
    context = {
        "source": newer.source,
        "older": older,
        "newer": newer,
        "changes": text_changes(older.text, newer.text),
        "versions": captures_without_text().filter(source=pk).order_by("number"),
    }
    return render(request, "library/version/compare.html", context)
