"""One thing to look at before a build, and what stands behind it."""

from dataclasses import dataclass
from enum import IntEnum

from caseapp.forums import Rule
from caseapp.packets.models import Waiver


class Severity(IntEnum):
    """In the order in which they are shown."""

    BLOCK = 0
    WARN = 1
    INFO = 2


@dataclass(frozen=True)
class Finding:
    """`rule` names the check; `basis` is the forum's rule it rests on, where there is one. `subject` says which
    exhibit, passage or field it looked at, in words that outlive an export; "" where that is the packet as a whole.
    `is_for_lawyer` says that it stands in the way until a lawyer decides, whatever the forum asks.
    `waiver` is there where a lawyer decided to file with it."""

    rule: str
    severity: Severity
    sentence: str
    url: str
    fix: str
    basis: Rule | None = None
    subject: str = ""
    waiver: Waiver | None = None
    is_for_lawyer: bool = False

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.subject}" if self.subject else self.rule

    @property
    def is_block(self) -> bool:
        return self.severity is Severity.BLOCK and self.waiver is None

    @property
    def group(self) -> str:
        """Under which heading it is shown."""
        return "WAIVED" if self.waiver else self.severity.name

    @property
    def can_be_waived(self) -> bool:
        """What a forum asks, a lawyer may decide to file without. A packet that contradicts itself has to be mended,
        and what is only good to know needs no decision."""
        if self.severity is Severity.BLOCK:
            return self.basis is not None or self.is_for_lawyer
        return self.severity is Severity.WARN


def asked(rule: Rule | None, wanted: Severity = Severity.BLOCK, otherwise: Severity = Severity.INFO) -> Severity:
    """How grave it is to lack what the rule asks for: as much as is wanted, but what nobody verified only advises, and
    where there is no rule it is `otherwise`."""
    if rule is None:
        return otherwise
    return wanted if rule.may_block else max(wanted, Severity.WARN)
