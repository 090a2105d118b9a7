"""Records about the organization: done for customers, on file, answered, decided, held."""
