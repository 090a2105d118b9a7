"""Tags about badges."""
