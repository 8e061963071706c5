"""A command: what a key does in one place, with the words that footer, palette and help use for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

LONGEST_TITLE = 24


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    *id* is stable: settings map it to other keys. *keys* are Textual's names, separated by commas; empty for what
    only the palette offers. *action* is Textual's action. *footer*: the line of keys shows it where there is room.
    *priority*: it works whatever has the focus.
    """

    id: str
    keys: str
    title: str
    help: str
    action: str
    group: str = ""
    footer: bool = False
    priority: bool = False


def bindings(commands: Sequence[Command]) -> list[BindingType]:
    """The bindings of a place, with ids so that people can remap them."""
    return [
        Binding(
            each.keys, each.action, each.title, show=each.footer, id=each.id, tooltip=each.help, priority=each.priority
        )
        for each in commands
        if each.keys
    ]
