"""What follows from the facts: programs, versions, criteria, evaluation, awards, listing."""
