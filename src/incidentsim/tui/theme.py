"""The colours: a quiet dark ground, one accent, and amber, red and green only for states."""

from __future__ import annotations

from textual.theme import Theme

CALM = Theme(
    name="calm",
    primary="#4f7a9a",
    secondary="#6c7f8f",
    accent="#7fb4d0",
    warning="#d9a441",
    error="#d9695f",
    success="#7fae7a",
    foreground="#d5dade",
    background="#12161a",
    surface="#1a2026",
    panel="#222a31",
    dark=True,
)
