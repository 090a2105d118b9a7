"""Files of rows that become facts.

``table`` reads the file, ``cells`` its values; ``importer`` says what a kind of import is,
``rows`` what all kinds do alike with their rows, ``sweep`` takes a file through one from top to
bottom; ``people`` and ``attributes`` are kinds. The verbs (upload, check, confirm, apply) are in
``partners.operations.imports``.
"""
