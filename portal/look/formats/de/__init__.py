"""German: days with a dot, numbers with a comma."""
