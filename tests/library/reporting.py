"""Two invented articles, of which the second quotes the first, and what was found of them."""

from collections.abc import Callable

from caseapp.library.models import Link, LinkKind, Source
from caseapp.library.origins.matching import compare_capture

REPORT = """The lighthouse keepers of Port Amelia voted on Sunday to end the night watch after forty years.

Eleven boats were lost near the reef last winter, and the harbour board blamed the fog.

"We counted 1,412 hours without relief," said Inês Kalder, who has kept the eastern lamp since 1998.

The board offered each keeper 260 crowns a month, which the Kalder family called an insult."""
QUOTING = """Keepers along the coast are tired, the Harbour Gazette reported.

A vote was held. Eleven boats were lost near the reef last winter, and the harbor board blamed the fog, the paper said.

"We counted 1412 hours without relief," Ines Kalder told the Gazette."""


def two_reports(add: Callable[..., Source]) -> Link:
    first = add(REPORT, title="The vote", publisher="Harbour Gazette", published_on="2026-03-01")
    second = add(QUOTING, title="Tired keepers", publisher="Coast Daily", published_on="2026-03-02")
    for source in (first, second):
        compare_capture(source.capture.pk)
    return Link.objects.get()


def doubted(one: Source, other: Source) -> Link:
    """The two are probably one report, and nobody has decided."""
    one, other = sorted((one, other), key=lambda source: source.pk)
    return Link.objects.create(
        one=one,
        other=other,
        one_capture=one.capture,
        other_capture=other.capture,
        kind=LinkKind.REPRINT,
        score=80,
        share_one=70,
        share_other=70,
    )
