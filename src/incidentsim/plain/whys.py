"""The whys, asked one below the other; each answer is kept as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.text.problem import Problem
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data


def effect(desk: Desk) -> None:
    """What was noticed, at the head of the whys."""
    case = desk.session.case
    answer = asking.optional(desk, "Effect: what was noticed, as a symptom, with its size?", case.effect())
    if answer != case.effect():
        case.put_effect(answer)


def whys(desk: Desk) -> None:
    """Each branch, down to where nobody asks on."""
    tell(desk)
    for branch, name in desk.session.case.vocabulary()["branches"]:
        desk.say(f"Branch {branch}: {name}?")
        last = next((each for each in reversed(_of(desk, branch)) if not each["stop"]), None)
        answered = _below(desk, branch, last)
        while (answered or last) and _below(desk, branch, None, again=True):
            continue


def _of(desk: Desk, branch: str) -> list[Data]:
    return [each for each in desk.session.case.whys() if each["branch"] == branch]


def _below(desk: Desk, branch: str, above: Data | None, again: bool = False) -> bool:
    """Ask why of *above*, or of the effect, and then of the answer, until a line is left empty; True for an answer."""
    answered = False
    while True:
        asked = f"{above['id']}, {clean(above['text'])}" if above else "the effect"
        other = "Another answer, why" if again and not answered else "Why"
        new = one(desk, f"{other} {asked}? Because", branch, above["id"] if above else "")
        if new is None:
            return answered
        answered = True
        if new["stop"]:
            return True
        above = new


def one(desk: Desk, question: str, branch: str, parent: str) -> Data | None:
    """One why with all that belongs to it; None where it is left empty. What was said is kept after each question."""
    case = desk.session.case
    text = asking.optional(desk, f"{question} (empty goes on):")
    if not text:
        return None
    why: Data = {"text": text, "branch": branch, "parent": parent, "gate": "", "category": "", "stop": "",
                 "sensible": "", "falsify": "", "ruled_out": False, "cites": []}  # fmt: skip
    why["id"] = case.put_why(why)
    _fill(desk, why)
    desk.say(f"{why['id']} is kept.")
    return why


def change(desk: Desk, known: Data) -> None:
    """Ask again for all that a why says, and whether it is ruled out."""
    why = {**known, "text": asking.text(desk, "Because:", "", known["text"])}
    desk.session.case.put_why(why)
    _fill(desk, why)
    why["ruled_out"] = asking.yes(desk, "Is it ruled out?", bool(known["ruled_out"]))
    desk.session.case.put_why(why)
    desk.say(f"{why['id']} is kept.")


def _fill(desk: Desk, why: Data) -> None:
    """Ask for what a why rests on and where it belongs; each answer is kept at once."""
    case = desk.session.case
    words = case.vocabulary()

    def keep(name: str, value: object) -> None:
        if value != why[name]:
            why[name] = value
            case.put_why(why)

    keep("cites", asking.evidence(desk, "On what evidence?", why["cites"]))
    keep("sensible", asking.optional(desk, "What made this sensible at the time?", why["sensible"]))
    keep("falsify", asking.optional(desk, "What would show that it is not so?", why["falsify"]))
    if any(each["parent"] == why["parent"] and each["id"] != why["id"] for each in _of(desk, why["branch"])):
        keep("gate", asking.choose(desk, "With the answers beside it?", words["gates"], now=why["gate"], none=True))
    keep(
        "category",
        asking.choose(desk, "Which bone of the fishbone?", words["categories"], now=why["category"], none=True),
    )
    stop = "Stop asking here, and why? Empty asks on." if not why["stop"] else "Stop asking here, and why?"
    keep("stop", asking.choose(desk, stop, words["stops"], now=why["stop"], none=True))


def tell(desk: Desk) -> None:
    """The whys so far, each below its parent, with what it still lacks."""
    case = desk.session.case
    every = case.whys()
    if case.effect():
        desk.say(f"Effect: {clean(case.effect())}")
    for branch, name in case.vocabulary()["branches"]:
        found = [each for each in every if each["branch"] == branch]
        if found:
            desk.say(f"Branch {branch}, {name}:")
        for each in found:
            cites = f", {' '.join(each['cites'])}" if each["cites"] else ""
            desk.say(f"{each['id']}, why of {each['parent'] or 'the effect'}, {each['state']}{cites}: "
                     f"{clean(each['text'])}")  # fmt: skip


def fishbone(desk: Desk) -> None:
    """The bones with their causes; more causes can be added to any."""
    case = desk.session.case
    categories = case.vocabulary()["categories"]
    tell_bones(desk)
    while True:
        bone = asking.choose(desk, "Add a contributing factor to which bone? Empty goes on.", categories, now="")
        if not bone:
            return
        text = asking.optional(desk, f"What contributed, {dict(categories)[bone]}?")
        if text:
            branch = asking.choose(desk, "To which branch?", case.vocabulary()["branches"], now="occurred")
            why: Data = {"text": text, "branch": branch, "parent": "", "gate": "", "category": bone, "stop": "",
                         "sensible": "", "falsify": "", "ruled_out": False, "cites": []}  # fmt: skip
            why["id"] = case.put_why(why)
            cites = asking.evidence(desk, "On what evidence?")
            if cites:
                case.put_why({**why, "cites": cites})
            desk.say(f"{why['id']} is kept.")


def categories(desk: Desk) -> None:
    """Other bones, asked one after the other."""
    case = desk.session.case
    desk.say("The fishbone has:", *(clean(each) for each in case.categories().splitlines()))
    lines: list[str] = []
    while line := asking.optional(desk, "The next category, as id: Title. Empty ends; none at all keeps these."):
        lines.append(line)
    if lines:
        try:
            case.put_categories("\n".join(lines))
        except Problem as problem:
            raise NothingDoneError(str(problem)) from problem
        desk.say("Kept.")


def tell_bones(desk: Desk) -> None:
    """Each category with its causes; those that were ruled out are said to be."""
    case = desk.session.case
    every = case.whys()
    for known, title in [*case.vocabulary()["categories"], ("", "Not sorted")]:
        for each in every:
            if each["category"] == known:
                out = ", ruled out" if each["ruled_out"] else ""
                desk.say(f"{title}: {each['id']}{out}, {clean(each['text'])}")
