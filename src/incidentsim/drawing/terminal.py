"""The whys and the fishbone as terminal text."""

from __future__ import annotations

from incidentsim.drawing.model import MARKS, QUESTIONS, Bone, Fish, Graph, Node, Rib
from incidentsim.drawing.wrapping import cut, padded, wrapped
from incidentsim.text.escaping import for_terminal, one_line

NARROWEST = 60
"""Below this many columns the fishbone is a list."""


def whys_text(graph: Graph, width: int = 78, marker: str = "") -> str:
    """The whys as a tree, branch by branch, each with its evidence and a word for its status.

    No line is wider than *width*, as long as the tree itself leaves 24 columns for the words.
    """
    lines = _heading(marker, width)
    lines += _wrapped(f"Effect  {_plain(graph.effect.text) or '(not written yet)'}", width, "        ")
    roots = graph.children(graph.effect.id)
    groups = [(group, [node for node in roots if node.group == group]) for group in QUESTIONS]
    groups = [(group, nodes) for group, nodes in groups if nodes]
    for number, (group, nodes) in enumerate(groups):
        last = number == len(groups) - 1
        prefix = "  " if last else "│ "
        first, *more = _wrapped(f"{group}: {QUESTIONS[group]}", width - 4, "")
        lines += [f"{'└' if last else '├'} {first}", *(f"{prefix}│ {line}" for line in more)]
        for index, node in enumerate(nodes):
            lines += _branch(graph, node, prefix, index == len(nodes) - 1, width)
    return "\n".join(lines)


def _branch(graph: Graph, root: Node, prefix: str, root_last: bool, width: int) -> list[str]:
    lines: list[str] = []
    stack = [(root, prefix, root_last)]
    while stack:
        node, lead, last = stack.pop()
        gate = "(AND) " if graph.gate(node.id) == "and" else ""
        evidence = f" [{_plain(node.note)}]" if node.note else ""
        text = f"{gate}{_plain(node.text)}{evidence} · {MARKS.get(node.status, node.status)}"
        below = lead + ("  " if last else "│ ")
        first, *more = _wrapped(text, max(24, width - len(lead) - 4), "")
        lines.append(f"{lead}{'└' if last else '├'} {first}")
        children = graph.children(node.id)
        lines += [f"{below}{'│ ' if children else '  '}{line}" for line in more]
        stack += [(child, below, index == 0) for index, child in enumerate(reversed(children))]
    return lines


def fish_text(fish: Fish, width: int = 78, marker: str = "") -> str:
    """The fishbone: ribs above and below a spine that leads to the effect; a list where it is narrow."""
    return "\n".join([*_heading(marker, width), _fish(fish, width)])


def _heading(marker: str, width: int) -> list[str]:
    return [*_wrapped(_plain(marker), width, ""), ""] if marker.strip() else []


def _fish(fish: Fish, width: int) -> str:
    effect = _plain(fish.effect) or "(not written yet)"
    if not fish.ribs:
        arrow = "──────────▶  "
        return "\n".join([*_wrapped(f"{arrow}{effect}", width, " " * len(arrow)), "", "(no factors yet)"])
    if width < NARROWEST:
        return "\n".join(_as_list(fish, effect, width))
    columns = 2 if width < 110 else 3
    each = width // columns
    lines: list[str] = []
    for start in range(0, len(fish.ribs), columns * 2):
        group = fish.ribs[start : start + columns * 2]
        upper, lower = group[0::2], group[1::2]
        lines += _side_by_side([_rib(rib, each, "\\") for rib in upper], each, bottom=True)
        head = start + columns * 2 >= len(fish.ribs)
        lines.append("─" * (width - 2) + ("▶" if head else "─"))
        lines += _side_by_side([_rib(rib, each, "/") for rib in lower], each, bottom=False)
    return "\n".join([*(line.rstrip() for line in lines), "", *_wrapped(f"▶ {effect}", width, "  ")])


def _rib(rib: Rib, width: int, slope: str) -> list[str]:
    """One rib as a block of lines; below the spine it is upside down."""
    inner = max(16, width - 12)
    body: list[str] = []
    for bone in rib.bones:
        body += _wrapped(_bone(bone), inner, "  ")
    title = _wrapped(_plain(rib.category), inner, "")
    if slope == "\\":
        block = [*title, *body]
        count = len(block)
        return [
            f"{' ' * (index * 6 // max(1, count))}{padded(line.rstrip(), inner)} {slope}"
            for index, line in enumerate(block)
        ]
    block = [*body, *title]
    count = len(block)
    return [
        f"{' ' * ((count - index) * 6 // max(1, count))}{padded(line.rstrip(), inner)} {slope}"
        for index, line in enumerate(block)
    ]


def _bone(bone: Bone) -> str:
    evidence = f" [{_plain(bone.note)}]" if bone.note else ""
    return f"─ {_plain(bone.text)}{evidence} ({MARKS.get(bone.status, bone.status)})"


def _side_by_side(blocks: list[list[str]], each: int, bottom: bool) -> list[str]:
    height = max((len(block) for block in blocks), default=0)
    level = [
        [""] * (height - len(block)) + block if bottom else block + [""] * (height - len(block)) for block in blocks
    ]
    return ["".join(padded(cut(block[row], each - 1), each) for block in level) for row in range(height)]


def _as_list(fish: Fish, effect: str, width: int) -> list[str]:
    lines = _wrapped(f"▶ {effect}", width, "  ")
    for rib in fish.ribs:
        lines.append(_plain(rib.category))
        for bone in rib.bones:
            lines += _wrapped(f"  {_bone(bone)}", width, "    ")
    return lines


def _plain(text: str) -> str:
    return for_terminal(one_line(text))


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return wrapped(text, max(16, width), indent)
