"""Nodes that ask other nodes: groups, conditions, spans of days."""
