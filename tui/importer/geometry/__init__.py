"""Reconstruction of articles from positions on paper. Size, gutters, rules and frames take priority over words."""
