"""How fast it is, as ratios: what the product does against the least that has to be done.

``fill`` makes a database of invented vendors, ``races`` measures two ways to the same answer in
turns, ``tenancy`` and ``evaluation`` say which ways, ``report`` writes docs/benchmarks.md. Absolute
times belong to a machine and a day; a ratio from one run does not.
"""
