"""Which themes are suggested for which passages, worked out when somebody looks. Nothing here is stored, and nothing is
tagged: a suggestion comes from a rule, from a passage of the same wording, or from what was learned from the tags.

However large the library is, a look costs the same: it goes through so many passages and says where it stopped.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, QuerySet, Subquery

from caseapp.core.fields import number_in
from caseapp.library.models import Capture, Excerpt, Source, Suggestion, Theme, ThemeLearning, ThemeRule
from caseapp.library.suggesting.learning import Learned, Lesson
from caseapp.library.suggesting.rules import Rule, UnusableRule, read_rule
from caseapp.library.suggesting.stems import Stem, stems_of
from caseapp.library.texts.page_text import paragraphs_of

MOST_SHOWN = 30
MOST_EXCERPTS = 600  # gone through in one look
MOST_CHARACTERS = 150_000
LONGEST = 4000  # characters of a passage that are compared
LEAST_WORDS = 6  # of a paragraph; what is shorter is a heading, a caption or a menu


class Because(StrEnum):
    RULE = "rule"
    WORDING = "wording"
    LEARNED = "learned"


@dataclass(frozen=True)
class Passage:
    """An excerpt, or a paragraph that is none. `text` is what stands in the capture at [start, end)."""

    capture_id: int
    source: Source
    start: int
    end: int
    text: str
    excerpt: Excerpt | None = None
    carries: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposal:
    """`marks` are the places in the passage's text that speak for the theme."""

    passage: Passage
    theme: Theme
    because: Because
    words: tuple[str, ...]
    score: float
    marks: tuple[tuple[int, int], ...]

    @property
    def is_exact(self) -> bool:
        """It can be accepted together with others: there is nothing to weigh."""
        return self.because != Because.LEARNED

    @property
    def key(self) -> str:
        return f"{self.passage.capture_id}-{self.passage.start}-{self.passage.end}-{self.theme.pk}"

    @property
    def why(self) -> dict[str, object]:
        return {"because": str(self.because), "words": list(self.words)}

    @property
    def runs(self) -> list[tuple[str, bool]]:
        """The text, cut where the marked words start and end."""
        text, place, runs = self.passage.text, 0, []
        for start, end in self.marks:
            runs += [(text[place:start], False), (text[start:end], True)]
            place = end
        return [run for run in [*runs, (text[place:], False)] if run[0]]


_lessons: dict[int, tuple[dt.datetime, Lesson]] = {}
_learned: tuple[tuple[tuple[int, dt.datetime], ...], Learned] = ((), Learned({}))


def learned_now() -> Learned:
    """What the lessons in the database amount to. This process remembers them, and reads only those that changed."""
    global _learned  # noqa: PLW0603 (a memory of this process)
    stamps = tuple(ThemeLearning.objects.order_by("pk").values_list("pk", "learned_at"))
    if stamps != _learned[0]:
        changed = [pk for pk, at in stamps if _lessons.get(pk, (None,))[0] != at]
        for row in ThemeLearning.objects.filter(pk__in=changed):
            _lessons[row.pk] = (row.learned_at, Lesson.read(row.lesson))
        _learned = (stamps, Learned({pk: _lessons[pk][1] for pk, _at in stamps if pk in _lessons}))
    return _learned[1]


class Proposer:
    """All that is known now, loaded once for a look."""

    def __init__(self, only: Theme | None = None) -> None:
        self.learned = learned_now()
        self.themes = Theme.objects.in_bulk()
        self.only = only
        rules = ThemeRule.objects.filter(theme=only) if only else ThemeRule.objects.all()
        self._rules = list(rules.order_by("pk"))

    def for_passage(self, passage: Passage) -> list[Proposal]:
        """At most one for each theme, those without doubt first."""
        stems = stems_of(passage.text[:LONGEST], passage.source.language)
        besides = self._with_those_above(passage.carries)
        found: dict[int, Proposal] = {}
        for proposal in self._of_each_kind(passage, stems, besides):
            is_wanted = self.only is None or proposal.theme == self.only
            if is_wanted and proposal.theme.pk not in besides:
                found.setdefault(proposal.theme.pk, proposal)
        return list(found.values())

    def _of_each_kind(self, passage: Passage, stems: list[Stem], besides: set[int]) -> Iterator[Proposal]:
        yield from self._by_rule(passage, stems)
        for theme_id in self.learned.themes_with(stems):
            if theme_id in self.themes:
                yield Proposal(passage, self.themes[theme_id], Because.WORDING, (), 1.0, ())
        near = self.learned.sure(stems, besides=besides)
        if near and near.theme in self.themes:
            places = marked(stems, near.reasons)
            words = words_at(passage.text, stems, near.reasons)
            yield Proposal(passage, self.themes[near.theme], Because.LEARNED, words, near.score, places)

    def _by_rule(self, passage: Passage, stems: list[Stem]) -> Iterator[Proposal]:
        forms = {stem.form for stem in stems}
        for stored in self._rules:
            rule = _rule(stored, passage.source.language)
            spans = rule.match(stems) if rule and rule.may_match(forms) else []
            if spans:
                places = _apart((stems[first].start, stems[end - 1].end) for first, end in spans)
                yield Proposal(passage, self.themes[stored.theme_id], Because.RULE, (stored.text,), 1.0, places)

    def _with_those_above(self, carried: Iterable[int]) -> set[int]:
        """Whoever tagged a passage with a theme need not be told of the one that it stands below."""
        found = set(carried)
        for theme_id in carried:
            theme = self.themes.get(theme_id)
            while theme and theme.parent_id and theme.parent_id not in found:
                found.add(theme.parent_id)
                theme = self.themes.get(theme.parent_id)
        return found


