"""All commands by place: for settings, help, the docs' key table and tests."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from textual.keys import format_key

from incidentsim.tui import keys
from incidentsim.tui.keys.model import Command

ORDER = ("everywhere", "outside", "room", "log", "signals", "query", "inbox", "record", "now", "map", "actions",
         "runbook", "review", "debrief", "dialogs")  # fmt: skip
"""Modules in the order of the docs; others follow."""
SIGNS = {
    "question_mark": "?", "slash": "/", "asterisk": "*", "plus": "+", "minus": "-", "comma": ",", "full_stop": ".",
    "left_square_bracket": "[", "right_square_bracket": "]", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "escape": "Esc", "enter": "Enter",
    "space": "Space", "backspace": "Backspace", "tab": "Tab",
}  # fmt: skip


@cache
def places() -> dict[str, tuple[Command, ...]]:
    """The commands of each place, by its name: a module's, or a module's and a table's in it."""
    names = [each.name for each in pkgutil.iter_modules(keys.__path__) if each.name not in ("model", "catalogue")]
    names.sort(key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    return {place: commands for name in names for place, commands in _tables(name)}


def _tables(name: str) -> Iterator[tuple[str, tuple[Command, ...]]]:
    module = importlib.import_module(f"{keys.__name__}.{name}")
    for table, value in vars(module).items():
        if isinstance(value, tuple) and value and all(isinstance(each, Command) for each in value):
            yield (name if table == "COMMANDS" else f"{name}: {table.lower().replace('_', ' ')}"), value


@cache
def commands() -> dict[str, Command]:
    """Every command by its id."""
    return {each.id: each for table in places().values() for each in table}


def shown(keys_: str) -> str:
    """Keys as people read them: ``?`` ``F1``."""
    return " ".join(_shown(key) for key in keys_.split(",") if key)


def _shown(key: str) -> str:
    *held, last = key.split("+") if len(key) > 1 else [key]
    if last in SIGNS:
        text = SIGNS[last]
    elif last[:1] == "f" and last[1:].isdecimal():
        text = last.upper()
    else:
        text = last if len(last) == 1 else format_key(last)
    return "".join(f"{each.capitalize()}+" for each in held) + text


def table(remapped: Mapping[str, str] | None = None) -> str:
    """The key table as Markdown: place by place, keys, command, what it does, id."""
    changed = remapped or {}
    lines: list[str] = []
    for place, known in places().items():
        lines += [f"## {place.capitalize()}", "", "| keys | command | what it does | id |", "|---|---|---|---|"]
        for each in known:
            keys_ = " ".join(f"`{key}`" for key in shown(changed.get(each.id, each.keys)).split(" ") if key)
            lines.append(f"| {keys_.replace('|', chr(92) + '|')} | {each.title} | {each.help} | `{each.id}` |")
        lines.append("")
    return "\n".join(lines)
