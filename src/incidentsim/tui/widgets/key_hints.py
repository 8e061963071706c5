"""The last line of a dialog: its keys and what they do. Each can be clicked, as if the key were pressed."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

BETWEEN = " · "
NAMES = {"esc": "escape", "*": "asterisk", "?": "question_mark", "/": "slash", "+": "plus", "-": "minus"}
"""Keys whose sign is not Textual's name for them."""


class KeyHints(Static):
    """``y yes · esc back``: a key, a space, what it does. What begins with several signs (``↑↓``) is only told."""

    def __init__(self, keys: str) -> None:
        super().__init__(Content.styled(keys, "$foreground-muted"), classes="dialog-keys")
        self.keys = keys

    def on_click(self, event: events.Click) -> None:
        at = 0
        for hint in self.keys.split(BETWEEN):
            end = at + cell_len(hint)
            if at <= event.x < end:
                self._press(hint.split(" ")[0])
                return
            at = end + len(BETWEEN)

    def _press(self, sign: str) -> None:
        key = NAMES.get(sign, sign)
        if not key.isascii():
            return
        self.app.simulate_key(key)
