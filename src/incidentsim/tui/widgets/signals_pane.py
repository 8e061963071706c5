"""The pane of what is measured, and of the counts that the player keeps."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.widgets.plot import braille
from incidentsim.tui.wording import STATE_STYLES, clean, column

MUTED = "$foreground-muted"
STATES = {"critical": "crit", "none": ""}


class SignalsPane(ListPane):
    """What the organisation measures, and the counts the player keeps."""

    def __init__(self) -> None:
        super().__init__("Signals · measured", "Nothing is measured here.", id="signals")

    def update_signals(self, signals: list[Data]) -> None:
        """Show *signals* with their latest value and its state, in words."""
        width = max(30, self.scrollable_content_region.width - 2)
        rows: list[Row] = []
        values = [f"{signal['last'] or '–'} {signal['unit']}".strip() for signal in signals]
        value_width = min(16, max((len(clean(value)) for value in values), default=0))
        plot_width = max(6, min(28, width // 5))
        name_width = max(10, width - value_width - plot_width - 7)
        for signal, value in zip(signals, values, strict=True):
            state = STATES.get(str(signal["state"]), str(signal["state"]))
            mark = "◇ " if signal["own"] else ""
            rows.append(
                (
                    f"signal:{signal['id']}",
                    Content.assemble(
                        column(mark + signal["title"], name_width),
                        " ",
                        Content.styled(braille(signal["points"], plot_width)[0], "$text-accent"),
                        " ",
                        column(value, value_width).strip().rjust(value_width),
                        " ",
                        Content.styled(f"{clean(state):<4}", STATE_STYLES.get(state, MUTED)),
                    ),
                )
            )
        if not any(signal["own"] for signal in signals):
            rows.append(("", Content.styled("q to count something; k keeps it as a plot", MUTED)))
        self.show(rows)
