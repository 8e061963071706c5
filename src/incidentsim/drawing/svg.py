"""The whys and the fishbone as SVG: light, legible, the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass, field

from incidentsim.drawing.model import MARKS, QUESTIONS, Fish, Graph, Node, Rib
from incidentsim.drawing.wrapping import cut, wrapped
from incidentsim.text.escaping import for_svg, one_line

FONT = "font-family=\"'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\""
INK, QUIET, LINE, ACCENT, WARN = "#1f2933", "#616e7c", "#9aa5b1", "#1f5f8b", "#a04b00"
SIZE, LEADING = 12, 16
BOX, GAP, STEP = 250, 14, 300
HIGHEST = 40.0
"""No box stands above this, where the banner is."""
COLUMN = 330
LONGEST_TITLE = 34
"""Cells of a category's title; a longer one would run into the one beside it."""
DASHES = {"unsupported": "6 4", "suspected": "6 4", "ruled-out": "2 3"}
"""Lines of what is not supported are broken, and of what was ruled out dotted; a word says so too."""


@dataclass(slots=True)
class Page:
    """Elements of a drawing."""

    parts: list[str] = field(default_factory=list)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, dash: str = "", width: float = 1.5, colour: str = LINE
    ) -> None:
        """A straight line."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"{extra}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        colour: str = INK,
        bold: bool = False,
        size: int = SIZE,
        anchor: str = "start",
    ) -> None:
        """One line of text; its baseline is at *y*."""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
            f"{for_svg(text)}</text>"
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        dash: str = "",
        fill: str = "#ffffff",
        colour: str = LINE,
    ) -> None:
        """A box with round corners."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" fill="{fill}" stroke="{colour}" '
            f'stroke-width="1.5"{extra}/>'
        )

    def document(self, width: float, height: float, title: str, marker: str) -> str:
        """The whole drawing, with the marker as a banner."""
        banner = ""
        if marker:
            banner = (
                f'<rect x="0" y="0" width="{width:g}" height="26" fill="#fff3d6"/>'
                f'<text x="16" y="18" font-size="12" font-weight="600" fill="#7a4b00">{for_svg(marker)}</text>'
            )
        heading = for_svg(f"{title} — {marker}" if marker else title)
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
            f'viewBox="0 0 {width:g} {height:g}" role="img" {FONT}>'
        )
        return "\n".join(
            [
                opening,
                f"<title>{heading}</title>",
                f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
                banner,
                *self.parts,
                "</svg>",
                "",
            ]
        )


def _lines(text: str, width: int) -> list[str]:
    return wrapped(one_line(text), width)


def whys_svg(graph: Graph, marker: str = "") -> str:
    """The whys as a tree that grows to the right from the effect; an arrow runs from each cause to its effect."""
    page = Page()
    top = 60.0
    placed: dict[str, tuple[float, float, float]] = {}
    """For each node: x, y of its middle, height."""
    y = top
    depth_most = 1
    order = _tree(graph)
    heights = {node.id: 24 + LEADING * len(_body(node)) for node, _ in order}
    for node, depth in order:
        depth_most = max(depth_most, depth)
        if not graph.children(node.id):
            placed[node.id] = (40 + depth * STEP, y + heights[node.id] / 2, heights[node.id])
            y += heights[node.id] + GAP
    for node, depth in reversed(order):
        if node.id not in placed:
            middles = [placed[child.id][1] for child in graph.children(node.id)]
            middle = (middles[0] + middles[-1]) / 2
            placed[node.id] = (40 + depth * STEP, middle, heights[node.id])
    placed = _spread(order, placed)
    bottom = max((middle + height / 2 for _, middle, height in placed.values()), default=top + 80)
    effect_lines = _lines(graph.effect.text or "(not written yet)", 34)
    effect_height = 40 + LEADING * len(effect_lines)
    middle = max((top + bottom) / 2, HIGHEST + effect_height / 2)
    for edge in graph.edges:
        if edge.cause in placed:
            x1, y1, _ = placed[edge.cause]
            x2, y2 = (
                (40 + BOX, middle)
                if edge.effect not in placed
                else (placed[edge.effect][0] + BOX, placed[edge.effect][1])
            )
            bend = x2 + 24
            page.parts.append(
                f'<path d="M {x1:g} {y1:g} H {bend:g} V {y2:g} H {x2 + 2:g}" fill="none" stroke="{LINE}" '
                'stroke-width="1.5"/>'
            )
            page.parts.append(
                f'<path d="M {x2 + 9:g} {y2 - 4:g} L {x2 + 1:g} {y2:g} L {x2 + 9:g} {y2 + 4:g} Z" fill="{LINE}"/>'
            )
            if edge.gate == "and":
                page.text(x1 - 4, y1 - 5, "AND", colour=ACCENT, bold=True, size=10, anchor="end")
    for node, _ in order:
        _why(page, node, *placed[node.id])
    page.box(40, middle - effect_height / 2, BOX, effect_height, fill="#eef4f8", colour=ACCENT)
    page.text(52, middle - effect_height / 2 + 20, "Effect", colour=ACCENT, bold=True)
    for index, line in enumerate(effect_lines):
        page.text(52, middle - effect_height / 2 + 38 + index * LEADING, line)
    low = max(bottom, middle + effect_height / 2)
    return page.document(40 + depth_most * STEP + BOX + 40, low + 40, "5 Whys", marker)


