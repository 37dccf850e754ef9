"""What a theme means, beside its words: passages pinned as examples, and rules that suggest it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Excerpt, Theme, ThemeExample, ThemeRule
from caseapp.library.suggesting.rules import read_rule


class RuleTaken(Exception):
    def __init__(self) -> None:
        super().__init__(_("The theme has this rule already."))


@transaction.atomic
def pin_example(*, by: User | None, theme: Theme, excerpt: Excerpt, belongs: bool, now: dt.datetime) -> ThemeExample:
    """Show with the theme a passage that belongs there, or one that does not."""
    example, is_new = ThemeExample.objects.update_or_create(
        theme=theme, excerpt=excerpt, defaults={"belongs": belongs}, create_defaults={
            "belongs": belongs, "pinned_at": now, "pinned_by": by,
        },
    )  # fmt: skip
    if is_new:
        record(by=by, action=Action.THEME_EXAMPLE_PINNED, subject=theme, label=theme.name, excerpt=excerpt.pk)
    return example


@transaction.atomic
def unpin_example(*, by: User | None, theme: Theme, excerpt: Excerpt) -> None:
    removed, _by_model = ThemeExample.objects.filter(theme=theme, excerpt=excerpt).delete()
    if removed:
        record(by=by, action=Action.THEME_EXAMPLE_UNPINNED, subject=theme, label=theme.name, excerpt=excerpt.pk)


@transaction.atomic
def add_rule(*, by: User | None, theme: Theme, kind: str, text: str, now: dt.datetime) -> ThemeRule:
    """Raises UnusableRule for words that make no rule, RuleTaken for one that stands."""
    text = " ".join(text.split())
    read_rule(kind, text, "en")
    try:
        with transaction.atomic():
            rule = ThemeRule.objects.create(theme=theme, kind=kind, text=text, created_at=now, created_by=by)
    except IntegrityError as error:
        raise RuleTaken from error
    record(by=by, action=Action.THEME_RULE_ADDED, subject=theme, label=theme.name, kind=kind, text=text)
    return rule


@transaction.atomic
def remove_rule(*, by: User | None, rule: ThemeRule) -> None:
    theme = rule.theme
    record(by=by, action=Action.THEME_RULE_REMOVED, subject=theme, label=theme.name, kind=rule.kind, text=rule.text)
    rule.delete()
