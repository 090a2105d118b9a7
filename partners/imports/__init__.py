"""Files of rows that become facts.

``table`` reads the file, ``cells`` its values; ``importer`` says what a kind of import is,
``sweep`` takes a file through it from top to bottom, ``people`` is the first kind. The verbs
(upload, check, confirm, apply) are in ``partners.operations.imports``.
"""
