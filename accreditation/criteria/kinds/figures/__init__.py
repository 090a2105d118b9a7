"""Figures delivered from outside, and numbers made of two measures."""
