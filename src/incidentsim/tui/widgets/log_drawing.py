"""How a row of the log is written: its columns, what was searched for, and where it breaks when it is wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, column

BEFORE = 30
"""Cells before a row's text: a sign, time, level, service."""
LEVELS = {"WARN": "log--warn", "ERROR": "log--error", "FATAL": "log--error"}

Spans = Iterator[tuple[str, str]]


class Sought(NamedTuple):
    """What is searched for: as it was typed, and how it is found."""

    typed: str
    pattern: re.Pattern[str]


def sought(text: str) -> Sought | None:
    """``/…/`` is a regular expression, all else is text; the case does not matter. Raises `re.error`."""
    if not text:
        return None
    return Sought(text, re.compile(expression(text) or re.escape(text), re.IGNORECASE))


def expression(text: str) -> str:
    """The regular expression within slashes, or nothing."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "/" else ""


def words(row: Data, count: int = 1) -> str:
    """A row's text on one line, with how many rows it stands for."""
    text = clean(row["text"])
    return f"×{count} {text}" if count > 1 else text


def broken(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* cells; at least one."""
    if cell_len(text) <= width:
        return [text]
    return [str(line) for line in chop_cells(text, max(8, width))]


def before(row: Data) -> Spans:
    """The columns before the text, each with its style."""
    level = str(row["level"])
    yield f"{clean(row['time'])[:8]} ", "log--dim"
    yield f"{level[:5]:<6}", LEVELS.get(level, "log--dim")
    yield column(row["service"], 13) + " ", "log--dim"


def marked(text: str, wanted: Sought | None) -> Spans:
    """The text, with what was searched for marked."""
    at = 0
    for found in wanted.pattern.finditer(text) if wanted else ():
        if found.end() == found.start():
            continue
        if found.start() > at:
            yield text[at : found.start()], ""
        yield found[0], "log--match"
        at = found.end()
    if at < len(text) or not text:
        yield text[at:], ""


def plain_row(row: Data) -> str:
    """A row as it is copied."""
    return f"{row['time']} UTC {row['level']} {row['service']} {clean(row['text'])}"
