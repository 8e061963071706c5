"""A command of the plain terminal, and which one a person means."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk

PLAY, AFTER = "play", "after"
BOTH = (PLAY, AFTER)


@dataclass(frozen=True, slots=True)
class Command:
    """*usage* is its line, *help* one sentence, *more* what else there is to say.

    *verbs* are those of the protocol that it gives; *phases* when it can be used; *also* other names.
    """

    name: str
    usage: str
    help: str
    run: Callable[[Desk, str], None]
    group: str
    more: str = ""
    verbs: tuple[str, ...] = ()
    phases: tuple[str, ...] = BOTH
    also: tuple[str, ...] = ()


def meant(word: str, commands: Sequence[Command]) -> tuple[Command | None, str]:
    """The command that a word names in full or by a beginning that is unique, or a hint in one line."""
    wanted = word.casefold()
    for command in commands:
        if wanted == command.name or wanted in command.also:
            return command, ""
    begin = [command for command in commands if command.name.startswith(wanted)]
    begin = begin or [command for command in commands if any(each.startswith(wanted) for each in command.also)]
    if len(begin) == 1:
        return begin[0], ""
    if begin:
        return None, f"{word} may be {', '.join(command.name for command in begin)}. Type a letter more."
    names = {each: command.name for command in commands for each in (command.name, *command.also)}
    near = difflib.get_close_matches(wanted[:60], names, 1, 0.6)
    hint = f"Did you mean {names[near[0]]}?" if near else "help lists what there is."
    return None, f"There is no command {word[:40]}. {hint}"
