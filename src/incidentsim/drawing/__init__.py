"""Graphs and timelines as terminal text, SVG, Mermaid, DOT and JSON."""
