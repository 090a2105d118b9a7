"""What the engine and the records say, in the language of the moment."""
