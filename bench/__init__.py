"""How fast, how large: our program beside peers and floors, in one run, on one machine."""
