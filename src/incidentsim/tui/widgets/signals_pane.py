"""The pane of what is measured, and of the counts that the player keeps: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from incidentsim.tui.keys import signals as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.widgets.plot import braille, limit_cells, place
from incidentsim.tui.wording import STATE_STYLES, clean, column

MUTED = "$foreground-muted"
STATES = {"critical": "crit", "none": ""}
LIMIT_WIDTH = 12
WIDE = 64
"""From this width on there is room for the limits in words."""
HINT = "q to count something; k keeps it as a plot"


class SignalsPane(ListPane):
    """What the organisation measures, and the counts the player keeps (◇). Drawn only where something changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self) -> None:
        super().__init__("Signals · measured", "Nothing is measured here.", id="signals")
        self._signals: list[Data] = []
        self._marks: list[Data] = []

    def update_signals(self, signals: list[Data], marks: Sequence[Data] | None = None) -> None:
        """Show *signals* with their latest value and its state, in words, and the player's *marks* below."""
        if marks is None:
            marks = self.screen.seat.incident_record()["marks"] if isinstance(self.screen, SeatPage) else []
        self._signals, self._marks = signals, list(marks)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(30, self.scrollable_content_region.width - 2)
        values = [value_of(signal) for signal in self._signals]
        value_width = min(16, max((len(value) for value in values), default=0))
        limit_width = LIMIT_WIDTH + 1 if width >= WIDE else 0
        plot_width = max(6, min(30, width // 5))
        name_width = max(10, width - value_width - plot_width - limit_width - 7)
        rows: list[Row] = []
        for signal, value in zip(self._signals, values, strict=True):
            rows.append(
                (f"signal:{signal['id']}", line(signal, value, name_width, plot_width, value_width, limit_width))
            )
        if self._marks and self._signals:
            rows.append(("", self._ruler(name_width, plot_width, width)))
        if not any(signal["own"] for signal in self._signals):
            rows.append(("", Content.styled(HINT, MUTED)))
        self.show(rows)

    def _ruler(self, name_width: int, plot_width: int, width: int) -> Content:
        """The player's markers below the plots, and the newest in words."""
        first = self._signals[0]
        begin, end = int(first["from"]), int(first["from"]) + int(first["each"]) * max(1, len(first["points"]))
        cells = [" "] * plot_width
        for number, mark in enumerate(self._marks, 1):
            if begin <= int(mark["at"]) <= end:
                text = str(number)
                at = min(place(int(mark["at"]), begin, end, plot_width), plot_width - len(text))
                cells[at : at + len(text)] = text
        newest = f"{len(self._marks)} {clean(self._marks[-1]['text'])}"
        room = width - name_width - plot_width - 3
        return Content.styled(
            f"{column('▾ markers', name_width)} {''.join(cells)} {column(newest, room)}", "$text-primary"
        )

    def action_pin(self) -> None:
        """Pin the signal in focus."""
        from incidentsim.tui.flows import looking

        chosen, page = self.chosen, self.screen
        if not chosen or not isinstance(page, SeatPage):
            return
        if any(signal["own"] and f"signal:{signal['id']}" == chosen for signal in self._signals):
            page.say("A count is pinned from the evidence list (e), as it was when it was counted.")
        else:
            looking.pin(page, chosen)


def value_of(signal: Data) -> str:
    """The latest value with its unit; in a gap, that there is none."""
    if signal["state"] == "gap":
        return "no samples"
    return clean(f"{signal['last'] or '–'} {signal['unit']}".strip())


def line(signal: Data, value: str, name_width: int, plot_width: int, value_width: int, limit_width: int) -> Content:
    """Title, plot, value, limit where there is room, state."""
    state = STATES.get(str(signal["state"]), str(signal["state"]))
    style = STATE_STYLES.get(state, "bold $text-warning" if state == "gap" else MUTED)
    plot: list[Content] = []
    cells = braille(signal["points"], plot_width)[0]
    for cell, kind in zip(cells, limit_cells(signal, plot_width), strict=True):
        plot.append(
            Content.styled(cell, {"warn": "$text-warning", "critical": "$text-error"}.get(kind, "$text-accent"))
        )
    return Content.assemble(
        column(("◇ " if signal["own"] else "") + signal["title"], name_width),
        " ",
        *plot,
        " ",
        column(value, value_width).strip().rjust(value_width),
        Content.styled(f" {column(limit_text(signal), limit_width - 1)}" if limit_width else "", MUTED),
        " ",
        Content.styled(f"{clean(state):<4}", style),
    )


def limit_text(signal: Data) -> str:
    """The first limit, as in ``warn >75``."""
    for limit in signal["limits"]:
        name = "crit" if limit["name"] == "critical" else limit["name"]
        return f"{name} {'>' if limit['above'] else '<'}{limit['value']:,g}"
    return ""
