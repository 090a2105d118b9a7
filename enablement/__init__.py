"""Enablement: who is certified."""
