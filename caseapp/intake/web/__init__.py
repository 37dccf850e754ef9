"""A web page as text: the article in it, or all that it shows. Runs only in a child process (see `core.sandbox`)."""
