"""The footer: what can be done here, as many keys as fit, and always the way to help. Each can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from incidentsim.tui.keys.catalogue import commands

ALWAYS = (("app.help", " ? help"), ("app.commands", " ^p all "))
"""Commands that stand at the right end, whatever the width."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells of the line (from, to) that do something when they are clicked."""

    start: int
    end: int
    action: str
    node: DOMNode


class KeyLine(Static):
    """One line of keys. The focused pane's own keys come first, because they change."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._spots: list[Spot] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self.show_keys)

    def on_resize(self) -> None:
        self.show_keys()

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.show_keys()

    def show_keys(self) -> None:
        """Write the line anew."""
        if not self.is_mounted or not self.is_attached:
            return
        room = self.size.width - sum(len(text) for _, text in ALWAYS) - 1
        parts: list[Content | str] = []
        spots: list[Spot] = []
        seen = set()
        ends: dict[str, tuple[str, DOMNode]] = {}
        at = 0
        for active in self._in_order():
            binding = active.binding
            if binding.id:
                ends.setdefault(binding.id, (binding.action, active.node))
            if not binding.show or not binding.description or (binding.action, active.node) in seen:
                continue
            seen.add((binding.action, active.node))
            key = self.app.get_key_display(binding)
            size = len(key) + len(binding.description) + 3
            if at + size > room:
                continue
            parts += [
                Content.styled(f" {key}", "bold $text-accent"),
                Content.styled(f" {binding.description} ", "$foreground-muted"),
            ]
            spots.append(Spot(at, at + size, binding.action, active.node))
            at += size
        gap = max(0, self.size.width - at - sum(len(text) for _, text in ALWAYS))
        parts.append(" " * gap)
        at += gap
        for name, text in ALWAYS:
            key = text.split()[0]
            parts += [Content.styled(f" {key}", "bold $text-accent"),
                      Content.styled(text[len(key) + 1 :], "$foreground-muted")]  # fmt: skip
            if name in ends:
                spots.append(Spot(at, at + len(text), *ends[name]))
            at += len(text)
        self._spots = spots
        self.update(Content.assemble(*parts))

    def _in_order(self) -> list[ActiveBinding]:
        """What works now: the focused place's own first, each place's as it was declared, whatever was remapped."""
        actives = list(self.screen.active_bindings.values())
        nodes = list(dict.fromkeys(active.node for active in actives))
        known = {name: place for place, name in enumerate(commands())}
        return sorted(actives, key=lambda each: (nodes.index(each.node), known.get(each.binding.id or "", 0)))

    async def on_click(self, event: events.Click) -> None:
        for spot in self._spots:
            if spot.start <= event.x < spot.end:
                await self.app.run_action(spot.action, spot.node)
                return
