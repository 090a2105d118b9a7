"""The two walls between vendors: a loud ORM scope here, row-level security in PostgreSQL.

``context`` opens a vendor's space, ``models`` and ``keys`` are what every walled table is
built from, ``isolation`` holds the migration operations that raise the database's wall.
"""
