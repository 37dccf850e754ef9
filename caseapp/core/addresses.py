"""Addresses as browsers and whoever pretends to be one send them."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """The parts of an address; of what is no address at all, such as “http://[”, empty ones."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
