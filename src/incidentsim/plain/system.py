"""What is known of the system and at hand to read: briefing, people, services, actions, changes, runbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.plain.reading import lines_of, steps_of
from incidentsim.text.wording import clean, span
from incidentsim.tui.house import needs, price

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk


def briefing(desk: Desk, _rest: str) -> None:
    """What was said before play."""
    brief = desk.brief
    desk.say(f"{clean(brief['number'])}: {clean(brief['title'])}")
    for title, text in (("Organisation", brief["organisation"]), ("Your role", brief["role"]),
                        ("Situation", brief["situation"]), ("Goal", brief["goal"])):  # fmt: skip
        if text:
            desk.say(f"{title}: {clean(text)}")
    desk.say(*(clean(note) for note in brief["notes"]))
    desk.say(*(f"To practise: {clean(each)}" for each in brief["objectives"]))
    for slo in brief["slos"]:
        desk.say(f"Promised: {clean(slo['title'])}. {clean(slo['description'])}")
    desk.say(f"Clock: from {desk.clock.utc(0)} on {desk.clock.start:%Y-%m-%d}, {span(brief['duration'])}; "
             f"people here live by {brief['local_zone']}.")  # fmt: skip


def people(desk: Desk, _rest: str) -> None:
    """Who can be asked, and about what."""
    for each in desk.brief["personas"]:
        desk.say(f"{each['id']}: {clean(each['title'])}, team {clean(each['team'])}. {clean(each['about'])}")
    for each in desk.brief["topics"]:
        desk.say(f"Topic {each['id']}: {clean(each['title'])}")


def services(desk: Desk, _rest: str) -> None:
    """The system, a service a line."""
    for each in desk.brief["services"]:
        needs = f", needs {', '.join(each['depends_on'])}" if each["depends_on"] else ""
        desk.say(f"{each['id']}: {clean(each['title'])}, team {clean(each['team'])}{needs}")


def service(desk: Desk, rest: str) -> None:
    """One service: what it is, what it needs, what needs it, what can be done to it."""
    known = [(each["id"], str(each["title"])) for each in desk.brief["services"]]
    chosen = asking.choose(desk, "Which service?", known, rest)
    item = next(each for each in desk.brief["services"] if each["id"] == chosen)
    used = ", ".join(each["id"] for each in desk.brief["services"] if chosen in each["depends_on"])
    desk.say(f"{clean(item['title'])}, team {clean(item['team'])}. {clean(item['about'])}")
    desk.say(f"Needs: {', '.join(item['depends_on']) or 'nothing on this map'}. Needed by: {used or 'nothing'}.")
    measured = [each["id"] for each in desk.brief["signals"] if each["service"] == chosen]
    desk.say(f"Measured: {', '.join(measured) or 'nothing'}.")
    verbs = [each["id"] for each in desk.brief["verbs"] if chosen in each["targets"]]
    desk.say(f"Actions: {', '.join(verbs) or 'none'}.")


def actions(desk: Desk, rest: str) -> None:
    """The verbs of the scenario with what they cost, or one of them with its targets."""
    verbs = desk.brief["verbs"]
    if not rest:
        for each in verbs:
            desk.say(f"{each['id']}: {clean(each['title'])}. {price(each)}.")
        desk.say("actions VERB lists what it can be done to.")
        return
    chosen = asking.choose(desk, "Which action?", [(each["id"], str(each["title"])) for each in verbs], rest)
    verb = next(each for each in verbs if each["id"] == chosen)
    desk.say(
        f"{verb['id']}: {clean(verb['title'])}. {price(verb)}.",
        clean(needs(verb)),
        f"On: {', '.join(verb['targets'])}.",
    )
    for option in verb["options"]:
        desk.say(f"{option['id']}: {clean(option['title'])}: {', '.join(option['choices'])}.")


def changes(desk: Desk, _rest: str) -> None:
    """The change history, newest first."""
    items = desk.seat.changes()
    for each in items:
        days = each["days_before"]
        when = f"{days} day{'s' if days > 1 else ''} before" if days else desk.clock.utc(each["t"])
        desk.say(f"{each['id']}, {when}, {clean(each['service'])}: {clean(each['title'])}")
    desk.say("read ID opens one." if items else "No changes are on record.")


def runbooks(desk: Desk, _rest: str) -> None:
    """The runbooks at hand."""
    desk.say(*desk.seat.runbooks() or ["There are no runbooks in this scenario."])


def runbook(desk: Desk, rest: str) -> None:
    """What a runbook says; its numbered items are the steps that `step` ticks."""
    from incidentsim.scenario.library import runbook as text_of

    chosen = asking.choose(desk, "Which runbook?", [(each, each) for each in desk.seat.runbooks()], rest)
    markdown = text_of(chosen)
    minted = desk.do("open", f"runbook:{chosen}")["evidence"]
    desk.say(*lines_of(markdown), f"Kept as evidence {minted[0]}.")
    if steps_of(markdown) and not desk.ended:
        desk.say(f"step {chosen} 1 ticks its first step.")
