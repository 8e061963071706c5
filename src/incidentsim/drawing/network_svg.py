"""A network in layers as SVG: columns from left to right, links as curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.drawing.svg import LEADING, LINE, QUIET, Page
from incidentsim.drawing.wrapping import wrapped
from incidentsim.text.escaping import one_line

if TYPE_CHECKING:
    from incidentsim.drawing.network import Item, Network

BOX, COLUMN, GAP, TOP = 210, 300, 18, 56


def network_svg(network: Network, marker: str = "") -> str:
    """The drawing; *marker* stands in a banner."""
    page = Page()
    places: dict[str, tuple[float, float, float]] = {}
    lowest = float(TOP)
    columns = network.layers()
    for column, layer in enumerate(columns):
        y = float(TOP)
        for item in layer:
            height = 16.0 + LEADING * len(_lines(item))
            places[item.id] = (30 + column * COLUMN, y, height)
            y += height + GAP
        lowest = max(lowest, y)
    for link in network.links:
        x1, y1, h1 = places[link.source]
        x2, y2, h2 = places[link.target]
        start, middle, end = x1 + BOX, y1 + h1 / 2, y2 + h2 / 2
        bend = max(40.0, (x2 - start) / 2)
        page.parts.append(
            f'<path d="M {start:g} {middle:g} C {start + bend:g} {middle:g} {x2 - bend:g} {end:g} {x2 - 7:g} {end:g}" '
            f'fill="none" stroke="{LINE}" stroke-width="1.3"/>'
            f'<path d="M {x2 - 8:g} {end - 4:g} L {x2:g} {end:g} L {x2 - 8:g} {end + 4:g} Z" fill="{LINE}"/>'
        )
        if link.label:
            page.text((start + x2) / 2, (middle + end) / 2 - 4, one_line(link.label), colour=QUIET, size=10,
                      anchor="middle")  # fmt: skip
    for item in network.items:
        x, y, height = places[item.id]
        page.box(x, y, BOX, height)
        titles = wrapped(one_line(item.title), 30)
        for index, line in enumerate(_lines(item)):
            page.text(x + 10, y + 18 + index * LEADING, line, bold=index < len(titles),
                      colour="#1f2a33" if index < len(titles) else QUIET)  # fmt: skip
    return page.document(60 + (len(columns) - 1) * COLUMN + BOX, lowest + 20, network.title, marker)


def _lines(item: Item) -> list[str]:
    return [*wrapped(one_line(item.title), 30), *(wrapped(one_line(item.note), 32) if item.note else [])]
