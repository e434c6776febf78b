"""What the program is put through that no test suite has time for; `python -m torture` prints one table."""
