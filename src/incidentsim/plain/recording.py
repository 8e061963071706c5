"""The incident record: explanations, decisions, severity, updates, tasks, roles, notes, markers, steps, pins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incidentsim.exercise.incident_record import DECISION_STATES, LONGEST_UPDATE, TASK_STATES, TIERS
from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.plain.looking import target
from incidentsim.plain.standing import roles_held
from incidentsim.text.severity import criteria, every
from incidentsim.text.wording import clean
from incidentsim.tui.handover_note import draft
from incidentsim.tui.house import AUDIENCES, HINTS, known_roles, timers

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data

STATES = ("open", "ruled-out", "confirmed")
SENTENCE = "State in one sentence: "
_NUMBERED = re.compile(r"((?:H|D|TD)-?\d{1,6})\b\s*(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)


def _known(rest: str, items: list[Data], word: str) -> tuple[Data | None, str]:
    """What is to be changed, where a line begins with its number, and what else the line says."""
    found = _NUMBERED.fullmatch(rest)
    if found is None:
        return None, rest
    wanted = re.sub(r"-?(\d+)", lambda digits: f"-{int(digits[1]):02d}", found[1].upper())
    item = next((each for each in items if each["id"] == wanted), None)
    if item is None:
        raise NothingDoneError(f"There is no {word} {wanted}; record lists them.")
    return item, found[2]


def _same(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(each, each) for each in names]


def hypothesis(desk: Desk, rest: str) -> None:
    """A new explanation, or a change of one."""
    item, given = _known(rest, desk.seat.hypotheses(), "hypothesis")
    text = asking.text(desk, "What would explain it?", given, item["text"] if item else "")
    sure = asking.number(desk, "How sure, 0 to 100?", 100, item["confidence"] if item else 50)
    state = asking.choose(desk, "State?", _same(STATES), now=item["state"]) if item else "open"
    cites = {
        "for": asking.evidence(desk, "Evidence for it?", item["for"] if item else ()),
        "against": asking.evidence(desk, "Evidence against it?", item["against"] if item else ()),
    }
    done = desk.do("hypothesis", item["id"] if item else "", text=text, confidence=sure, state=state, **cites)
    desk.say(f"{item['id'] if item else done['ref']} is in the record.")


def decide(desk: Desk, rest: str) -> None:
    """A new decision, or a change of one."""
    item, given = _known(rest, desk.seat.incident_record()["decisions"], "decision")
    now: Data = item or {"text": "", "tier": "reversible", "why": "", "dissent": "", "evidence": ()}
    said = {"text": asking.text(desk, "What is decided?", given, now["text"])}
    said["tier"] = asking.choose(desk, "How hard is it to take back?", _same(TIERS), now=now["tier"])
    said["why"] = asking.optional(desk, "Why, on what is known now?", now["why"])
    said["dissent"] = asking.optional(desk, "Who sees it otherwise?", now["dissent"])
    cites = asking.evidence(desk, "Evidence it rests on?", now["evidence"])
    if item:
        said["state"] = asking.choose(desk, "State?", _same(DECISION_STATES), now="revised")
    done = desk.do("decide", item["id"] if item else "", evidence=cites, **said)
    desk.say(f"{done['ref']} recorded.")


def severity(desk: Desk, rest: str) -> None:
    """Declare the incident, or change its severity."""
    first, _, why = rest.partition(" ")
    levels = list(desk.brief["severities"])
    if not first:
        for name, each in criteria(levels).items():
            desk.say(f"{name}: {each.users}; {each.harm}; {each.lasts}; tell {each.told}; "
                     f"update {every(each.update_every)}.")  # fmt: skip
    level = asking.choose(desk, "Which severity?", _same(tuple(levels)), first)
    text = why.strip() or asking.optional(desk, "Why this severity?")
    desk.do("declare", level, text=text)
    desk.say(f"Severity is now {level}.")


def update(desk: Desk, rest: str) -> None:
    """Tell an audience."""
    first, _, given = rest.partition(" ")
    audiences = [(each, AUDIENCES.get(each, each)) for each in desk.brief["audiences"]]
    audience = asking.choose(desk, "Tell whom?", audiences, first)
    record = desk.seat.incident_record()
    told = next((each for each in timers(record) if each.audience == audience), None)
    if told is None:
        desk.say("They were not told anything yet.")
    else:
        desk.say(f"Last told at {desk.clock.utc(told.told)}; next update {told.words(desk.now, desk.clock)}.")
    if not given.strip() and audience in HINTS:
        desk.say(HINTS[audience])
    text = asking.text(desk, "What is known, what is being done?", given.strip())
    impact = asking.optional(desk, "Impact: who is affected, and how?")
    usual = criteria(list(desk.brief["severities"])).get(record["severity"])
    minutes = asking.number(desk, "Next update in how many minutes? 0 promises none.", LONGEST_UPDATE,
                            usual.update_every if usual else 30)  # fmt: skip
    desk.do("announce", audience, text=text, impact=impact, next_update=minutes or None)
    desk.say("Sent.")


def task(desk: Desk, rest: str) -> None:
    """Something to be done, or a change of it."""
    item, given = _known(rest, desk.seat.incident_record()["tasks"], "task")
    if item and given.casefold() in TASK_STATES:
        desk.do("task", item["id"], state=given.casefold())
        desk.say(f"{item['id']} is {given.casefold()}.")
        return
    text = asking.text(desk, "What is to be done?", given, item["text"] if item else "")
    owner = asking.optional(desk, "Who does it, a role?", item["owner"] if item else "")
    due = asking.when(desk, "Due when? A time such as 09:30, or minutes from now such as 20.",
                      item["due"] if item else None)  # fmt: skip
    state = {"state": asking.choose(desk, "State?", _same(TASK_STATES), now=item["state"])} if item else {}
    done = desk.do("task", item["id"] if item else "", text=text, owner=owner, due=due, **state)
    desk.say(f"{done['ref']} is in the record.")


def role(desk: Desk, rest: str) -> None:
    """Who holds which role; give one to somebody."""
    first, _, given = rest.partition(" ")
    if not first:
        roles_held(desk)
        desk.say("role ID WHO gives one to somebody.")
        return
    known = [(name, title) for name, title, _ in known_roles(desk.brief)]
    chosen = asking.choose(desk, "Which role?", known, first)
    who = asking.text(desk, "Who takes it?", given.strip())
    desk.do("assign", chosen, who=who)
    desk.say(f"{dict(known)[chosen]}: {clean(who)}.")


def note(desk: Desk, rest: str) -> None:
    """A note."""
    desk.do("note", text=asking.text(desk, "Note:", rest))
    desk.say("Kept.")


def handover(desk: Desk, rest: str) -> None:
    """A handover note: drafted from the record, gone on with by a person."""
    if rest:
        desk.do("handover", text=rest)
    else:
        drafted = draft(desk.seat, desk.brief, desk.clock)
        desk.say("Drafted from the record:", *drafted.split("\n"))
        sentence = asking.text(desk, SENTENCE.strip())
        lines = [drafted.replace(SENTENCE, SENTENCE + sentence, 1)]
        desk.say("What else does the next person need? A line each; an empty line ends.")
        while line := desk.voice.read():
            lines.append(line)
        desk.do("handover", text="\n".join(lines))
    desk.say("The handover note is in the record.")


def mark(desk: Desk, rest: str) -> None:
    """A marker on the plots, now or at a time."""
    first, _, more = rest.partition(" ")
    at = desk.clock.parse(first)
    name = asking.text(desk, "Name of the marker:", more.strip() if at is not None else rest)
    moment = desk.now if at is None else at
    desk.do("mark", "", at=moment, text=name)
    desk.say(f"Marked {desk.clock.utc(moment)}.")


def step(desk: Desk, rest: str) -> None:
    """Tick a runbook's step."""
    from incidentsim.plain.reading import steps_of
    from incidentsim.scenario.library import runbook as text_of

    words = rest.split(maxsplit=2)
    known = _same(tuple(desk.seat.runbooks()))
    chosen = asking.choose(desk, "A step of which runbook?", known, words[0] if words else "")
    steps = steps_of(text_of(chosen))
    if not steps:
        raise NothingDoneError(f"{chosen} has no numbered steps.")
    given = words[1] if len(words) > 1 else ""
    ticked = {each["step"] for each in desk.seat.incident_record()["steps"] if each["runbook"] == chosen}
    pairs = [(str(place), each + (" (done)" if place in ticked else "")) for place, each in enumerate(steps, 1)]
    place = int(asking.choose(desk, "Which step?", pairs, given))
    done = len(words) < 3 or words[2].casefold() != "undone"
    desk.do("step", f"runbook:{chosen}", step=place, text=steps[place - 1], done=done)
    desk.say(f"{chosen}, step {place} {'done' if done else 'not done'}: {clean(steps[place - 1])}")


def pin(desk: Desk, rest: str) -> None:
    """Pin something as evidence, with a note."""
    first, _, said = rest.partition(" ")
    what = asking.text(desk, "Pin what? An id, or a log line such as #120.", first)
    done = desk.do("pin", target(desk, what), **({"note": said.strip()} if said.strip() else {}))
    desk.say(f"Pinned as {done['evidence'][0] if done['evidence'] else done['ref']}.")
