"""Every process asks first whether all is in order. Django asks only where a command is typed."""

import sys
from typing import NoReturn

from django.core import checks

# gunicorn stops for good at this code; at any other it would start the process again and again.
DID_NOT_START = 3


def refuse_unless_in_order() -> None:
    """End this process, with a sentence for each thing that must be mended first."""
    wrong = [str(finding) for finding in checks.run_checks() if finding.is_serious()]
    if wrong:
        refuse("\n\n".join(wrong))


def refuse(sentences: str) -> NoReturn:
    sys.stderr.write(f"{sentences}\n\nThe program did not start. Mend what is said above, then start it again.\n")
    sys.stderr.flush()
    raise SystemExit(DID_NOT_START)
