"""English: the day comes first, as in the tables."""
