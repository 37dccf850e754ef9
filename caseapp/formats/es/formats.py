"""Spanish as written in Mexico, Central America and the United States: 1,234.5, where Spain writes 1.234,5.

Days and times have one short form on every screen, as in English."""

DATE_FORMAT = "j b Y"
DATETIME_FORMAT = "j b Y, H:i"
# With the day of the week: in a table, and where the date is what the page is about.
WEEKDAY_FORMAT = "D j b Y"
LONG_WEEKDAY_FORMAT = r"l, j \d\e F \d\e Y"
SHORT_DATE_FORMAT = DATE_FORMAT
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
