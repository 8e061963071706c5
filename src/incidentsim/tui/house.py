"""What every incident has, in any interface: what actions cost, who is told, who holds which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.exercise.incident_record import HOUSE_ROLES
from incidentsim.text.wording import span

if TYPE_CHECKING:
    from incidentsim.text.wording import Clock
    from incidentsim.tui.session import Data

UNDO = {
    "none-needed": "nothing to undo",
    "reversible": "can be undone",
    "costly": "can be undone at a cost",
    "irreversible": "cannot be undone",
}
ELSEWHERE = {
    "none-needed": "in places nothing is to undo",
    "reversible": "in places it can",
    "costly": "in places only at a cost",
    "irreversible": "in places it cannot",
}
"""How it is where it differs from the usual."""
AUDIENCES = {
    "internal": "internal: who works on it",
    "customers": "customers",
    "executives": "executives",
    "status": "status page",
}
HINTS = {
    "internal": "What we see, what we ruled out, what runs, who does what, what we need.",
    "customers": "What they notice, since when, what they can do, no inner names, no guess at a cause.",
    "executives": "What it means for the business, how sure we are, what we decide, what we need from them.",
    "status": "One or two plain sentences: what is affected, since when, that we are on it.",
}
"""What each audience needs to hear."""
HOUSE = {
    "ic": ("Incident commander", "decides, keeps the picture"),
    "ops": ("Operations lead", "inspects and changes the system"),
    "comms": ("Communications lead", "tells people"),
    "scribe": ("Scribe", "keeps hypotheses, decisions and times"),
}


def price(verb: Data) -> str:
    """What a verb costs, in a line: time, hands, whether it changes anything, whether it can be undone.

    It is told of the verb, with the range over all targets: to say what it comes to on one of them would tell which
    target matters.
    """
    hands = f"{verb['hands']} hand{'' if verb['hands'] == 1 else 's'}"
    kind = "changes the system" if verb["changes"] else "only looks"
    return f"{_takes(verb)}, {hands}, {kind}, {_undoing(verb)}"


def glance(verb: Data) -> str:
    """What a verb costs, in as few words as a list has room for; `price` says all of it."""
    hands = f"{verb['hands']} hand{'' if verb['hands'] == 1 else 's'}"
    takes = span(verb["takes"])
    if verb["shortest"] != verb["longest"]:
        takes = f"{span(verb['shortest'])} to {span(verb['longest'])}"
    if not verb["changes"]:
        return f"{takes}, {hands}, only looks"
    worst = UNDO[verb["at_worst"]]
    return f"{takes}, {hands}, {worst if verb['at_worst'] == verb['reversibility'] else f'at worst {worst}'}"


def _takes(verb: Data) -> str:
    """``4m``, or ``25m (10m to 45m)`` where it differs by target."""
    if verb["shortest"] == verb["longest"]:
        return span(verb["takes"])
    return f"{span(verb['takes'])} ({span(verb['shortest'])} to {span(verb['longest'])})"


def _undoing(verb: Data) -> str:
    usual = verb["reversibility"]
    others = [ELSEWHERE[each] for each in (verb["at_best"], verb["at_worst"]) if each != usual]
    usually = UNDO[usual].replace("can", "can usually", 1) if others and usual != "irreversible" else UNDO[usual]
    usually = "usually cannot be undone" if others and usual == "irreversible" else usually
    return ", ".join([usually, *others])


def needs(verb: Data) -> str:
    """What has to be there before a verb is carried out, in a sentence, or nothing."""
    return f"Needs first: {verb['needs']}" if verb["needs"] else ""


@dataclass(frozen=True, slots=True)
class Timer:
    """When an audience was last told, and when the next update was promised for (ms, or None)."""

    audience: str
    told: int
    due: int | None

    def words(self, now: int, clock: Clock) -> str:
        """``next in 12m``, ``4m late (09:10 UTC)``, ``none promised``."""
        if self.due is None:
            return "none promised"
        if self.due > now:
            return f"next in {span(self.due - now)} ({clock.utc(self.due)})"
        late = now - self.due
        return f"{'due now' if late < 60_000 else f'{span(late)} late'} ({clock.utc(self.due)})"

    def late(self, now: int) -> bool:
        """The promised moment has come."""
        return self.due is not None and self.due <= now


def timers(record: Data) -> list[Timer]:
    """Each audience that was told something, the next one due first."""
    last = {item["audience"]: Timer(item["audience"], item["t"], item["next_update_at"]) for item in record["updates"]}
    return sorted(last.values(), key=lambda timer: (timer.due is None, timer.due or 0))


def known_roles(brief: Data) -> list[tuple[str, str, str]]:
    """Id, title and what it is for: the briefing's roles, then those that every incident knows."""
    found = {item["id"]: (str(item["title"]), str(item["about"])) for item in brief["roles"]}
    for name in HOUSE_ROLES:
        found.setdefault(name, HOUSE[name])
    return [(name, title, about) for name, (title, about) in found.items()]
