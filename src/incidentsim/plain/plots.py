"""Signals in words: the latest value, lowest and highest, limits, which way it goes, and a few values over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.text.wording import clean, number, span

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data

POINTS = 12
LATELY = 15 * 60_000
STEADY = 0.05
"""A change of less than this part of the range is none."""
STATES = {
    "ok": "ok",
    "warn": "over its warning limit",
    "crit": "over its critical limit",
    "gap": "no sample arrives",
    "none": "",
}


def signals(desk: Desk, _rest: str) -> None:
    """Each signal in a line."""
    for plot in desk.seat.signals(max(0, desk.now - LATELY), None, 15):
        said = STATES.get(plot["state"], clean(plot["state"]))
        state = f", {said}" if said else ""
        value = f"{plot['last']} {clean(plot['unit'])}".rstrip() if plot["last"] is not None else _missing(desk, plot)
        own = "a count you keep" if plot["own"] else clean(plot["service"])
        known = [each / plot["scale"] for each in plot["points"] if each is not None]
        way = f", {slope(known)} in the last {span(LATELY)}" if len(known) > 2 else ""
        desk.say(f"{plot['id']}: {clean(plot['title'])}, {own}: {value}{state}{way}")


def _missing(desk: Desk, plot: Data) -> str:
    since = plot["since"]
    return "none since " + desk.clock.utc(since) if since is not None else "no value yet"


def signal(desk: Desk, rest: str) -> None:
    """One signal in detail; looking at it is evidence."""
    words = rest.split()
    minutes = int(words.pop()) if len(words) > 1 and words[-1].isascii() and words[-1].isdecimal() else 0
    known = [(plot["id"], str(plot["title"])) for plot in desk.seat.signals(0, None, 1)]
    chosen = asking.choose(desk, "Which signal?", known, " ".join(words))
    start = max(0, desk.now - min(minutes, 10_000) * 60_000) if minutes else 0
    plot = desk.seat.samples(chosen, start)
    if plot is None:
        desk.say("There is no such signal.")
        return
    minted = [] if plot["own"] or desk.ended else desk.do("open", f"signal:{chosen}")["evidence"]
    unit, scale = clean(plot["unit"]), plot["scale"]
    desk.say(f"{clean(plot['title'])}, {clean(plot['service'])}: {STATES.get(plot['state']) or 'no limits'}.")
    samples = [(plot["from"] + (place + 1) * plot["each"], each / scale)
               for place, each in enumerate(plot["points"]) if each is not None]  # fmt: skip
    if not samples:
        desk.say("No sample has arrived.")
        return
    low, high = min(samples, key=lambda each: each[1]), max(samples, key=lambda each: each[1])
    for word, (t, value) in (("Latest", samples[-1]), ("Lowest", low), ("Highest", high)):
        desk.say(f"{word}: {number(value, unit)} at {desk.clock.utc(t)}.")
    missing = len(plot["points"]) - len(samples)
    if missing:
        desk.say(f"{missing} samples did not arrive.")
    for limit in plot["limits"]:
        side = "above" if limit["above"] else "below"
        desk.say(f"Limit {limit['name']}: {side} {number(limit['value'], unit)}.")
    lately = [value for t, value in samples if t > samples[-1][0] - LATELY]
    desk.say(f"Last {span(LATELY)}: {slope(lately)}, from {number(lately[0], unit)} to {number(lately[-1], unit)}.",
             f"All of it: {slope([value for _, value in samples])}.")  # fmt: skip
    size = max(1, -(-len(samples) // POINTS))
    course = samples[::-1][::size][::-1]
    desk.say("Course: " + ", ".join(f"{desk.clock.short(t)} {number(value)}" for t, value in course) + ".")
    if minted:
        desk.say(f"Kept as evidence {minted[0]}.")


def slope(values: list[float]) -> str:
    """Which way values go: the mean of their last third against the first, measured by their range."""
    if len(values) < 2 or max(values) == min(values):
        return "steady"
    third = max(1, len(values) // 3)
    change = sum(values[-third:]) / third - sum(values[:third]) / third
    size = max(values) - min(values)
    if abs(change) < STEADY * max(size, abs(max(values, key=abs)) / 5):
        return "steady" if size < STEADY * abs(max(values, key=abs)) else "up and down"
    return "rising" if change > 0 else "falling"
