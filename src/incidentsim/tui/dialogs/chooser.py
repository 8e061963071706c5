"""A field with a few values: left and right step through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.wording import clean


class Chooser(Static, can_focus=True):
    """Shows ``‹ value ›``; a letter goes to the next value that begins with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.CHOOSER)

    index: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.choices = list(choices)
        values = [choice for choice, _ in self.choices]
        self.set_reactive(Chooser.index, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The chosen id."""
        return self.choices[self.index][0] if self.choices else ""

    def on_mount(self) -> None:
        self._write()

    def watch_index(self) -> None:
        if self.is_mounted:
            self._write()
            self.post_message(self.Changed())

    def action_step(self, steps: int) -> None:
        if self.choices:
            self.index = (self.index + steps) % len(self.choices)

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").lower()
        if not letter.isalnum():
            return
        for step in range(1, len(self.choices) + 1):
            place = (self.index + step) % len(self.choices)
            if self.choices[place][1].lower().startswith(letter):
                self.index = place
                event.stop()
                return

    def _write(self) -> None:
        name = clean(self.choices[self.index][1]) if self.choices else "nothing to choose"
        count = Content.styled(f"  {self.index + 1}/{len(self.choices)}", "$foreground-muted")
        arrow = "$text-accent"
        self.update(Content.assemble(Content.styled("‹ ", arrow), name, Content.styled(" ›", arrow), count))
