"""What was noticed when a source was read, as it is kept with its capture and said again in the reader's language.

Two kinds of reader have things to say: those of text (`intake.readers`), and those of files on paper, whose findings
are codes and counts (`intake.report`). A question that was settled is kept like them.
"""

from typing import Any

from caseapp.intake import readers
from caseapp.intake.report import Finding, Notice, Question
from caseapp.intake.sentences import notice_sentence, question_sentence

_NOTICE, _QUESTION = "file", "file-question"


def kept(finding: Finding) -> dict[str, Any]:
    return {"kind": _QUESTION if isinstance(finding, Question) else _NOTICE, **finding.to_dict()}


def sentence_of(stored: dict[str, Any]) -> str:
    match stored["kind"]:
        case "file":
            return notice_sentence(Notice.from_dict(stored))
        case "file-question":
            return question_sentence(Question.from_dict(stored))
    return readers.sentence_of(stored)
