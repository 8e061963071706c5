"""The tour of the war room: a page for each part of it; it can be left at any page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings

PAGES = (
    (
        "",
        "The war room",
        """An incident may be going on; nobody knows yet. The clock waits until this tour ends.
        The line at the top says what this is, how late it is, how bad, and what your own measures say it costs.""",
    ),
    (
        "log",
        "Log",
        """What the services write. Arrows scroll and stop following, End follows again. / searches, f filters,
        Enter opens a line, * pins it. What you open or pin is evidence; what scrolls by is not.""",
    ),
    (
        "signals",
        "Signals",
        """What the organisation measures, and nothing else. What nobody measures is not here. q counts what passed
        any point of the system; a count can be kept as a plot of your own.""",
    ),
    (
        "inbox",
        "Inbox",
        """Alerts, messages and everything you asked for. Enter opens. A message that wants an answer says until
        when.""",
    ),
    (
        "record",
        "Incident record",
        """Severity, hypotheses, decisions, updates. s declares, h notes a hypothesis, d a decision, u posts an
        update. The next person on call reads this.""",
    ),
    (
        "now",
        "Now",
        """What is under way and how many hands are free. a acts: a verb on a target, with what it costs. m asks
        somebody. w lets time pass until something arrives.""",
    ),
    ("map", "Map", "The services, what each depends on, and what is known of their health. Enter opens one."),
    (
        "",
        "Anywhere",
        """? tells every key of the place you are in, Ctrl+P finds a command by its name, Ctrl+O jumps to a pane.
        Space pauses. F10 stops at once for a real incident; everything is kept.""",
    ),
)
"""(pane, heading, text)."""


class TourScreen(Dialog[None]):
    """Lies at the bottom of *room* and frames the pane that a page is about."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.TOUR)
    HELP_ID = "tour"
    DEFAULT_CSS = """
    TourScreen { align: center middle; background: $background 20%; }
    TourScreen > .dialog { width: 76; max-width: 96%; height: auto; }
    TourScreen #tour-text { height: auto; min-height: 5; padding: 0 1; }
    """

    def __init__(self, room: Screen[None]) -> None:
        super().__init__("Tour", "enter next · ← back · esc leave the tour")
        self.room = room
        self.page = 0

    def body(self) -> ComposeResult:
        with Vertical(id="tour-text"):
            yield Static(id="tour-page", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        pane, heading, text = PAGES[self.page]
        self.room.query(".-toured").remove_class("-toured")
        if pane:
            try:
                self.room.query_one(f"#{pane}").add_class("-toured")
            except NoMatches:
                pane = ""
        count = f"  {self.page + 1} of {len(PAGES)}\n\n"
        self.query_one("#tour-page", Static).update(
            Content.assemble(
                Content.styled(heading, "bold $text-accent"),
                Content.styled(count, "$foreground-muted"),
                " ".join(text.split()),
            )
        )

    def action_turn(self, pages: int) -> None:
        page = self.page + pages
        if page >= len(PAGES):
            self.action_close()
        elif page >= 0:
            self.page = page
            self._show()

    def action_close(self) -> None:
        self.room.query(".-toured").remove_class("-toured")
        self.dismiss(None)
