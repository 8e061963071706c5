"""The packet: where it was written, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incidentsim.text.problem import Problem
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Session
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import clean


class PacketScreen(SeatPage):
    """Writes the packet when it is shown: all files, or none and the reason."""

    HELP_ID = "packet"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.PACKET)

    def __init__(self, session: Session, out: Path | None) -> None:
        super().__init__(session)
        self.out = out

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        with VerticalScroll(id="packet", classes="reading-pane"):
            yield Static(self._written())
        yield KeyLine()

    def on_mount(self) -> None:
        pane = self.query_one("#packet")
        pane.border_title = Content("Packet")
        pane.focus()

    def _written(self) -> Content:
        try:
            written = self.session.write_packet(self.out)
        except (Problem, OSError) as error:
            return Content.assemble(
                Content.styled("The packet was not written.\n\n", "bold $text-error"), clean(error),
                "\n\nNothing is lost: the exercise and what you wrote are kept.",
            )  # fmt: skip
        lines: list[Content | str] = [
            Content.styled(f"Written to {clean(written['folder'])}\n\n", "bold"),
            *[f"  {clean(name)}\n" for name in written["files"]],
            "\nEach file says EXERCISE. Start with the postmortem; the scorecard is yours.\n",
        ]
        if written["findings"]:
            lines.append(Content.styled("\nWorth a look\n", "bold $text-accent"))
            lines += [f"• {clean(finding)}\n" for finding in written["findings"]]
        return Content.assemble(*lines)
