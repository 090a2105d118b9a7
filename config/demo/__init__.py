"""The demo: two rival vendors with a year of dated facts, told relative to today.

``companies`` and ``names`` say who appears, ``northwind`` and ``umbra`` tell each vendor's year,
``writer`` writes it through operations. Only facts and human decisions are written; verdicts,
standings and awards come from judging that year as it is told, day by day
(``accreditation.operations.replay``).
"""
