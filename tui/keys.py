"""The one table of commands."""
