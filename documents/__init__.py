"""Documents: what has been proved."""
