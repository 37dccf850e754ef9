"""What Unicode says of single characters, as classes for regular expressions.

Python's `re` knows neither combining marks nor invisible characters by name, so they are listed here once.
"""

import unicodedata

# All marks that attach to the letter before them lie in this range of Unicode 14, the version of Python 3.11.
_MARK_RANGE = range(0x0300, 0x1E950)

MARKS = "".join(chr(code) for code in _MARK_RANGE if unicodedata.combining(chr(code)))

# Soft hyphen, zero-width space, word joiner, byte order mark; marks and controls of direction. They draw nothing.
# The zero-width joiners are not here: they change how Persian and Indian words are written.
INVISIBLE = "\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
