"""What the lists and the search of the library show, and how the database finds it."""
