"""How one report told many times is found: its words, its figures and names, and whom it names. Pure."""