def _rule(stored: ThemeRule, language: str) -> Rule | None:
    """None where the words of this language leave nothing of it."""
    try:
        return read_rule(stored.kind, stored.text, language)
    except UnusableRule:
        return None


def marked(stems: Iterable[Stem], forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand that have these forms."""
    sought = set(forms)
    return _apart((stem.start, stem.end) for stem in stems if stem.form in sought)


def words_at(text: str, stems: Iterable[Stem], forms: Iterable[str]) -> tuple[str, ...]:
    """The forms as they are written in the passage, in their order."""
    written = {stem.form: text[stem.start : stem.end] for stem in reversed(list(stems))}
    return tuple(written[form] for form in forms if form in written)


def _apart(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In the order of the text, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(frozen=True)
class Look:
    """What one look found; `further` is where the next goes on, "" at the end."""

    proposals: list[Proposal]
    looked_at: int
    further: str


def look_through_excerpts(only: Theme | None, after: str) -> Look:
    """The excerpts of the whole library, the newest first, from after the one that `after` names."""
    excerpts = _excerpts_with_themes().order_by("-pk")
    if (last := number_in(after)) is not None:
        excerpts = excerpts.filter(pk__lt=last)
    batch = list(excerpts[:MOST_EXCERPTS])
    proposer, answered = Proposer(only), _answered({excerpt.capture_id for excerpt in batch})
    proposals: list[Proposal] = []
    for number, excerpt in enumerate(batch, start=1):
        proposals += _unanswered(proposer.for_passage(_passage(excerpt)), answered)
        if len(proposals) >= MOST_SHOWN and number < len(batch):
            return Look(proposals, number, str(excerpt.pk))
    return Look(proposals, len(batch), str(batch[-1].pk) if len(batch) == MOST_EXCERPTS else "")


def look_through_paragraphs(only: Theme | None, after: str) -> Look:
    """The paragraphs of the newest captures, from the newest source on. `after`: capture, and place in its text."""
    capture_id, _dash, offset = after.partition("-")
    first, place = number_in(capture_id) or 0, number_in(offset) or 0
    proposer, proposals, looked_at, left = Proposer(only), [], 0, MOST_CHARACTERS
    for pk in _newest_captures(first):
        look = look_through_capture(_with_text(pk), proposer, place if pk == first else 0, left)
        proposals += look.proposals
        looked_at += look.looked_at
        if look.further:
            return Look(proposals, looked_at, f"{pk}-{look.further}")
        left -= look.characters
    return Look(proposals, looked_at, "")


@dataclass(frozen=True)
class CaptureLook(Look):
    characters: int = 0


def look_through_capture(
    capture: Capture, proposer: Proposer, after: int = 0, most_characters: int = MOST_CHARACTERS
) -> CaptureLook:
    """Its excerpts and its paragraphs, in the order of the text, from the place `after`."""
    answered = _answered({capture.pk})
    excerpts = list(_excerpts_with_themes().filter(capture=capture).order_by("start", "end"))
    proposals: list[Proposal] = []
    looked_at = gone_through = 0
    last = after
    for passage in _passages_of(capture, excerpts):
        if passage.start < after:
            continue
        is_enough = gone_through > most_characters or len(proposals) >= MOST_SHOWN
        if is_enough and passage.start > last:  # what starts at one place is looked at together
            return CaptureLook(proposals, looked_at, str(passage.start), gone_through)
        proposals += _unanswered(proposer.for_passage(passage), answered)
        looked_at, gone_through, last = looked_at + 1, gone_through + len(passage.text), passage.start
    return CaptureLook(proposals, looked_at, "", gone_through)


def _passages_of(capture: Capture, excerpts: list[Excerpt]) -> list[Passage]:
    """A paragraph carries what the excerpts in it carry: that has been seen and tagged."""
    carried: dict[int, set[int]] = defaultdict(set)
    paragraphs = paragraphs_of(capture.text, capture.article_start, capture.article_end)
    bounds = {(excerpt.start, excerpt.end) for excerpt in excerpts}
    first = 0
    for excerpt in excerpts:
        while first < len(paragraphs) and paragraphs[first].end <= excerpt.start:
            first += 1
        for paragraph in paragraphs[first:]:
            if paragraph.start >= excerpt.end:
                break
            carried[paragraph.start] |= {theme.pk for theme in excerpt.themes.all()}
    passages = [_passage(excerpt) for excerpt in excerpts]
    for paragraph in paragraphs:
        text = capture.text[paragraph.start : paragraph.end]
        place = (paragraph.start + len(text) - len(text.lstrip()), paragraph.end - len(text) + len(text.rstrip()))
        if place not in bounds and len(text.split()) >= LEAST_WORDS:
            themes = frozenset(carried[paragraph.start])
            passages.append(Passage(capture.pk, capture.source, *place, text.strip(), None, themes))
    return sorted(passages, key=lambda passage: (passage.start, passage.end))


def _passage(excerpt: Excerpt) -> Passage:
    themes = frozenset(theme.pk for theme in excerpt.themes.all())
    source = excerpt.capture.source
    return Passage(excerpt.capture_id, source, excerpt.start, excerpt.end, excerpt.quote, excerpt, themes)


@dataclass(frozen=True)
class Beside:
    """A theme for words that somebody has selected, with what speaks for it."""

    theme: Theme
    because: Because
    words: tuple[str, ...]


def beside_selection(capture: Capture, start: int, end: int) -> list[Beside]:
    """Everything a rule or the same wording speaks for; then the nearest themes, as few as can be taken in at once."""
    proposer, text = Proposer(), capture.text[start : min(end, start + LONGEST)]
    found: dict[int, Beside] = {}
    for one in proposer.for_passage(Passage(capture.pk, capture.source, start, start + len(text), text)):
        found[one.theme.pk] = Beside(one.theme, one.because, one.words)
    stems = stems_of(text, capture.source.language)
    for near in proposer.learned.beside(stems):
        if near.theme in proposer.themes and near.theme not in found:
            words = words_at(text, stems, near.reasons)
            found[near.theme] = Beside(proposer.themes[near.theme], Because.LEARNED, words)
    return list(found.values())


def passage_at(capture: Capture, start: int, end: int) -> Passage:
    """What stands there, as an excerpt if it is one."""
    excerpt = _excerpts_with_themes().filter(capture=capture, start=start, end=end).first()
    if excerpt:
        return _passage(excerpt)
    return Passage(capture.pk, capture.source, start, end, capture.text[start:end])


def _excerpts_with_themes() -> QuerySet[Excerpt]:
    excerpts = Excerpt.objects.select_related("capture__source").defer("capture__text")
    return excerpts.prefetch_related("themes")


def _newest_captures(from_id: int) -> Iterable[int]:
    """The newest capture of each source, the newest source first, from this capture on."""
    newest = Capture.objects.filter(source=OuterRef("source")).order_by("-number").values("pk")[:1]
    captures = Capture.objects.filter(pk=Subquery(newest)).order_by("-source_id")
    if from_id:
        captures = captures.filter(source_id__lte=Capture.objects.filter(pk=from_id).values("source_id")[:1])
    return captures.values_list("pk", flat=True).iterator(chunk_size=100)


def _with_text(pk: int) -> Capture:
    return Capture.objects.select_related("source").get(pk=pk)


def _answered(captures: set[int]) -> set[tuple[int, int, int, int]]:
    answers = Suggestion.objects.filter(capture__in=captures)
    return set(answers.values_list("capture_id", "start", "end", "theme_id"))


def _unanswered(proposals: list[Proposal], answered: set[tuple[int, int, int, int]]) -> list[Proposal]:
    return [
        one
        for one in proposals
        if (one.passage.capture_id, one.passage.start, one.passage.end, one.theme.pk) not in answered
    ]
