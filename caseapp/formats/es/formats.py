"""Spanish as written in Mexico, Central America and the United States: 1,234.5, where Spain writes 1.234,5."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
