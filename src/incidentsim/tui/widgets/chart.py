"""A large plot with axes and a cursor, for keys and mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from incidentsim.text.wording import Clock
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.keys.signals import CHART
from incidentsim.tui.widgets.chart_drawing import Drawing, Plot, Series, draw
from incidentsim.tui.widgets.chart_view import View

EMPTY = Plot(Series("", "", (), ()))
KINDS = ("line", "second", "warn", "critical", "slo", "mark", "cursor", "axis")


class Chart(Widget, can_focus=True):
    """Shows a `Plot`. It is drawn anew only where something changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CHART)
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{kind}" for kind in KINDS}
    DEFAULT_CSS = """
    Chart { height: 1fr; width: 1fr; border: solid $border-blurred; border-title-color: $foreground-muted;
        border-subtitle-color: $foreground-muted; }
    Chart:focus { border: solid $accent; border-title-color: $text-accent; border-subtitle-color: $text-accent; }
    Chart > .chart--line { color: $text-accent; }
    Chart > .chart--second { color: $text-secondary; }
    Chart > .chart--warn { color: $text-warning; }
    Chart > .chart--critical { color: $text-error; }
    Chart > .chart--slo { color: $text-success; }
    Chart > .chart--mark { color: $text-primary; text-style: bold; }
    Chart > .chart--cursor { color: $foreground; background: $primary 45%; }
    Chart > .chart--axis { color: $foreground-muted; }
    """

    class Moved(Message):
        """The cursor or the window moved."""

    def __init__(self, clock: Clock, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.clock = clock
        self.plot = EMPTY
        self.view = View()
        self._drawing: Drawing | None = None
        self._drawn_for = Size()

    def show(self, plot: Plot, begin: int = 0) -> None:
        """Show *plot*, whose time begins at *begin* (ms). Window and cursor stay where they are, or follow the end."""
        if plot != self.plot:
            self.plot = plot
            self.view.take(plot.series.times, begin)
            self._changed()

    def _changed(self) -> None:
        self._drawing = None
        self.refresh()
        self.post_message(self.Moved())

    @property
    def drawing(self) -> Drawing:
        """What is shown."""
        # The rows of a new size are asked for before its event arrives.
        if self._drawing is None or self._drawn_for != self.size:
            self._drawing = draw(self.plot, self.view, self.clock, self.size.width, self.size.height)
            self._drawn_for = self.size
        return self._drawing

    def render_line(self, y: int) -> Strip:
        """One row."""
        rows = self.drawing.rows
        if y >= len(rows):
            return Strip.blank(self.size.width, self.rich_style)
        base = self.rich_style
        styles = {kind: self.get_component_rich_style(f"chart--{kind}") for _, kind in rows[y] if kind}
        segments = [Segment(text, base + styles.get(kind, Style.null())) for text, kind in rows[y] if text]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def action_move(self, samples: int) -> None:
        self.view.move(samples)
        self._changed()

    def action_edge(self, side: int) -> None:
        self.view.move(side * len(self.view.times))
        self._changed()

    def action_zoom(self, closer: int) -> None:
        self.view.zoom(closer > 0)
        self._changed()

    def action_all(self) -> None:
        self.view.all()
        self._changed()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        moment = self.drawing.moment(offset.x) if offset is not None else None
        if moment is not None:
            self.view.point(moment)
            self._changed()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_zoom(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_zoom(-1)
