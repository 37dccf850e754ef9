"""Files as they come from people: what each one is, its words, and a clean copy of it. No database, no settings."""
