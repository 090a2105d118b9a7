"""German: "14. März 2027" in sentences, "14.03.2027" in tables, 24 hours.

What is not here, such as the marks in numbers, Django says for German.
"""

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "j. F Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j. F"
SHORT_DATE_FORMAT = "d.m.Y"
