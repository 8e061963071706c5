"""What stands beside the score and changes nothing of it: how it was told, decided and guessed, what did harm, who
was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.assessment.calibration import BAND, ENOUGH, brier, by_confidence, said
from incidentsim.assessment.measured import count, span
from incidentsim.exercise.incident_record import RECORDING, IncidentRecord
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.numbers import quantities
from incidentsim.postmortem.promises import promises
from incidentsim.postmortem.saying import sentences
from incidentsim.scenario.units import DAY, MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from incidentsim.assessment.facts import Facts

GRACE = 5 * MINUTE
"""An update may come so much later than it was promised."""
MOST_SHOWN = 6
LONGEST = 80
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_NEXT = re.compile(r"\bnext (?:update|word|news)\b[^.]{0,30}?\b([01]?\d|2[0-3]):([0-5]\d)\b", re.IGNORECASE)
_SHORT = re.compile(r"(\d{1,4})\s*(?:m|min|minutes?)?")


@dataclass(frozen=True, slots=True)
class Note:
    """A part of what stands beside the score."""

    title: str
    lines: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {"title": self.title, "lines": list(self.lines)}


def beside(facts: Facts) -> tuple[Note, ...]:
    """Each part that has something to say; none of a reconstruction, where others responded."""
    if facts.reconstruction:
        return ()
    parts = (
        ("Communication", communication(facts)),
        ("Decisions", decisions(facts)),
        ("Calibration", calibration(facts)),
        ("Harm by outcome", harm(facts)),
        ("Help used", help_used(facts)),
    )
    return tuple(Note(title, tuple(lines)) for title, lines in parts)


def communication(facts: Facts) -> Iterator[str]:
    """Who was told how often, which promised updates came, what they said, and what was promised too much."""
    if not facts.updates:
        yield "No status update was posted."
        return
    told: dict[str, list[int]] = {}
    for each in facts.updates:
        told.setdefault(each.audience, []).append(each.t)
    who = ", ".join(f"{audience} {len(times)}" for audience, times in told.items())
    yield f"{count(len(facts.updates), 'status update')}: {who}."
    yield from _cadence(facts, told)
    commands = {each.id: each for each in facts.record.commands}
    numbers = sum(bool(quantities(_CLOCK.sub("", each.text))) or bool(commands[each.command].args.get("impact"))
                  for each in facts.updates)  # fmt: skip
    yield f"How much or how many is said in {numbers} of {len(facts.updates)}."
    yield from _promised_too_much(facts)


def _cadence(facts: Facts, told: dict[str, list[int]]) -> Iterator[str]:
    """When the next update was promised for, and whether one came by then; what came due after the end is left out."""
    kept, late = 0, []
    resolved = facts.reached.get("resolved")
    end = facts.record.ended_at if resolved is None else min(resolved, facts.record.ended_at)
    for audience, made, due in _promised(facts):
        after = min((each for each in told[audience] if each > made), default=None)
        if due > end and (after is None or after > end):
            continue
        if after is not None and after <= due + GRACE:
            kept += 1
        elif after is None:
            late.append(f"{audience}, promised for {facts.clock(due)}: none came")
        else:
            late.append(f"{audience}, promised for {facts.clock(due)}: {span(after - due)} late")
    if not kept and not late:
        yield "No update said when the next one comes."
        return
    yield f"Updates that were promised for a time: {kept + len(late)}; kept within {GRACE // MINUTE} min: {kept}."
    yield from (f"{each}." for each in late[:MOST_SHOWN])


def _promised(facts: Facts) -> Iterator[tuple[str, int, int]]:
    """(audience, when it was said, for when; ms) of each next update that was promised, in its field or in words."""
    commands = {each.id: each for each in facts.record.commands}
    for each in facts.updates:
        given = str(commands[each.command].args.get("next_update") or "").strip()
        clock, short = _CLOCK.fullmatch(given) or _NEXT.search(each.text), _SHORT.fullmatch(given)
        if short is not None and int(short[1]):
            yield each.audience, each.t, each.t + int(short[1]) * MINUTE
        elif clock is not None:
            start = facts.record.scenario.start
            midnight = (start.hour * 60 + start.minute) * MINUTE
            wanted = (int(clock[1]) * 60 + int(clock[2])) * MINUTE
            yield each.audience, each.t, each.t + (wanted - midnight - each.t) % DAY


def _promised_too_much(facts: Facts) -> Iterator[str]:
    resolved = facts.reached.get("resolved")
    draft = Draft(facts.record, facts.case)
    found = []
    for each in facts.updates:
        if resolved is not None and each.t >= resolved:
            continue
        words = next((words for sentence in sentences(each.text) for words, _ in promises(sentence, draft)), "")
        if words:
            found.append(f"At {facts.clock(each.t)} to {each.audience} “{words}” promised more than was known.")
    yield from found[:MOST_SHOWN] or ["Nothing was promised that could not be known."]


def decisions(facts: Facts) -> Iterator[str]:
    """Decisions that were written down, by how hard they are to take back, and what those rest on that are hard."""
    house = IncidentRecord()
    for command in facts.record.commands:
        if command.verb in RECORDING and command.t <= facts.record.ended_at:
            house.write(command)
    made = [each for each in house.decisions.values() if each["state"] != "withdrawn"]
    if not made:
        yield "No decision was written down."
        return
    tiers = {tier: sum(each["tier"] == tier for each in made) for tier in ("reversible", "costly", "irreversible")}
    split = ", ".join(f"{number} {tier}" for tier, number in tiers.items() if number)
    yield f"{count(len(made), 'decision')}: {split}."
    for each in made[:MOST_SHOWN]:
        lacking = [word for word, there in (("no reason", each["why"].strip()), ("no evidence", each["evidence"]))
                   if not there]  # fmt: skip
        hard = each["tier"] != "reversible"
        rests = f"; {' and '.join(lacking)}, and hard to take back" if hard and lacking else ""
        dissent = "; who saw it otherwise is kept" if each["dissent"].strip() else ""
        yield f"{each['id']} at {facts.clock(each['t'])}, {each['tier']}: “{_short(each['text'])}”{rests}{dissent}."


def calibration(facts: Facts) -> Iterator[str]:
    """How often what was said with some confidence came out so."""
    compared = said(facts)
    if len(compared) < ENOUGH:
        yield f"{count(len(compared), 'statement')} could be compared: too few to say anything of calibration."
        return
    for low, number, happened in by_confidence(compared):
        high = "or more" if low + BAND >= 100 else f"to {low + BAND - 1}%"
        yield f"Of {number} said at {low}% {high}, {happened} came out so."
    distance = brier(compared)
    yield f"Mean squared distance {distance:.2f}; 0 is perfect, 0.25 is what 50% on everything gives."
    yield "Words were compared; look for yourself whether they meant that."


def harm(facts: Facts) -> Iterator[str]:
    """What actions led to, worst first."""
    harmful = sorted((each for each in facts.acts if each.harm), key=lambda each: (-each.harm, each.command.t))
    if not harmful:
        yield "No action did harm."
    for each in harmful[:MOST_SHOWN]:
        yield f"{each.harm} points: {each.title} at {facts.clock(each.command.t)}. {each.harm_text}".rstrip()
    if len(harmful) > MOST_SHOWN:
        yield f"{len(harmful) - MOST_SHOWN} more did less."


def help_used(facts: Facts) -> Iterator[str]:
    """Who was asked, in play and afterwards. Asking is work, and no fault."""
    titles = {each.id: each.title for each in facts.record.scenario.personas}
    for verb, when in (("ask", "in play"), ("interview", "afterwards")):
        asked: dict[str, int] = {}
        for each in facts.record.commands:
            if each.verb == verb:
                name = titles.get(each.target, each.target)
                asked[name] = asked.get(name, 0) + 1
        if asked:
            total = sum(asked.values())
            yield f"{count(total, 'question')} {when}: {', '.join(f'{who} {times}' for who, times in asked.items())}."
        else:
            yield f"Nobody was asked {when}."
    books = len({each.target for each in facts.record.commands
                 if each.verb == "open" and each.target.startswith("runbook:")})  # fmt: skip
    yield f"{count(books, 'runbook')} opened."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
