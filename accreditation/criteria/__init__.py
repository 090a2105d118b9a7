"""The criteria engine: plain dataclasses in, plain dataclasses out, the day is an argument.

Layers, each may import only those before it: periods, timelines, windows, records, facts, verdicts,
problems, reader, kinds, document, judge. working_time works facts out before judging. No Django, no
database, no clock.
"""
