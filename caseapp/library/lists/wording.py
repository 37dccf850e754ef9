"""What is wrong with a list, a zip, or one thing in it, in words for the person who brought it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

Params = Mapping[str, str | int]


def sentence_of(code: str, params: Params) -> str:
    say = _SENTENCES.get(code)
    return say(params) if say else _("This cannot be used: %(code)s.") % {"code": code}


def _numbered(params: Params) -> dict[str, str]:
    return {name: f"{value:,}" if isinstance(value, int) else value for name, value in params.items()}


_SENTENCES: dict[str, Callable[[Params], str]] = {
    "list-undecodable": lambda params: _("The characters of this list cannot be read. Save it as UTF-8, and add that."),
    "list-too-large": lambda params: (
        _("This list has %(size)s bytes; at most %(most)s can be taken in. Divide it into parts and add each part.")
        % _numbered(params)
    ),
    "list-too-long": lambda params: (
        _("This list has more than %(most)s lines. Divide it into parts and add each part.") % _numbered(params)
    ),
    "list-too-deep": lambda params: _("This is no list of publications: its parts lie too deep within one another."),
    "list-broken": lambda params: (
        _("This list cannot be read: it breaks off, or is damaged, at line %(line)s. Export it again.")
        % _numbered(params)
    ),
    "list-no-columns": lambda params: (
        _(
            "No column of this list was recognised (%(columns)s). Its first line must name the columns, such as Title, "
            "Publisher, Author, Published, URL, Language, Country, Themes, File, Text."
        )
        % params
    ),
    "list-no-records": lambda params: _("There is no publication in this list. Export it again, and add that."),
    "record-quotes": lambda params: (
        _("From line %(line)s on, quotation marks do not fit together. Mend them, and send the line again.")
        % _numbered(params)
    ),
    "record-cells": lambda params: (
        _("Line %(line)s has %(found)s cells, but there are %(expected)s columns. Mend it, and send the line again.")
        % _numbered(params)
    ),
    "record-outside": lambda params: (
        _("What stands from line %(line)s on belongs to no publication. If it does, it must begin with TY.")
        % _numbered(params)
    ),
    "record-unreadable": lambda params: (
        _("The publication at line %(line)s cannot be read: it breaks off, or its braces do not fit together.")
        % _numbered(params)
    ),
    "holder-failed": lambda params: _(
        "Reading this took too long or too much memory, so it was stopped. Divide it into parts and add each part."
    ),
    "zip-broken": lambda params: _("This zip is damaged and cannot be opened. Make it again, and add that."),
    "zip-too-many": lambda params: (
        _("This zip holds %(count)s files; at most %(most)s can be taken in. Divide it into parts.") % _numbered(params)
    ),
    "entry-of-system": lambda params: _("A file that an operating system leaves in folders; there is nothing to read."),
    "entry-locked": lambda params: _(
        "This file is locked with a password in the zip. Unpack it, and add it by itself."
    ),
    "entry-link": lambda params: _("This is a link to another file. Add the file itself."),
    "entry-zip": lambda params: _("A packed file within a zip is not unpacked. Unpack it, and add what is in it."),
    "entry-empty": lambda params: _("This file is empty. Copy it again from where it came from, and add that."),
    "entry-too-large": lambda params: _("This file is larger than 50 MB. Divide it into parts and add each part."),
    "entry-no-room": lambda params: _(
        "The files of this zip are larger together than 500 MB, and this one came after that. Add it by itself."
    ),
    "entry-broken": lambda params: _("This file is damaged in the zip. Make the zip again, or add the file by itself."),
}
