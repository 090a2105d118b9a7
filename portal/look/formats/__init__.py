"""How the interface writes days and times, by language."""
