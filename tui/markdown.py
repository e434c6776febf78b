"""Markdown bodies as blocks."""
