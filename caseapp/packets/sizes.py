"""How large files are, in words. Pure."""


def megabytes(size: int) -> str:
    """25.1: rounded up, so that a file over the limit never reads as if it were within."""
    return f"{-(-size // 100_000) / 10:g}"
