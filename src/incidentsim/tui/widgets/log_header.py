"""The lines above the log: its filters, and how many rows there are over time. Each part can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from incidentsim.exercise.log_filter import Filter
from incidentsim.tui.wording import clean, column

BARS = " ▁▂▃▄▅▆▇█"
LONGEST_CHIP = 30


class Piece(NamedTuple):
    """Text in a style of the pane's (``log--dim``), and what a click on it means."""

    text: str
    style: str = ""
    filter: int = -1
    """Which filter it switches."""
    cell: int = -1
    """Which span of time it goes to."""


def chips(filters: Sequence[Filter], width: int) -> list[Piece]:
    """The filters, ``[x]`` those that are on; what does not fit is counted."""
    pieces: list[Piece] = []
    room = width
    for number, each in enumerate(filters):
        words = clean(each.words())
        words = column(words, LONGEST_CHIP).rstrip() if cell_len(words) > LONGEST_CHIP else words
        text = f"[{'x' if each.on else ' '}] {words}  "
        left = len(filters) - number
        if cell_len(text) > room - (0 if left == 1 else len(f"+{left} (F)")):
            pieces.append(Piece(f"+{left} (F)"[:room], "log--dim"))
            break
        room -= cell_len(text)
        pieces.append(Piece(text, "" if each.on else "log--dim", filter=number))
    return pieces


def bars(counts: Sequence[int], style: str, here: int) -> list[Piece]:
    """One cell a span of time; the span of the cursor, *here*, is marked."""
    most = max(counts, default=0)
    pieces = []
    for cell, count in enumerate(counts):
        pieces.append(
            Piece(BARS[0 if not count else 1 + count * 7 // most], "log--here" if cell == here else style, cell=cell)
        )
    return pieces


def edges(until: int, cells: int) -> list[int]:
    """The moments (ms) between *cells* equal spans of 0 to *until*."""
    return [max(1, until) * cell // cells for cell in range(cells + 1)]
