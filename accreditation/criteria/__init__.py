"""The criteria engine: plain dataclasses in, plain dataclasses out, the day is an argument.

From above: `judge` answers for one program, `sharing` for programs that compete for people; both
read `document`, whose tree is made of `kinds`, which measure `facts`. `allocation` seats people and
knows nothing of programs. The contract *engine* in pyproject.toml has every layer. No Django, no
database, no clock.
"""
