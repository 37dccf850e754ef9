"""What went wrong, said once in each language of the office: whoever reads it later need not be who asked for it."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from caseapp.core import sandbox
from caseapp.core.storage import FileAltered
from caseapp.core.unforeseen import end_of_means, note_unexpected
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.intake.sentences import refusal_sentence
from caseapp.library.fetching import FetchRefused
from caseapp.library.models.source import source_field

Said = dict[str, str]


def in_each_language(say: Callable[[], str]) -> Said:
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = say().replace("\x00", "\ufffd")
    return said


def said_of(error: Exception, *, where: str) -> Said:
    """`where` names the work by its ids, for the log, where nobody foresaw the error."""
    cause = error.__cause__
    match error, cause:
        case Unusable(), sandbox.Refused():
            return in_each_language(lambda: refusal_sentence(cause.code, cause.params))
        case Unusable(), sandbox.ChildFailed():
            return in_each_language(lambda: str(type(cause)()))
        case ValidationError(), _:
            return in_each_language(lambda: " ".join(_of_each_field(error)))
        case ((Unreadable() | Unusable() | FileAltered() | FetchRefused() | Refusal()), _):
            return in_each_language(lambda: str(error))
    if end_of_means(error) is not None:
        return in_each_language(lambda: str(end_of_means(error)))
    reference = note_unexpected(error, where=where).reference
    return in_each_language(lambda: _unexpected(reference))


def _of_each_field(error: ValidationError) -> list[str]:
    """“Published: Give a year, …”"""
    sentences = []
    for name, messages in error.message_dict.items():
        label = capfirst(str(source_field(name).verbose_name))
        sentences += [f"{label}: {message}" for message in messages]
    return sentences


def _unexpected(reference: str) -> str:
    return _(
        "Something unexpected happened while this was being read. Have it read again; if it happens again, give your "
        "administrator the reference %(reference)s."
    ) % {"reference": reference}


class Refusal(Exception):
    """A row cannot be taken in. str() says why and what to do, in the language of whoever asks."""


class FileEmpty(Refusal):
    def __str__(self) -> str:
        return _("This file is empty. Copy it again from where it came from, and add that.")


class FileTooLong(Refusal):
    def __init__(self, size: int, most: int) -> None:
        super().__init__(size, most)
        self.size, self.most = size, most

    def __str__(self) -> str:
        return _(
            "This file has %(size)s bytes; at most %(most)s can be taken in. Divide it into parts and add each part."
        ) % {"size": f"{self.size:,}", "most": f"{self.most:,}"}


class MayNotAddAnyMore(Refusal):
    """Whoever brought it, or answered what was asked about it, has lost the ability since."""

    def __str__(self) -> str:
        return _("Whoever brought this in may not add to the library any more. Bring it in yourself.")


class NotSentWhole(Refusal):
    def __str__(self) -> str:
        return _("This file did not fit into one sending with the others. Add it by itself.")


class NoAddress(Refusal):
    def __str__(self) -> str:
        return _("This is no web address. Copy it from the browser, with https:// in front.")


class StoppedTooOften(Refusal):
    def __init__(self, times: int) -> None:
        super().__init__(times)
        self.times = times

    def __str__(self) -> str:
        return _(
            "The program stopped %(times)d times while reading this, so it was given up. Open the file in the program "
            "it was made with, save or print it as a new PDF, and add that."
        ) % {"times": self.times}


class FileNotBrought(Refusal):
    """`names` are the files that a list names for one of its records."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        return _("The file that the list names was not brought with it: %(names)s.") % {"names": ", ".join(self.names)}
