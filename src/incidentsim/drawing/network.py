"""A network in layers: what depends on what, or what flows where. As text, Mermaid and DOT."""

from __future__ import annotations

from dataclasses import dataclass

from incidentsim.drawing.wrapping import wrapped
from incidentsim.text.escaping import for_dot, for_mermaid, one_line


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the network. *note* stands below its title."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """From one item to another, with a word for it."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Items and links between them; a link names items that are there."""

    title: str
    items: tuple[Item, ...]
    links: tuple[Link, ...]

    def layers(self) -> tuple[tuple[Item, ...], ...]:
        """The items so that links run to later layers, each as late as can be; those in a circle stand in the first."""
        left = {item.id: item for item in self.items}
        found: list[tuple[Item, ...]] = []
        while left:
            feeding = {link.source for link in self.links if link.target in left and link.source != link.target}
            ready = tuple(item for item in left.values() if item.id not in feeding) or tuple(left.values())
            found.append(ready)
            for item in ready:
                del left[item.id]
        return tuple(reversed(found))


def network_text(network: Network, width: int = 100, marker: str = "") -> str:
    """Each item, layer by layer, with where its links lead. No line is wider than *width*."""
    lines = [one_line(f"{marker}  {network.title}" if marker else network.title), ""]
    titles = {item.id: item.title for item in network.items}
    for number, layer in enumerate(network.layers()):
        for item in layer:
            note = f"  {item.note}" if item.note else ""
            lines += wrapped(one_line(f"{number + 1}  {item.title} ({item.id}){note}"), width, "   ")
            for link in network.links:
                if link.source == item.id:
                    label = f" {link.label}" if link.label else ""
                    text = one_line(f"→{label} {titles.get(link.target, link.target)}")
                    lines += [f"     {line}" for line in wrapped(text, width - 5, "  ")]
    return "\n".join(lines) + "\n"


def network_mermaid(network: Network, marker: str = "") -> str:
    """A flowchart from left to right."""
    names = {item.id: f"n{index}" for index, item in enumerate(network.items)}
    lines = ["flowchart LR", *([f"%% {one_line(marker)}"] if marker else [])]
    for item in network.items:
        text = for_mermaid(one_line(f"{item.title} · {item.note}" if item.note else item.title))
        lines.append(f'    {names[item.id]}["{text}"]')
    for link in network.links:
        label = f'|"{for_mermaid(one_line(link.label))}"|' if link.label else ""
        lines.append(f"    {names[link.source]} -->{label} {names[link.target]}")
    return "\n".join(lines) + "\n"


def network_dot(network: Network, marker: str = "") -> str:
    """A digraph for Graphviz."""
    title = f"{marker}: {network.title}" if marker else network.title
    lines = ["digraph network {", f'  label="{for_dot(title)}"; rankdir=LR; node [shape=box];']
    for item in network.items:
        text = f"{item.title}\n{item.note}" if item.note else item.title
        lines.append(f'  "{for_dot(item.id)}" [label="{for_dot(text)}"];')
    for link in network.links:
        lines.append(f'  "{for_dot(link.source)}" -> "{for_dot(link.target)}" [label="{for_dot(link.label)}"];')
    return "\n".join([*lines, "}", ""])
