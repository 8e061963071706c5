"""One line that names the steps or folded panes and shows which is open."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.wording import clean


class TabStrip(Static):
    """Numbered names; the open one is bold and marked, so that colour is not needed to see it."""

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(self, names: Sequence[str], current: int) -> None:
        """Show *names*, the one at *current* as open."""
        parts: list[Content | str] = []
        for index, name in enumerate(names):
            if index == current:
                parts.append(Content.styled(f"▸{index + 1} {clean(name)} ", "bold reverse"))
            else:
                parts.append(Content.styled(f" {index + 1} {clean(name)} ", "$foreground-muted"))
        self.update(Content.assemble(*parts))
