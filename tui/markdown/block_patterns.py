"""Patterns of the lines that begin a block."""

import re

ITEM = re.compile(r"(?:([-*+•])|(\d{1,9})([.)]))(?:( +)|$)")
SUBHEAD = re.compile(r"(#{2,6})[ \t\u3000]*(?=[^\s#])|(#)[ \t\u3000]+(?=[^\s#])|(#{1,6})[ #]*$")
RULE = re.compile(r"(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
FENCE = re.compile(r"(`{3,}+|~{3,}+)([^`]*+|(?<=~)[^\n]*)$")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*")
TASK = re.compile(r"\[([ xX])\] +(?=\S)")
UNDERLINE = re.compile(r"(?:(=+)|-+) *$")
HARD = re.compile(r"(?:  |\\)$")
BOX = re.compile(r"(:{3,})(.*)$")
ADMONITION = re.compile(
    r"(?:(?:!!!|\?\?\?\+?) *+([A-Za-z][\w -]*+)?|===[!+]? *+(?=\"))(?:\"((?:[^\"\\]|\\.)*+)\")? *+$"
)
"""The first line of a box or tab of Python-Markdown: `!!! note "题"`, `??? tip`, `=== "题"`. Its text is indented."""
ATTRIBUTES = re.compile(r"\{[:.#][^{}\n]*\} *$")
"""A line of attributes for the block above it, as kramdown and Hugo read it."""
ALERT = re.compile(r"\[!([A-Za-z]{2,20})\][-+]? *(.*)$")
DEFINITION = re.compile(
    r"\[((?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+\n?+[ \t]*+(?:<([^<>\n]*)>|([^\s<]\S*+))"
    r"(?:(?:[ \t]++\n?+[ \t]*+|\n[ \t]*+)(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"
    r"(?=[ \t]*+(?:\n|\Z)))?+"
    r"[ \t]*+(?:\n|\Z)"
)
