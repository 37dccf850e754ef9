"""Which themes a passage may belong to, and why. Pure: it only suggests, and a person decides."""
