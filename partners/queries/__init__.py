"""Everything that asks on the ground floor, by noun."""
