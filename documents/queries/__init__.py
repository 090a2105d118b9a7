"""Everything that asks about what has been proved, by noun."""
