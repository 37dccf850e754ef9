"""Which versions of which tools make and check a packet; light enough for a web process."""

from importlib.metadata import version

_TOOLS = ("weasyprint", "pydyf", "fonttools", "pikepdf", "pypdfium2")


def tool_versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in _TOOLS)
