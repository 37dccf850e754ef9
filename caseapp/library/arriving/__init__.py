"""The workers' part of bringing material in, and the rows that could not be."""
