"""What pages say of a document: {% load documents %}"""

import datetime as dt
from dataclasses import dataclass

from django import template

from caseapp.cases.models import Document
from caseapp.intake.report import ALTERNATIVES, Question, notices_from, questions_from, still_open
from caseapp.intake.sentences import notice_sentence, question_sentence

register = template.Library()


@dataclass(frozen=True)
class OpenQuestion:
    """`lines` are what was found, one by one; `more` counts those that are not kept."""

    code: str
    sentence: str
    lines: tuple[str, ...]
    more: int
    is_password: bool
    group: str


@dataclass(frozen=True)
class GivenAnswer:
    sentence: str
    by: str
    at: dt.datetime


# Their lines are facts for the sentence, not words for people.
_WITHOUT_LINES = frozenset({"damaged", "password", "picture-frames", "tracked-rejected"})


@register.filter
def open_questions(document: Document) -> list[OpenQuestion]:
    """{% for question in document|open_questions %}"""
    return [_open(question) for question in still_open(_questions(document), document.answers)]


def _questions(document: Document) -> tuple[Question, ...]:
    return questions_from(document.report.get("questions", ()))


def _open(question: Question) -> OpenQuestion:
    lines = () if question.code in _WITHOUT_LINES else question.detail
    return OpenQuestion(
        code=question.code,
        sentence=question_sentence(question),
        lines=lines,
        more=max(question.count - len(lines), 0) if lines else 0,
        is_password=question.code == "password",
        group=ALTERNATIVES.get(question.code, ""),
    )


@register.filter
def answers_given(document: Document) -> list[GivenAnswer]:
    """{% for answer in document|answers_given %}: what was found, and who said yes to it."""
    sentences = {question.code: question_sentence(question) for question in _questions(document)}
    return [
        GivenAnswer(sentences.get(code, code), answer["by"], dt.datetime.fromisoformat(answer["at"]))
        for code, answer in document.answers.items()
    ]


@register.filter
def notice_sentences(document: Document) -> list[str]:
    """{% for sentence in document|notice_sentences %}: what there is to know, of the file and of its clean copy."""
    report = document.report
    every = [*report.get("notices", ()), *report.get("clean", ())]
    return list(dict.fromkeys(notice_sentence(notice) for notice in notices_from(every)))
