"""The kinds of criteria, one family a file, registered by name."""
