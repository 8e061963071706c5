"""The command palette: everything that a key does here, found by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import App
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from incidentsim.text.problem import Problem
from incidentsim.tui.settings import THEME_NAMES

Known = tuple[str, str, Callable[[], object]]
"""A command's name, its keys, and what it does."""


def bindings_of(screen: Screen[object]) -> list[tuple[Binding, str]]:
    """Each binding that works on *screen* now, once, with its keys as shown; the screen's own come first."""
    app: App[object] = screen.app
    keys: dict[tuple[str, str], tuple[Binding, list[str]]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or binding.system:
            continue
        entry = keys.setdefault((binding.action, binding.description), (binding, []))
        entry[1].append(app.get_key_display(binding))
    return [(binding, " ".join(dict.fromkeys(shown))) for binding, shown in keys.values()]


class KnownCommands(Provider):
    """Offers the bindings of the screen below, and themes."""

    def _commands(self) -> list[Known]:
        screen = self.screen
        node = {(each.binding.action, each.binding.description): each.node for each in screen.active_bindings.values()}
        result: list[Known] = []
        for binding, keys in sorted(bindings_of(screen), key=lambda pair: not pair[0].show):
            if binding.action not in ("command_palette", "app.focus_next", "app.focus_previous"):
                place = node[binding.action, binding.description]
                call = partial(screen.app.run_action, binding.action, place)
                result.append((binding.description, f"{keys}  {binding.tooltip or ''}".rstrip(), call))
        for theme in THEME_NAMES:
            result.append((f"theme: {theme}", "colours, kept in the settings", partial(self._theme, theme)))
        return result

    def _theme(self, theme: str) -> None:
        from incidentsim.tui.app import IncidentApp

        if isinstance(self.app, IncidentApp):
            try:
                self.app.set("theme", theme)
            except Problem as problem:
                self.app.complain(str(problem))

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, note, call in self._commands():
            yield DiscoveryHit(name, call, help=note)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, note, call in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), call, help=note)
