"""Everything that asks about programs, verdicts and standings, by noun."""
