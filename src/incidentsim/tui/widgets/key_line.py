"""The footer: what can be done here, as many keys as fit, and always the way to help."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

LAST = " ? help "


class KeyLine(Static):
    """One line of keys. The focused pane's own keys come first, because they change."""

    def __init__(self) -> None:
        super().__init__("", markup=False)

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
        room = self.size.width - len(LAST) - 1
        parts: list[Content | str] = []
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not binding.description or (binding.action, active.node) in seen:
                continue
            seen.add((binding.action, active.node))
            key = self.app.get_key_display(binding)
            size = len(key) + len(binding.description) + 3
            if size > room:
                break
            room -= size
            parts += [
                Content.styled(f" {key}", "bold $text-accent"),
                Content.styled(f" {binding.description} ", "$foreground-muted"),
            ]
        line = Content.assemble(*parts)
        gap = max(0, self.size.width - line.cell_length - len(LAST))
        end = [Content.styled(" ?", "bold $text-accent"), Content.styled(" help ", "$foreground-muted")]
        self.update(Content.assemble(line, " " * gap, *end))
