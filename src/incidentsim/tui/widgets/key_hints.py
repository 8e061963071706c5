"""The last line of a dialog: its keys and what they do. Each can be clicked, as if the key were pressed."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

BETWEEN = " · "
NAMES = {"esc": "escape", "*": "asterisk", "?": "question_mark", "/": "slash", "+": "plus", "-": "minus"}
"""Keys whose sign is not Textual's name for them."""


class KeyHints(Static):
    """``y yes · esc back``: a key by its default, a space, what it does; a remapped key shows as it is now.

    What begins with several signs (``↑↓``) is only told.
    """

    def __init__(self, keys: str) -> None:
        super().__init__(markup=False, classes="dialog-keys")
        self.keys = keys

    def on_mount(self) -> None:
        self.say(self.keys)

    def say(self, keys: str) -> None:
        """Show other keys."""
        self.keys = keys
        self.update(Content.styled(BETWEEN.join(self._hints()), "$foreground-muted"))

    def _hints(self) -> list[str]:
        return [self._present(hint) for hint in self.keys.split(BETWEEN)]

    def _present(self, hint: str) -> str:
        sign, _, rest = hint.partition(" ")
        binding = self._binding(sign)
        remapped = binding is not None and binding.id in self.app._keymap
        return f"{self.app.get_key_display(binding)} {rest}" if binding is not None and remapped else hint

    def _binding(self, sign: str) -> Binding | None:
        """The binding of the screen that has the key of *sign* by default, as it is mapped now."""
        key = NAMES.get(sign, sign)
        declared = [each for kind in type(self.screen).__mro__ for each in vars(kind).get("BINDINGS", [])]
        default = next((each for each in declared if isinstance(each, Binding) and key in each.key.split(",")), None)
        for active in self.screen.active_bindings.values():
            if default is not None and default.id is not None and active.binding.id == default.id:
                return active.binding
        return None

    async def on_click(self, event: events.Click) -> None:
        at = 0
        for hint, default in zip(self._hints(), self.keys.split(BETWEEN), strict=True):
            end = at + cell_len(hint)
            if at <= event.x < end:
                await self._press(default.split(" ")[0])
                return
            at = end + len(BETWEEN)

    async def _press(self, sign: str) -> None:
        binding = self._binding(sign)
        if binding is not None:
            await self.app.run_action(binding.action, self.screen)
        elif sign.isascii():
            self.app.simulate_key(NAMES.get(sign, sign))
