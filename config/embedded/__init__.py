"""Real PostgreSQL and Valkey servers that live in a state folder: no Docker, no root, no ports.

`config.servers` is the way in. A server belongs to nobody in particular: every process that
uses it holds a shared lock, and a keeper process stops it when the last lock is gone, however
its users ended.
"""
