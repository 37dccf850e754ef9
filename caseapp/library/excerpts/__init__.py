"""A passage of a text: where it stands, how it is cut, what became of it, and who is to look at it."""
