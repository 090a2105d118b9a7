"""Points that add up."""
