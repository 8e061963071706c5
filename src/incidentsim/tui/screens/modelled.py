"""What the controls of the action items would have changed: the runs as they are made, then the result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import ProgressBar, Static

from incidentsim.text.problem import Problem
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import clean

MUTED = "$foreground-muted"
TITLE = "What your action items would have changed · modelled"
DRAWN_EVERY = 0.25  # seconds


class ModelledScreen(SeatPage):
    """Escape ends the runs first, keeping what is finished, and then goes back."""

    HELP_ID = "modelled"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.MODELLED)
    DEFAULT_CSS: ClassVar[str] = """
    ModelledScreen {
        ProgressBar { width: 1fr; margin: 1 2 0 2; }
        Bar { width: 1fr; }
        #state { margin: 0 2; height: auto; }
        #modelled { margin: 0 2 1 2; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._done, self._all, self._stopping = 0, 0, False
        self._began = time.monotonic()
        self._at_work = True

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield ProgressBar(total=1, show_eta=False)
        yield Static(id="state")
        with VerticalScroll(id="modelled", classes="reading-pane"):
            yield Static(id="found")
        yield KeyLine()

    def on_mount(self) -> None:
        pane = self.query_one("#modelled")
        pane.border_title = Content(TITLE)
        pane.focus()
        self.set_interval(DRAWN_EVERY, self._draw)
        self._draw()
        self.run_worker(self._model(), group="model", exclusive=True)

    def on_unmount(self) -> None:
        self._stopping = True

    def _progress(self, done: int, tasks: int) -> bool:
        """Called by the thread that has the runs made."""
        self._done, self._all = done, tasks
        return not self._stopping

    async def _model(self) -> None:
        try:
            found = await asyncio.to_thread(self.session.modelled, self._progress)
        except Problem as problem:
            self.query_one("#found", Static).update(Content(clean(str(problem))))
        else:
            self.query_one("#found", Static).update(Content("\n").join(_told(found)))
        self._at_work = False
        self._draw()

    def _draw(self) -> None:
        bar, state = self.query_one(ProgressBar), self.query_one("#state", Static)
        bar.display = state.display = self._at_work
        if not self._at_work:
            return
        bar.update(total=self._all or 1, progress=self._done)
        if self._stopping:
            state.update("Stopping after what runs now; what is finished is kept.")
            return
        left = ""
        if self._done:
            seconds = (time.monotonic() - self._began) / self._done * (self._all - self._done)
            left = f", about {seconds:.0f} s left"
        state.update(
            f"{self._done} of {self._all or '…'} pieces of work{left}. Escape stops and keeps what is finished."
        )

    def action_leave(self) -> None:
        """Stop, or go back where nothing runs."""
        if self._at_work and not self._stopping:
            self._stopping = True
            self._draw()
            return
        self.dismiss()


def _told(found: Data) -> Iterator[Content]:
    if not found["seeds"]:
        yield Content("No seed was finished, so there is nothing to compare.")
        return
    seeds = "one seed" if found["seeds"] == 1 else f"{found['seeds']} seeds"
    partly = ", fewer than were asked for" if found["partly"] else ""
    yield Content(f"What you did, again with {seeds}{partly}, with one control more each time. [ ] are 95% intervals.")
    yield Content(clean(found["without"]))
    for each in found["controls"]:
        yield Content("")
        yield Content.assemble(
            Content.styled(" ".join(each["items"]), "$text-accent"), "  ", Content.styled(clean(each["title"]), "bold"),
            Content.styled(f"  {clean(each['short'])}", "$text-success"),
        )  # fmt: skip
        for sentence in each["sentences"]:
            yield Content(f"  {clean(sentence)}")
    yield Content("")
    yield Content.styled("Modelled on these assumptions:", "bold")
    for assumed in found["assumptions"]:
        yield Content.styled(f"· {clean(assumed)}", MUTED)
