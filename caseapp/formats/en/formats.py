"""English without a choice between continents: 4 March is 4 Mar 2026, never 3/4, and the clock goes to 24."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
# With the day of the week: in a table, and where the date is what the page is about.
WEEKDAY_FORMAT = "D j M Y"
LONG_WEEKDAY_FORMAT = "l, j F Y"
SHORT_DATE_FORMAT = DATE_FORMAT
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
TIME_FORMAT = "H:i"
