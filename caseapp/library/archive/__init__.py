"""The whole library as one file, out of one installation and into another, without loss.

An archive is a zip: `library.json` says what is in it, `rows/<model>.jsonl` has every row of every table that holds
what people made or brought, and `files/<sha256>` every stored file. What the program can work out again (`DERIVED`)
and who is doing what at the moment (rows that are jobs) stay behind.
"""
