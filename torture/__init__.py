"""Stress tests that take too long for the test suite. `python -m torture` prints one table."""
