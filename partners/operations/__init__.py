"""Everything that writes on the ground floor, by noun: one verb, one function, one transaction."""
