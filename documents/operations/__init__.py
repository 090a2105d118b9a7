"""Everything that writes what has been proved, by noun."""
