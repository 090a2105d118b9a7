"""Badges and award pages."""
