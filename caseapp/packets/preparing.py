"""How far the work on a case is, step by step, for those who plan it back from a filing date."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.deadlines import StepName
from caseapp.cases.models import Case, CaseEvidence
from caseapp.cases.queries import documents_in_order
from caseapp.forums import forum
from caseapp.library.models import Capture
from caseapp.packets.models import Build, BuildStatus, Packet


@dataclass(frozen=True)
class HowFar:
    """`left` is what still has to be done, in words; empty when the step is done."""

    left: str
    done: str

    @property
    def is_done(self) -> bool:
        return not self.left


def how_far(case: Case) -> dict[StepName, HowFar]:
    """In a fixed number of queries."""
    return {"translations": _translations(case), "vetting": _vetting(case), "frozen": _frozen(case)}


def _translations(case: Case) -> HowFar:
    languages = forum(case.forum).languages
    quoted = CaseEvidence.objects.filter(case=case).values("excerpt__capture")
    captures = Capture.objects.filter(pk__in=quoted, translation=None).exclude(_understood(languages, "source__"))
    documents = documents_in_order(case).filter(translation=None).exclude(_understood(languages))
    missing = captures.count() + documents.count()
    words = ngettext("%(count)s translation is missing", "%(count)s translations are missing", missing)
    return HowFar(words % {"count": missing} if missing else "", _("no translation is missing"))


def _understood(languages: Iterable[str], prefix: str = "") -> Q:
    """What is in a language that the forum reads, in whatever country's form of it."""
    found = Q()
    for language in languages:
        found |= Q(**{f"{prefix}language": language}) | Q(**{f"{prefix}language__startswith": f"{language}-"})
    return found


def _vetting(case: Case) -> HowFar:
    approved = Count("pk", filter=Q(excerpt__approved_at__isnull=False))
    passages = CaseEvidence.objects.filter(case=case).aggregate(all=Count("pk"), approved=approved)
    missing = passages["all"] - passages["approved"]
    if not passages["all"]:
        return HowFar(_("no passage is chosen yet"), "")
    words = ngettext("%(count)s passage is not approved", "%(count)s passages are not approved", missing)
    return HowFar(words % {"count": missing} if missing else "", _("every passage is approved"))


def _frozen(case: Case) -> HowFar:
    """A packet is frozen once it was built: from then on it is what somebody can read and file."""
    ready = Build.objects.filter(packet__case=case, status=BuildStatus.READY)
    built = ready.order_by("-finished_at").values_list("finished_at", flat=True).first()
    if built is not None:
        return HowFar("", _("built on %(day)s") % {"day": date_format(timezone.localtime(built))})
    started = Packet.objects.filter(case=case).exists()
    return HowFar(_("the packet is not built yet") if started else _("no packet is started yet"), "")
