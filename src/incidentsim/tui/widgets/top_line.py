"""The line at the top: what is it, how long, how bad, what do our own measures say it costs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.wording import clean, column

Part = tuple[str, str]
"""Text and its style."""


class TopLine(Static):
    """EXERCISE, the incident's number and title at the left; facts at the right.

    The title gives way first where there is no room; EXERCISE never does.
    """

    def __init__(self, number: str = "", title: str = "") -> None:
        super().__init__("", markup=False)
        self.number = clean(number)
        self.heading = clean(title)
        self._facts: tuple[Part, ...] = ()

    def on_mount(self) -> None:
        self._write()

    def on_resize(self) -> None:
        self._write()

    def name_it(self, number: str, title: str) -> None:
        """Show another incident."""
        self.number, self.heading = clean(number), clean(title)
        self._write()

    def state(self, facts: Sequence[Part]) -> None:
        """Show *facts* at the right; nothing is drawn where nothing changed."""
        new = tuple((clean(text), style) for text, style in facts)
        if new != self._facts:
            self._facts = new
            self._write()

    def _write(self) -> None:
        width = self.size.width
        if not width:
            return
        tight = width < 100
        gap = " " if tight else "  "
        facts = list(self._facts)
        right = sum(cell_len(text) for text, _ in facts) + len(gap) * len(facts)
        left = f" {self.number}" if self.number else ""
        room = width - len(" EXERCISE ") - cell_len(left) - right - 2
        title = column(self.heading, room).rstrip() if room >= 8 else ""
        head: list[Content | str] = [
            Content.styled(" EXERCISE ", "bold $background on $warning"),
            Content.styled(left, "bold"),
            Content(f" {title}" if title else ""),
        ]
        used = len(" EXERCISE ") + cell_len(left) + (cell_len(title) + 1 if title else 0)
        tail = [piece for text, style in facts for piece in (gap, Content.styled(text, style))]
        self.update(Content.assemble(*head, " " * max(0, width - used - right), *tail))
