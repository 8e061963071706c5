"""What action items would have changed, by lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain.desk import NothingDoneError
from incidentsim.text.problem import Problem
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk


def whatif(desk: Desk, _rest: str) -> None:
    """What the controls of the action items would have changed, modelled."""
    told = 0

    def progress(done: int, tasks: int) -> bool:
        nonlocal told
        if done * 4 // tasks > told:
            told = done * 4 // tasks
            desk.say(f"{done} of {tasks} pieces of work done.")
        return True

    desk.say("Modelling what you did, again with one control more each time. Ctrl-C keeps what is finished.")
    try:
        found = desk.session.modelled(progress)
    except Problem as problem:
        raise NothingDoneError(str(problem)) from problem
    if not found["seeds"]:
        raise NothingDoneError("No seed was finished, so there is nothing to compare.")
    desk.say(
        f"{found['seeds']} seeds{', fewer than were asked for' if found['partly'] else ''}; [ ] are 95% intervals."
    )
    desk.say(clean(found["without"]))
    for each in found["controls"]:
        desk.say(
            f"{' '.join(each['items'])}: {clean(each['title'])}: {clean(each['short'])}", *map(clean, each["sentences"])
        )
    desk.say("Modelled on these assumptions:", *(f"- {clean(each)}" for each in found["assumptions"]))
