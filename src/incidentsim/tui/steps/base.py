"""What the steps of the debrief share."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Vertical

if TYPE_CHECKING:
    from incidentsim.tui.screens.debrief import DebriefScreen


class Step(Vertical):
    """One step. It reads the case anew when it is shown and after each change."""

    @property
    def desk(self) -> DebriefScreen:
        """The debrief this step belongs to."""
        return cast("DebriefScreen", self.screen)

    def load(self) -> None:
        """Show the present state."""

    def enter(self) -> None:
        """Take the focus."""
        self.load()
        for widget in self.query("*"):
            if widget.can_focus:
                widget.focus()
                return

    def flow(self, steps: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions."""
        self.desk.start(steps)

    def changed(self) -> None:
        """Show what was changed."""
        self.load()
