"""The program in a browser: a server, and one process on a pseudo-terminal for each reader.

The server speaks HTTP and WebSocket and never draws; the reader's process is the terminal app, unchanged.
"""
