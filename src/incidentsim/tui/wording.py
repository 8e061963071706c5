"""Small pieces of text: times, spans, numbers, states. Everything from outside goes through `plain` or `clean`."""

from __future__ import annotations

from textual.content import Content

from incidentsim.text.escaping import for_terminal
from incidentsim.text.wording import Clock, clean, column, elapsed, number, span

__all__ = ["STATE_STYLES", "Clock", "clean", "column", "elapsed", "number", "plain", "span"]

STATE_STYLES = {"ok": "$text-success", "warn": "bold $text-warning", "crit": "bold $text-error"}
"""A colour for each state; the word is always shown too."""


def plain(text: object, style: str = "") -> Content:
    """Text from outside as content that is never read as markup; line breaks stay."""
    return Content.styled(for_terminal(str(text), newlines=True), style)
