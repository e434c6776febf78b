"""Shared libraries: an archive in PostgreSQL that many users read, each with marks of their own.

`schema/` defines the tables and what their columns mean. psycopg (the extra `shared`) is imported when a connection is
made, so users of files need not have it.
"""
