"""The vendor's workspace."""
