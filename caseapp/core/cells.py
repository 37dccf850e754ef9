"""Cells of a table that a spreadsheet opens without running anything. Pure."""

# What begins a formula in a spreadsheet, letters of full width included.
_BEGINS_A_FORMULA = tuple("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20\u2212")
# What such a beginning may hide behind.
_HIDES_IT = " \u00a0\ufeff"
_DISARMS = "'"


def disarmed(value: object) -> str:
    """The value as words; where a spreadsheet would run them as a formula, an apostrophe stands before them."""
    words = str(value)
    return f"{_DISARMS}{words}" if words.lstrip(_HIDES_IT).startswith(_BEGINS_A_FORMULA) else words


def rearmed(cell: str) -> str:
    """What `disarmed` was given, for a table that comes back."""
    inside = cell.removeprefix(_DISARMS)
    return inside if disarmed(inside) == cell else cell
