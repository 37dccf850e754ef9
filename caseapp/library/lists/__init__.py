"""Lists of publications, as reference managers and spreadsheets write them, and zips of files: bytes in, rows out.

`reading` and `unpacking` are run in a child process (see `caseapp.core.sandbox`), `wording` says what they found.
"""
