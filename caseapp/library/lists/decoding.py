"""From the bytes of a list to its characters."""

import codecs

from caseapp.core.refused import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """UTF-8 or, with its mark, UTF-16; else as spreadsheets in Windows write, which leaves no byte unread."""
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("list-undecodable") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
