"""A client's text file on paper, line by line, with nothing left out."""
