"""Management commands of the assembly."""
