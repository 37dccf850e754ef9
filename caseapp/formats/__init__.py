"""How numbers are written, where Django's choice for a language is not that of the people who read it here."""
