"""Starting: which scenario, an exercise that was left or a new one, its format and mode."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from incidentsim.plain.terminal import LeaveError, Voice
from incidentsim.text.problem import Problem
from incidentsim.text.wording import Clock, clean, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.tui.local import LocalLibrary
    from incidentsim.tui.local_session import LocalSession
    from incidentsim.tui.session import Data, Unfinished

HUNG_UP = 129
MODES = (("learn", "learn: pause as you like, it is recorded"), ("assessed", "assessed: pauses are limited"))


def wanted(asked: bool = False) -> bool:
    """Whether to play by lines: it was asked for, the terminal is dumb, or the settings say so. Raises `Problem`."""
    if asked or os.environ.get("TERM") == "dumb":
        return True
    from incidentsim.tui.settings import load

    return load().plain


def run(
    scenario: str | None = None,
    out: Path | None = None,
    seed: int = 1,
    journal: Path | None = None,
    variant: str | None = None,
    source: TextIO | None = None,
    sink: TextIO | None = None,
) -> int:
    """Play by lines of text; gives the exit status. The arguments are those of `incidentsim.tui.app.run`.

    Raises `Problem` for a scenario or a journal that cannot be read.
    """
    from incidentsim.plain.room import play
    from incidentsim.tui.local import LocalLibrary

    source = sys.stdin if source is None else source
    reconfigure = getattr(source, "reconfigure", None)
    if reconfigure is not None:
        # What is no UTF-8 must not end the exercise.
        reconfigure(errors="replace")
    voice = Voice(source, sys.stdout if sink is None else sink)
    library = LocalLibrary(seed, variant)
    if scenario is not None:
        library.find(scenario)
    with voice.signals():
        try:
            session = library.resume(journal) if journal is not None else _opened(library, voice, scenario)
            play(session, voice, out)
        except LeaveError as left:
            return HUNG_UP if left.hung_up else 0
        except KeyboardInterrupt:
            return 0
    return 0


def _opened(library: LocalLibrary, voice: Voice, scenario: str | None) -> LocalSession:
    """An exercise that was left, or a new one of a scenario that is asked for where none is given."""
    unfinished = library.unfinished()
    if scenario is None:
        entries = library.entries()
        lines = [f"Go on with {clean(each.number)}, {clean(each.title)}: {clean(each.when)}" for each in unfinished]
        lines += [f"{clean(each.number)}: {clean(each.title)} ({clean(each.origin)})" for each in entries]
        if not lines:
            raise Problem("there is no scenario", mend="incidentsim scenario list says where they are looked for.")
        place = _number(voice, "What do you want to play?", lines, None)
        if place < len(unfinished):
            return library.resume(unfinished[place].path)
        scenario = entries[place - len(unfinished)].id
    brief = library.briefing(scenario)
    left = _same(unfinished, brief)
    if left is not None:
        voice.say(f"An exercise of this scenario was left: {clean(left.when)}.")
        if _number(voice, "Go on with it?", ["go on with it", "begin a new one"], 1) == 0:
            return library.resume(left.path)
    return _begun(library, voice, scenario, brief)


def _same(unfinished: Sequence[Unfinished], brief: Data) -> Unfinished | None:
    """The latest exercise of a scenario that was left."""
    return next((each for each in unfinished if each.title == brief["title"]), None)


def _begun(library: LocalLibrary, voice: Voice, scenario: str, brief: Data) -> LocalSession:
    """Say the briefing, ask for format and mode, and start the clock."""
    clock = Clock(str(brief["start"]))
    voice.say(f"{clean(brief['number'])}: {clean(brief['title'])}")
    for title, text in (("Your role", brief["role"]), ("Situation", brief["situation"]), ("Goal", brief["goal"])):
        if text:
            voice.say(f"{title}: {clean(text)}")
    voice.say(*(clean(note) for note in brief["notes"]))
    voice.say(f"The clock begins at {clock.utc(0)} on {clock.start:%Y-%m-%d} and covers {span(brief['duration'])}.",
              "Evidence counts only when you open it, count it, are told it, or pin it.")  # fmt: skip
    formats = brief["formats"]
    names = [f"{clean(each['title'])} for {span(brief['duration'])}" for each in formats]
    chosen = formats[_number(voice, "Format?", names, len(formats) // 2)]
    mode = MODES[_number(voice, "Mode?", [name for _, name in MODES], 0)][0]
    return library.start(scenario, str(chosen["id"]), mode)


def _number(voice: Voice, question: str, lines: Sequence[str], usual: int | None) -> int:
    """The place of the line that is chosen by its number; an empty line is the usual one."""
    voice.say(question)
    for place, line in enumerate(lines, 1):
        voice.say(f"{place} {line}")
    while True:
        voice.say("Its number?" if usual is None else f"Its number? [{usual + 1}]")
        answer = voice.read()
        if not answer and usual is not None:
            return usual
        if answer.isascii() and answer.isdecimal() and 0 < int(answer[:6]) <= len(lines):
            return int(answer[:6]) - 1
        voice.say(f"A number from 1 to {len(lines)}.")
