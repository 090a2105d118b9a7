"""Everything that writes programs, verdicts and standings, by noun."""
