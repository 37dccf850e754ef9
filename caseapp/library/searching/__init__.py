"""Finding words again, whatever their accents, capitals and endings: pure, and the same on every database."""
