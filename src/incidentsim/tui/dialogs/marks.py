"""A list in which several rows can be marked; the mark is a sign, not only a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.wording import clean

LONG = 8
"""A list longer than this says that typing narrows it."""


class Marks(OptionList):
    """Rows of (id, name). Space marks and unmarks the one in focus; typing narrows the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.MARKS)

    def __init__(self, choices: Sequence[tuple[str, str]], marked: Sequence[str] = (), id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False, compact=True)
        self.choices = [(choice, clean(name)) for choice, name in choices]
        self.typed = ""
        self._marked = set(marked)

    @property
    def value(self) -> list[str]:
        """Ids of the marked rows, in the list's order."""
        return [choice for choice, _ in self.choices if choice in self._marked]

    def on_mount(self) -> None:
        self._fill()

    def _fill(self) -> None:
        self.clear_options()
        if self.typed:
            self.add_option(Option(Content.styled(f"narrowed by “{self.typed}”", "$text-accent"), disabled=True))
        elif len(self.choices) > LONG:
            hint = f"{len(self.choices)} rows; type to narrow"
            self.add_option(Option(Content.styled(hint, "$foreground-muted"), disabled=True))
        first = self.option_count
        for choice, name in self.choices:
            if choice in self._marked or self.typed.lower() in name.lower():
                self.add_option(Option(self._row(choice, name), id=choice))
        if self.option_count > first:
            self.highlighted = first

    def _row(self, choice: str, name: str) -> Content:
        mark = Content.styled("[x] ", "bold $text-accent") if choice in self._marked else Content("[ ] ")
        return Content.assemble(mark, name)

    def on_key(self, event: events.Key) -> None:
        if event.character and event.is_printable and event.character != " " and len(self.choices) > LONG:
            event.stop()
            self.typed += event.character
            self._fill()

    def action_widen(self) -> None:
        self.typed = self.typed[:-1]
        self._fill()

    @on(OptionList.OptionSelected)
    def _toggle(self, event: OptionList.OptionSelected) -> None:
        """A click; keys go through `action_select`."""
        event.stop()
        self._mark(event.option_index)

    def action_select(self) -> None:
        if self.highlighted is not None and self.option_count:
            self._mark(self.highlighted)

    def _mark(self, index: int) -> None:
        choice = self.get_option_at_index(index).id
        if choice is not None:
            self._marked ^= {choice}
            self.replace_option_prompt_at_index(index, self._row(choice, dict(self.choices)[choice]))
