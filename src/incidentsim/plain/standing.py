"""What was written down, seen and done so far, and what is left of the error budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.wording import clean, span
from incidentsim.tui.house import known_roles
from incidentsim.tui.to_do import SIGNS, ordered

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk


def timeline(desk: Desk, rest: str) -> None:
    """What was seen and done, oldest first."""
    rows = desk.seat.timeline()
    most = int(rest) if rest.isascii() and rest.isdecimal() and len(rest) < 6 else len(rows)
    for each in rows[-most:] if most else []:
        ref = f" ({clean(each['ref'])})" if each["ref"] else ""
        desk.say(f"{desk.clock.utc(each['t'])}, {clean(each['kind'])}: {clean(each['text'])}{ref}")


def roles_held(desk: Desk) -> None:
    """Who holds which role."""
    held = desk.seat.incident_record()["roles"]
    for name, title, about in known_roles(desk.brief):
        who = f"{clean(held[name]['who'])}, since {desk.clock.utc(held[name]['t'])}" if name in held else "nobody"
        desk.say(f"{name}, {clean(title)}: {who}. {clean(about)}")


def record(desk: Desk, _rest: str) -> None:
    """Everything that was written down."""
    kept, utc, say = desk.seat.incident_record(), desk.clock.utc, desk.say
    say(
        *(
            f"{utc(each['t'])}, severity {clean(each['severity'])}"
            + (f": {clean(each['text'])}" if each["text"] else "")
            for each in kept["declared"]
        )
    )
    if not kept["declared"]:
        say("Not declared.")
    roles_held(desk)
    for each in desk.seat.hypotheses():
        course = ", ".join(f"{utc(step['t'])} {step['confidence']}%" for step in each["history"])
        say(f"{each['id']}, {each['state']}, {each['confidence']}%: {clean(each['text'])}. For: "
            f"{' '.join(each['for']) or 'none'}. Against: {' '.join(each['against']) or 'none'}. {course}")  # fmt: skip
    for each in kept["decisions"]:
        more = "".join(f" {name}: {clean(each[key])}." for name, key in (("Why", "why"), ("Otherwise", "dissent"))
                       if each[key])  # fmt: skip
        rests = f" Rests on {' '.join(each['evidence'])}." if each["evidence"] else ""
        say(f"{each['id']}, {utc(each['t'])}, {each['state']}, {each['tier']}: {clean(each['text'])}.{more}{rests}")
    for each in ordered(kept["tasks"]):
        due = f", due {utc(each['due'])}" if each["due"] is not None else ""
        owner = f", {clean(each['owner'])}" if each["owner"] else ""
        say(f"{each['id']} {SIGNS[each['state']]} {clean(each['text'])}{owner}{due}")
    for each in kept["updates"]:
        next_ = f" Next update {utc(each['next_update_at'])}." if each["next_update_at"] is not None else ""
        impact = f" Impact: {clean(each['impact'])}." if each["impact"] else ""
        say(f"{utc(each['t'])}, told {each['audience']}: {clean(each['text']).rstrip('.')}.{impact}{next_}")
    for each in kept["steps"]:
        done = "" if each["done"] else ", not done"
        say(f"{utc(each['t'])}, {each['runbook']} step {each['step']}{done}: {clean(each['text'])}")
    say(*(f"{utc(each['at'])}, marker: {clean(each['text'])}" for each in kept["marks"]))
    for name, word in (("notes", "note"), ("handovers", "handover"), ("predictions", "expected")):
        for each in kept[name]:
            say(f"{utc(each['t'])}, {word}: {each['text']}")


def budgets(desk: Desk, _rest: str) -> None:
    """The error budgets that the organisation observes."""
    for each in desk.seat.budgets():
        desk.say(f"{clean(each['title'])}: {each['consumed']}% used, {each['left']}% left; {each['bad']:,} bad of "
                 f"{each['total']:,}, {each['allowed']} allowed in {span(each['window'])}.")  # fmt: skip
        for burn in each["burn"]:
            if burn["rate"] is not None and burn["covered"] == burn["window"]:
                desk.say(f"In the last {span(burn['window'])} it burned at {burn['rate']} times the even rate.")
        if each["exhausted_at"] is not None:
            desk.say(f"It was used up at {desk.clock.utc(each['exhausted_at'])}.")
        elif each["exhausted_in"] is not None:
            desk.say(f"At the last hour's rate it is used up in {span(each['exhausted_in'])}.")
