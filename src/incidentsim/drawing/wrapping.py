"""Breaking and padding text by the cells it takes on a screen, where some characters take two."""

from __future__ import annotations

import textwrap
import unicodedata


def cells(text: str) -> int:
    """How many cells a text takes: two for a wide character, none for a mark that joins the one before it."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """The text with spaces behind it, up to *width* cells."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """The beginning of a text that fits into *width* cells."""
    if cells(text) <= width:
        return text
    used = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > width:
            return text[:index]
    return text


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The lines of a text, each at most *width* cells wide; all but the first begin with *indent*.

    Text without wide characters is broken at spaces and hyphens; a line with wide ones anywhere, as is their custom.
    """
    if all(unicodedata.east_asian_width(character) not in "WF" for character in text):
        return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=True) or [""]
    lines: list[str] = []
    rest = text.strip()
    while rest:
        lead = indent if lines else ""
        part = cut(rest, max(2, width - len(lead)))
        if len(part) < len(rest) and not rest[len(part)].isspace():
            broken = part.rpartition(" ")[0].rstrip()
            part = broken if cells(broken) * 2 > cells(part) else part
        lines.append(lead + part.rstrip())
        rest = rest[len(part) :].lstrip()
    return lines or [""]
