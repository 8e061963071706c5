"""Panes that fold: side by side where there is room, one at a time where there is not, or on wish."""

from __future__ import annotations

from collections.abc import Mapping

from textual.screen import Screen
from textual.widget import Widget

from incidentsim.tui.widgets.tab_strip import TabStrip

LEAST_WIDTH, LEAST_HEIGHT = 110, 30
"""Below this the panes fold to tabs."""


class Folding:
    """Which panes of *screen* are shown. *panes* maps their ids to names."""

    def __init__(self, screen: Screen[None], panes: Mapping[str, str]) -> None:
        self._screen = screen
        self._names = dict(panes)
        self.current = next(iter(panes))
        self.zoomed = False

    @property
    def small(self) -> bool:
        """There is no room for panes side by side."""
        return self._screen.size.width < LEAST_WIDTH or self._screen.size.height < LEAST_HEIGHT

    def name(self, pane: str, name: str) -> None:
        """Give a tab another name, such as one with a count."""
        if self._names[pane] != name:
            self._names[pane] = name
            self._strip()

    def show(self, pane: str) -> None:
        """Go to a pane."""
        self.current = pane
        self.arrange()
        self._screen.set_focus(self._pane(pane))

    def zoom(self) -> None:
        """Show the pane in focus alone, or all of them again."""
        self.zoomed = not self.zoomed
        self.arrange()

    def unzoom(self) -> None:
        """Show all panes again, where there is room."""
        if self.zoomed:
            self.zoom()

    def focused(self) -> None:
        """Follow the focus."""
        focus = self._screen.focused
        if focus is not None and focus.id in self._names and focus.id != self.current:
            self.current = focus.id
            self._strip()

    def arrange(self) -> None:
        """Show and hide."""
        if not self._screen.is_mounted:
            return
        folded = self.small or self.zoomed
        self._screen.set_class(folded, "-folded")
        shown: dict[Widget, bool] = {}
        for name in self._names:
            pane = self._pane(name)
            pane.display = not folded or name == self.current
            for box in pane.ancestors:
                if box is self._screen or not isinstance(box, Widget):
                    break
                shown[box] = shown.get(box, False) or pane.display
        for box, visible in shown.items():
            box.display = visible
        self._strip()

    def _pane(self, name: str) -> Widget:
        return self._screen.query_one(f"#{name}")

    def _strip(self) -> None:
        names = list(self._names)
        self._screen.query_one(TabStrip).show(list(self._names.values()), names.index(self.current))
