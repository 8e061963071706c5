"""The error budgets that the organisation observes: what is gone, how fast it burns, when it is used up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.keys.model import bindings
from incidentsim.tui.keys.signals import BUDGETS
from incidentsim.tui.screens.plot_page import MUTED, PlotPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.chart import Chart
from incidentsim.tui.widgets.chart_drawing import Limit, Plot, Series
from incidentsim.tui.wording import clean, column

FORMULAS = (
    "consumed = bad ÷ ((1 − target) × expected in the window)",
    "burn = (bad ÷ total) ÷ (1 − target); at burn 1 the budget lasts its window",
    "used up in = what is left ÷ bad in the last hour",
)
DAY, HOUR, MINUTE = 86_400_000, 3_600_000, 60_000


class BudgetsScreen(PlotPage):
    """A line for each budget, and the chosen one's plot below."""

    HELP_ID = "budgets"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BUDGETS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.chosen = 0
        self._budgets: list[Data] = []

    def subject(self) -> tuple[object, ...]:
        return (self.chosen,)

    def load(self) -> None:
        """Bring table and plot up to date."""
        self._budgets = self.seat.budgets()
        self.chosen = min(self.chosen, len(self._budgets) - 1)
        budget = self._budgets[self.chosen]
        series = Series(
            f"{budget['title']}: budget left", "%", tuple(budget["times"]),
            tuple(value / budget["scale"] for value in budget["points"]),
        )  # fmt: skip
        chart = self.query_one(Chart)
        chart.show(Plot(series, None, (Limit("used up", 0.0, False),), self.plot_marks()), 0)
        chart.border_title = Content(f"{clean(budget['title'])} · budget left, %")
        self.query_one(".plot-head", Static).update(self._table())

    def on_resize(self) -> None:
        super().on_resize()
        if self._budgets:
            self.query_one(".plot-head", Static).update(self._table())

    def _table(self) -> Content:
        """One line a budget."""
        width = max(60, self.size.width - 2)
        narrow = width < 100
        burns = [span_text(each["window"]) for each in self._budgets[0]["burn"]]
        cell = 7 if narrow else 9
        room = min(48, width - 2 - 9 - 5 - 10 - cell * len(burns) - 18)
        heads = "".join(f"{name:>{cell}}" for name in burns)
        over = "burn in the last".rjust(2 + room + 9 + 5 + 10 + cell * len(burns))
        lines = [
            Content.styled(over, MUTED),
            Content.styled(f"  {'budget':<{room}}{'target':>9}{'of':>5}{'consumed':>10}{heads}  used up", MUTED),
        ]
        for number, budget in enumerate(self._budgets):
            here = number == self.chosen
            rates = "".join(f"{rate_text(each, cell - 1):>{cell}}" for each in budget["burn"])
            text = (
                f"{'▸' if here else ' '} {column(budget['title'], room)}{percent(budget['target']):>9}"
                f"{span_text(budget['window']):>5}{budget['consumed'] + '%':>10}{rates}  "
            )
            lines.append(Content.assemble(Content.styled(text, "bold" if here else ""), self._end(budget)))
        return Content("\n").join(lines)

    def _end(self, budget: Data) -> Content:
        if budget["exhausted_at"] is not None:
            return Content.styled(f"since {self.clock.utc(budget['exhausted_at'])}", "bold $text-error")
        if budget["exhausted_in"] is None:
            return Content.styled("not at this rate", MUTED)
        return Content.styled(f"in {span_text(budget['exhausted_in'])}", "bold $text-warning")

    def words(self, width: int) -> list[Content]:
        """What stands at the cursor, what the chosen budget counts, and the formulas."""
        if not self._budgets:
            return []
        budget, chart = self._budgets[self.chosen], self.query_one(Chart)
        lines: list[Content] = []
        at = chart.view.at
        if at is not None:
            left = chart.plot.series.values[chart.view.cursor]
            head = Content.styled(f"{self.clock.utc(at, seconds=True)} UTC  ", "bold")
            lines.append(Content.assemble(head, Content.styled(f"{left:,.2f}% left", "bold $text-accent")))
        lines.append(Content(
            f"{budget['bad']:,} bad of {budget['total']:,} since {self.clock.utc(0)}; allowed "
            f"{budget['allowed'].removesuffix('.00')} of {budget['window_total']:,} expected in "
            f"{span_text(budget['window'])}"
        ))  # fmt: skip
        short = [each for each in budget["burn"] if each["covered"] < each["window"]]
        if short:
            since = f"Data begin at {self.clock.utc(0)}: longer windows cover {span_text(short[0]['covered'])} so far."
            lines.append(Content.styled(since, MUTED))
        lines += [Content.styled(each, MUTED) for each in wrapped(FORMULAS, width)]
        return lines

    def action_next(self, places: int) -> None:
        if self._budgets:
            self.chosen = (self.chosen + places) % len(self._budgets)
            self.follow()


def wrapped(parts: Sequence[str], width: int) -> list[str]:
    """*parts* in as few lines as they fit into."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def percent(target: str) -> str:
    """``0.999`` as ``99.9%``, exactly."""
    return f"{Decimal(target) * 100:f}".rstrip("0").rstrip(".") + "%"


def rate_text(burn: Data, width: int) -> str:
    """A burn rate to two places, to none where there is no room; a dash where nothing was asked for."""
    rate = burn["rate"]
    if rate is None:
        return "–"
    return str(rate) if len(rate) <= width else str(rate).partition(".")[0]


def span_text(ms: int) -> str:
    """A span in at most two units: ``5m``, ``1h``, ``28d``, ``2h05``, ``3d 4h``."""
    days, rest = divmod(ms, DAY)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days:
        return f"{days}d {hours}h" if hours else f"{days}d"
    if hours:
        return f"{hours}h{minutes:02d}" if minutes else f"{hours}h"
    return f"{minutes}m" if minutes else "under 1m"
