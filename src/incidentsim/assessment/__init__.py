"""Rubric and scorecard."""
