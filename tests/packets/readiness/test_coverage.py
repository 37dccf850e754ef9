"""What the evidence does not show, said before a build."""

from caseapp.cases.models import Case, CoverageNote
from caseapp.packets.readiness import Severity, findings


def gaps(packet):
    return [finding for finding in findings(packet) if finding.rule == "packet.coverage-gaps"]


def test_gaps_that_nobody_explained_are_named_and_may_be_waived(at_court):
    assert gaps(at_court) == []
    CoverageNote.objects.filter(element__in=["us-fear", "us-nexus"]).delete()
    (finding,) = gaps(at_court)
    assert finding.severity == Severity.WARN
    assert finding.sentence == (
        "2 things that must be shown have gaps that nobody explained, "
        "such as: Nexus: one central reason; Well-founded fear."
    )
    assert (finding.basis.id, finding.can_be_waived) == ("eoir.background", True)
    assert finding.url == at_court.case.get_absolute_url()


def test_a_filing_whose_law_nobody_named_is_asked_nothing(at_court):
    CoverageNote.objects.all().delete()
    Case.objects.update(forum="generic")
    at_court.case.refresh_from_db()
    assert gaps(at_court) == []