def _spread(
    order: list[tuple[Node, int]], placed: dict[str, tuple[float, float, float]]
) -> dict[str, tuple[float, float, float]]:
    """Move boxes of one column down where they would touch each other or the banner."""
    lowest: dict[int, float] = {}
    result = {}
    for node, depth in order:
        x, middle, height = placed[node.id]
        middle = max(middle, lowest.get(depth, HIGHEST) + height / 2)
        lowest[depth] = middle + height / 2 + GAP
        result[node.id] = (x, middle, height)
    return result


def _tree(graph: Graph) -> list[tuple[Node, int]]:
    """All nodes with their depth, each before those that explain it, branch by branch."""
    roots = graph.children(graph.effect.id)
    stack = [(node, 1) for group in reversed([*QUESTIONS, ""]) for node in reversed(roots) if node.group == group]
    found: list[tuple[Node, int]] = []
    while stack:
        node, depth = stack.pop()
        found.append((node, depth))
        stack += [(child, depth + 1) for child in reversed(graph.children(node.id))]
    return found


def _body(node: Node) -> list[str]:
    return [*_lines(node.text, 34), *(_lines(node.note, 34) if node.note else [])]


def _why(page: Page, node: Node, x: float, middle: float, height: float) -> None:
    y = middle - height / 2
    page.box(
        x, y, BOX, height, dash=DASHES.get(node.status, ""), fill="#ffffff" if node.status != "ruled-out" else "#f5f7fa"
    )
    page.text(x + 10, y + 15, f"{node.id} · {node.group}", colour=QUIET, size=10)
    word = MARKS.get(node.status, node.status)
    page.text(
        x + BOX - 10, y + 15, word, colour=QUIET if word == "ok" else WARN, bold=word != "ok", size=10, anchor="end"
    )
    texts = _lines(node.text, 34)
    for index, line in enumerate(_body(node)):
        page.text(x + 10, y + 31 + index * LEADING, line, colour=INK if index < len(texts) else ACCENT)


def fish_svg(fish: Fish, marker: str = "") -> str:
    """The fishbone: categories above and below a spine that leads to the effect."""
    page = Page()
    upper, lower = fish.ribs[0::2], fish.ribs[1::2]
    above = max((_depth(rib) for rib in upper), default=40) + 50
    below = max((_depth(rib) for rib in lower), default=40) + 50
    effect = _lines(fish.effect or "(not written yet)", 34)
    height = 30 + LEADING * len(effect)
    spine = max(50 + above, HIGHEST + height / 2)
    columns = max(len(upper), len(lower), 1)
    end = 60 + columns * COLUMN
    for side, ribs in ((-1, upper), (1, lower)):
        reach = above if side < 0 else below
        for index, rib in enumerate(ribs):
            _rib(page, rib, 30 + index * COLUMN, spine, side, reach)
    page.line(30, spine, end, spine, width=3, colour=INK)
    page.parts.append(
        f'<path d="M {end:g} {spine - 9:g} L {end + 16:g} {spine:g} L {end:g} {spine + 9:g} Z" fill="{INK}"/>'
    )
    page.box(end + 22, spine - height / 2, 250, height, fill="#eef4f8", colour=ACCENT)
    page.text(end + 34, spine - height / 2 + 18, "Effect", colour=ACCENT, bold=True)
    for index, line in enumerate(effect):
        page.text(end + 34, spine - height / 2 + 34 + index * LEADING, line)
    return page.document(end + 300, spine + max(below, height / 2) + 20, "Fishbone", marker)


def _depth(rib: Rib) -> int:
    """How much room a rib's factors take."""
    return sum(LEADING * len(_bone_lines(bone.text, bone.note, bone.status)) + 8 for bone in rib.bones)


def _bone_lines(text: str, note: str, status: str) -> list[str]:
    word = MARKS.get(status, status)
    tail = f"[{note}]" if note else f"({word})"
    return _lines(f"{text} {tail}" if word == "ok" else f"{text} {tail} ({word})" if note else f"{text} {tail}", 40)


def _rib(page: Page, rib: Rib, x: float, spine: float, side: int, reach: float) -> None:
    slant = 56.0
    join = x + COLUMN - 20
    far_y = spine + side * (reach - 14)
    page.line(join - slant, far_y, join, spine, width=2, colour=INK)
    title = cut(one_line(rib.category), LONGEST_TITLE)
    page.text(join - slant, far_y + (-8 if side < 0 else 18), title, bold=True, size=13, colour=ACCENT, anchor="end")
    y = spine - reach + 40 if side < 0 else spine + 26
    for bone in rib.bones:
        lines = _bone_lines(bone.text, bone.note, bone.status)
        for index, line in enumerate(lines):
            page.text(x, y + index * LEADING, line, colour=QUIET if bone.status == "ruled-out" else INK)
        tick = y + (len(lines) - 1) * LEADING + 4
        at = join - slant * abs(tick - spine) / max(1.0, reach - 14)
        page.line(x, tick, at, tick, dash=DASHES.get(bone.status, ""))
        y += len(lines) * LEADING + 8
