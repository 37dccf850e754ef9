"""Which files are lists, by their names."""

FORMATS = {".csv": "csv", ".tsv": "csv", ".ris": "ris", ".bib": "bibtex", ".bibtex": "bibtex", ".json": "csl"}


def format_of(name: str) -> str:
    """The format that a file with this name is read as; "" where it is no list."""
    return FORMATS.get(name[name.rfind(".") :].lower(), "") if "." in name else ""
