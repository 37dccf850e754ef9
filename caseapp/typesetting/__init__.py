"""Words onto pages: our own fonts, the printed form of a text, and WeasyPrint behind a fetcher that reaches nothing."""
