"""A signal as a large plot. Opening it is evidence."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.flows import looking
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.plot import braille
from incidentsim.tui.wording import clean, number

SPAN = 6 * 3_600_000
"""What the signals pane plots, up to now."""

HEIGHT = 10


async def signal(page: SeatPage, signal_id: str) -> None:
    """Show one signal or kept count over all of play so far."""
    now = int(page.seat.status()["t"])
    width = max(20, min(82, page.size.width - 20))
    known = {item["id"]: item for item in page.seat.signals(0, now, width * 2)}
    item = known.get(signal_id)
    if item is None:
        return
    plot = drawing(page, item, width, now)
    if item["own"]:
        from incidentsim.tui.dialogs.reading import Reading

        await page.ask(Reading(clean(item["title"]), plot))
    else:
        await looking.open_target(page, f"signal:{signal_id}", str(item["title"]), plot)


def drawing(page: SeatPage, item: Data, width: int, now: int) -> Content:
    """The plot with its lowest and highest value and the time below."""
    points = [value for value in item["points"] if value is not None]
    low, high = (min(points), max(points)) if points else (None, None)
    scale = item["scale"]
    marks = {0: high, HEIGHT - 1: low}
    lines: list[Content | str] = []
    for row, cells in enumerate(braille(item["points"], width, HEIGHT)):
        value = marks.get(row)
        label = number(value / scale) if value is not None else ""
        lines += [f"{label:>10} ", Content.styled(cells, "$text-accent"), "\n"]
    times = f"{page.clock.short(0):<{width - 9}}{page.clock.utc(now)}"
    lines += [Content.styled(f"{clean(item['unit']):>10} {times}", "$foreground-muted")]
    return Content.assemble(*lines)
