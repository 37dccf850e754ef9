"""What each kind of file has to say, in sentences by code; `sentences` puts them together."""
