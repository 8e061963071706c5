"""One signal or kept count as a large plot with axes, limits, markers and a cursor. Opening it is evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.flows import looking
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.keys.signals import SIGNAL
from incidentsim.tui.screens.plot_page import MUTED, PlotPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.chart import Chart
from incidentsim.tui.widgets.chart_drawing import Limit, Plot, Series
from incidentsim.tui.wording import STATE_STYLES, clean

NONE = "none"
LIMIT_STYLES = {"warn": "$text-warning", "critical": "$text-error", "slo": "$text-success"}


class SignalScreen(PlotPage):
    """The plot of one signal; tab goes on to the next."""

    HELP_ID = "signal"
    BINDINGS: ClassVar[list[BindingType]] = bindings(SIGNAL)

    def __init__(self, session: Session, signal: str) -> None:
        super().__init__(session)
        self.signal = signal
        self.overlay = ""
        self.evidence = ""
        """The number of the evidence that opening gave."""
        self._data: Data = {}
        self._second: Data = {}

    def begin(self) -> None:
        """Look at the signal that was chosen."""
        self._open()

    def subject(self) -> tuple[object, ...]:
        return self.signal, self.overlay

    def _open(self) -> None:
        """Look at the signal; that is evidence of its present value, unless it is the player's own count."""
        own = any(each["id"] == self.signal and each["own"] for each in self.seat.signals(0, None, 1))
        found = None if own else looking.opened(self, f"signal:{self.signal}")
        self.evidence = str(found["id"]) if found else ""
        self._drawn = ()
        self.follow()

    def look(self, signal: str) -> bool:
        """Look at another signal, which is evidence; False where that was refused."""
        return looking.opened(self, f"signal:{signal}") is not None

    def load(self) -> None:
        """Bring the plot up to date."""
        data = self.seat.samples(self.signal)
        if data is None:
            return
        self._data = data
        second = self.seat.samples(self.overlay) if self.overlay else None
        self._second = second or {}
        limits = tuple(Limit(each["name"], each["value"], each["above"]) for each in data["limits"])
        plot = Plot(series_of(data), series_of(second) if second else None, limits, self.plot_marks())
        chart = self.query_one(Chart)
        chart.show(plot, int(data["from"]))
        known = [each["id"] for each in self.seat.signals(0, None, 1)]
        place = f"{known.index(self.signal) + 1} of {len(known)}" if self.signal in known else ""
        unit = f", {clean(data['unit'])}" if data["unit"] else ""
        parts = [
            f"{'◇ ' if data['own'] else ''}{clean(data['title'])}{unit}",
            clean(data["service"]),
            self.evidence,
            place,
        ]
        chart.border_title = Content(" · ".join(part for part in parts if part))

    def words(self, width: int) -> list[Content]:
        """What stands at the cursor, and what the lines are."""
        chart = self.query_one(Chart)
        if chart.view.at is None or not self._data:
            return [Content.styled("No sample has arrived yet.", MUTED)]
        return [self._reading(chart, chart.view.at), *self._lines(chart)]

    def _reading(self, chart: Chart, at: int) -> Content:
        parts: list[Content | str] = [Content.styled(f"{self.clock.utc(at, seconds=True)} UTC  ", "bold")]
        series, index = chart.plot.series, chart.view.cursor
        value = series.values[index]
        if value is None:
            known = [t for t, each in zip(series.times[:index], series.values[:index], strict=True) if each is not None]
            since = f"; the last one came at {self.clock.utc(known[-1])}" if known else ""
            parts.append(Content.styled(f"no sample arrived{since}", "bold $text-warning"))
        else:
            parts.append(Content.styled(value_text(self._data, value), "bold $text-accent"))
            state, style = standing(chart.plot.limits, value)
            parts.append(Content.styled(f"  {state}", style) if state else "")
        here = [mark for mark in chart.plot.marks if at - int(self._data["each"]) < mark.at <= at]
        parts += [Content.styled(f"  ▾{mark.number} {mark.text}", "$text-primary") for mark in here]
        return Content.assemble(*parts)

    def _lines(self, chart: Chart) -> list[Content]:
        """The second line's value at the cursor, and the limits."""
        result = []
        second, at = chart.plot.second, chart.view.at
        if second is not None and at is not None:
            index = bisect_right(second.times, at) - 1
            value = second.values[index] if index >= 0 else None
            text = value_text(self._second, value) if value is not None else "no sample"
            name = f"{clean(self._second['title'])} (dotted, scale at the right)"
            result.append(Content.styled(f"{name}: {text}", "$text-secondary"))
        far = chart.drawing.beyond
        named = [
            Content.styled(
                f"{limit.label} {'above' if limit.above else 'below'} {limit.value:,g}"
                f"{' (out of sight)' if limit in far else ''}",
                LIMIT_STYLES.get(limit.name, MUTED),
            )
            for limit in chart.plot.limits
        ]
        if named:
            result.append(Content.assemble(Content.styled("limits, dashed: ", MUTED), Content(" · ").join(named)))
        return result

    def action_next(self, places: int) -> None:
        known = [each["id"] for each in self.seat.signals(0, None, 1)]
        if self.signal in known:
            self.signal = known[(known.index(self.signal) + places) % len(known)]
            if self.overlay == self.signal:
                self.overlay = ""
            self._open()

    def action_pin(self) -> None:
        if self.evidence:
            looking.pin(self, self.evidence)
        else:
            self.say("A count is pinned from the evidence list (e), as it was when it was counted.")

    def action_overlay(self) -> None:
        self.start(self._choose_overlay())

    async def _choose_overlay(self) -> None:
        others = [each for each in self.seat.signals(0, None, 1) if each["id"] != self.signal]
        choices = [Choice(str(each["id"]), clean(each["title"]), clean(each["service"])) for each in others]
        if self.overlay:
            choices.insert(0, Choice(NONE, "no overlay"))
        picked = await self.ask(Picker("Lay over this one", choices))
        if picked is None:
            return
        own = any(each["id"] == picked and each["own"] for each in others)
        if picked != NONE and not own and not self.look(picked):
            return
        self.overlay = "" if picked == NONE else picked
        self.follow()


def series_of(data: Data) -> Series:
    """A plot's samples in its unit; each is there at the end of its span."""
    begin, each, scale = int(data["from"]), int(data["each"]), int(data["scale"])
    return Series(
        clean(data["title"]),
        clean(data["unit"]),
        tuple(begin + each * number for number in range(1, len(data["points"]) + 1)),
        tuple(None if value is None else value / scale for value in data["points"]),
    )


def value_text(data: Data, value: float) -> str:
    """A value with all its decimals and its unit."""
    decimals = len(str(data["scale"])) - 1
    return f"{value:,.{decimals}f} {clean(data['unit'])}".strip()


def standing(limits: Sequence[Limit], value: float) -> tuple[str, str]:
    """Where a value stands to the limits, in words, with a style; the worst limit that it is beyond."""
    order = {"critical": 0, "warn": 1, "slo": 2}
    for limit in sorted(limits, key=lambda each: order.get(each.name, 3)):
        if value > limit.value if limit.above else value < limit.value:
            side = "above" if limit.above else "below"
            return f"{side} the {limit.label} line, {limit.value:,g}", LIMIT_STYLES.get(limit.name, MUTED)
    return ("inside its limits", STATE_STYLES["ok"]) if limits else ("", "")
