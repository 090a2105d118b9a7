"""The criteria engine: plain dataclasses in, plain dataclasses out, the day is an argument.

Layers, each may import only those before it: periods, timelines, facts, verdicts, allocation,
problems, reader, kinds, document, judge. No Django, no database, no clock.
"""
