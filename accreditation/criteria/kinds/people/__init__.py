"""People: who they are, what they hold, which roles they fill."""
