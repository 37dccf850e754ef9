"""How numbers, days and times are written, where Django’s choice for a language is not that of our readers."""
