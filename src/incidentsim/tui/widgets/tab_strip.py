"""One line that names the steps or folded panes and shows which is open. Each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from incidentsim.tui.wording import clean


class TabStrip(Static):
    """Numbered names; the open one is bold and marked, so that colour is not needed to see it."""

    class Chosen(Message):
        """A name was clicked; *index* counts from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._ends: list[int] = []

    def show(self, names: Sequence[str], current: int) -> None:
        """Show *names*, the one at *current* as open."""
        parts: list[Content | str] = []
        self._ends = []
        end = 0
        for index, name in enumerate(names):
            mark = "▸" if index == current else " "
            text = f"{mark}{index + 1} {clean(name)} "
            parts.append(Content.styled(text, "bold reverse" if index == current else "$foreground-muted"))
            end += cell_len(text)
            self._ends.append(end)
        self.update(Content.assemble(*parts))

    def on_click(self, event: events.Click) -> None:
        for index, end in enumerate(self._ends):
            if event.x < end:
                self.post_message(self.Chosen(index))
                return
