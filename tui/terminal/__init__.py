"""What is asked of the terminal before the app starts, what is shown on it first, and what it sends.

`tty` takes it and gives it back, `last_screen` shows what was there last time, `probe` asks it a question, `tokens`
cuts what it sends, `crash` tells an unexpected error. `tty`, `last_screen` and `probe` run before anything else is
imported, so they import nothing that takes a millisecond (no re, dataclasses, pathlib, typing).
"""
