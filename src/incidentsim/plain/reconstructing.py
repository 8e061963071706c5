"""After play: lines of exports, rows of one's own in the timeline, and the milestones they mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.exercise.query_moments import Moments
from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk

NONE = "none"


def cite(desk: Desk, rest: str) -> None:
    """Open a line of the exports, by file and number."""
    line = asking.text(desk, "Which line? A file and a number, such as chat.jsonl:3.", rest)
    minted = desk.do("open", f"file:{line}")["evidence"]
    known = {each["id"]: each for each in desk.seat.evidence()}
    desk.say(*(f"{clean(known[each]['title'])}: {clean(known[each]['text'])}" for each in minted))
    desk.say(f"Kept as evidence {minted[0]}.")


def happened(desk: Desk, rest: str) -> None:
    """Write a row of the timeline, or take one out."""
    first, _, text = rest.partition(" ")
    case = desk.session.case
    if first[:2].upper() == "T-":
        if case.entry(first.upper()) is None:
            raise NothingDoneError(f"There is no row {clean(first)[:20]} of your own; story lists them.")
        case.drop_entry(first.upper())
        desk.say("Taken out.")
        return
    when = asking.text(desk, "When, UTC, as 08:30?", first)
    t = Moments(desk.brief).near(when, int(desk.brief["duration"]))
    if t is None:
        raise NothingDoneError("Write the time first, UTC, as in: happened 08:30 the rollout began")
    text = asking.text(desk, "What happened?", text.strip())
    cites = asking.evidence(desk, "On what evidence?")
    name = case.put_entry({"id": "", "t": t, "text": text, "cites": cites})
    desk.say(f"{name} is kept; happened {name} takes it out, milestone marks it.")


def milestone(desk: Desk, rest: str) -> None:
    """Mark a row of the timeline as a milestone."""
    case = desk.session.case
    rows = desk.session.timeline()
    if not rows:
        raise NothingDoneError("The timeline has no row yet; cite or happened adds one.")
    mark = asking.choose(desk, "The moment at which?", case.vocabulary()["marks"], rest)
    pairs = [(each["key"], f"{desk.clock.utc(each['t'])} {each['kind']}: {each['text']}") for each in rows]
    key = asking.choose(desk, "Which row?", [(NONE, "no row"), *pairs])
    for each in rows:
        if each["marked"] == mark and each["key"] != key:
            case.put_row(each["key"], milestone="")
    if key != NONE:
        case.put_row(key, milestone=mark)
    desk.say(f"Kept: {mark}{'' if key != NONE else ' is not marked'}.")
