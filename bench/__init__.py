"""Benchmarks: the program beside peers and floors, in one run on one machine."""
