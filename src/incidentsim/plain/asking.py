"""Questions, one line each: a text, one of several, yes or no, evidence, a number. An empty line is an answer too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.plain.desk import NothingDoneError
from incidentsim.text.wording import clean
from incidentsim.tui.to_do import moment

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk

Pairs = Sequence[tuple[str, str]]
"""Ids and names."""
LISTED = 9
"""Choices up to so many are listed at once; of more, ``?`` lists them."""
TRIES = 3
"""After so many answers that cannot be understood a question is taken back, so that nobody is caught in it."""
_NUMBER = re.compile(r"(?:E-?)?(\d{1,6})", re.IGNORECASE | re.ASCII)


def optional(desk: Desk, question: str, now: str = "") -> str:
    """A line of text; empty keeps what there is *now*, a dash takes it out."""
    there = f" [{clean(now)}]" if now else ""
    desk.say(f"{question}{there}")
    answer = desk.voice.read() or now
    return "" if now and answer == "-" else answer


def text(desk: Desk, question: str, given: str = "", now: str = "") -> str:
    """A text that has to be there. Raises `NothingDoneError` where it is left empty."""
    found = given or optional(desk, question, now)
    if not found:
        raise NothingDoneError("Left empty; nothing was done.")
    return found


def yes(desk: Desk, question: str, usual: bool = False) -> bool:
    """Yes or no; an empty line is the usual answer."""
    for _ in range(TRIES):
        desk.say(f"{question} yes or no [{'yes' if usual else 'no'}]")
        answer = desk.voice.read().casefold()
        if not answer:
            return usual
        if "yes".startswith(answer) or "no".startswith(answer):
            return answer.startswith("y")
    return False


def number(desk: Desk, question: str, most: int, now: int | None = None) -> int | None:
    """A whole number from 0 to *most*; empty is *now*."""
    while True:
        answer = optional(desk, question, "" if now is None else str(now))
        if not answer:
            return None
        digits = answer.removesuffix("%").strip()
        if digits.isascii() and digits.isdecimal() and len(digits) < 7 and int(digits) <= most:
            return int(digits)
        desk.say(f"A whole number from 0 to {most}.")


def when(desk: Desk, question: str, now: int | None = None) -> int | None:
    """A moment (ms): a clock time, or minutes from now; empty is *now*."""
    while True:
        answer = optional(desk, question, "" if now is None else desk.clock.short(now))
        if now is not None and answer == desk.clock.short(now):
            return now
        at, read = moment(answer, desk.now, desk.clock)
        if read:
            return at
        desk.say("A time such as 09:30, or minutes from now such as 20.")


def choose(desk: Desk, question: str, pairs: Pairs, given: str = "", now: str | None = None, none: bool = False) -> str:
    """The id of one of *pairs*: by its number, its id, or the beginning of its id or name.

    An empty line is *now*; where that is None, `NothingDoneError` is raised. *given* is what was typed already; with
    *none* a dash chooses nothing.
    """
    if not pairs:
        raise NothingDoneError("There is nothing to choose from.")
    if given:
        found = _meant(given, pairs)
        if len(found) == 1:
            return found[0]
        desk.say(_unclear(given, found))
    usual = f" [{dict(pairs).get(now, now) or 'none'}]" if now is not None else ""
    listed, tries = not given, 0
    while tries < TRIES:
        desk.say(f"{question}{usual}")
        if listed and len(pairs) > LISTED:
            desk.say(f"{len(pairs)} to choose from; ? lists them.")
        elif listed:
            _list(desk, pairs)
        listed = False
        answer = desk.voice.read()
        if answer == "?":
            _list(desk, pairs)
        elif none and answer == "-":
            return ""
        elif not answer and now is not None:
            return now
        elif not answer:
            break
        elif len(found := _meant(answer, pairs)) == 1:
            return found[0]
        else:
            desk.say(_unclear(answer, found))
            tries += 1
    raise NothingDoneError("Nothing was chosen; nothing was done.")


def _list(desk: Desk, pairs: Pairs) -> None:
    for place, (known, name) in enumerate(pairs, 1):
        said = clean(name)
        desk.say(f"{place} {said}" if not known or known == name else f"{place} {said} ({clean(known)})")


def _meant(answer: str, pairs: Pairs) -> list[str]:
    """The ids that an answer may mean: exact before the beginning, the beginning before a part."""
    wanted = answer.casefold()
    names = [(known, known.casefold(), name.casefold()) for known, name in pairs]
    exact = [known for known, *said in names if wanted in said]
    if exact:
        return exact[:1]
    if answer.isascii() and answer.isdecimal() and 0 < int(answer[:9]) <= len(pairs):
        return [pairs[int(answer[:9]) - 1][0]]
    begin = [known for known, *said in names if known and any(each.startswith(wanted) for each in said)]
    return begin or [known for known, *said in names if known and any(wanted in each for each in said)]


def _unclear(answer: str, found: list[str]) -> str:
    if found:
        return f"{clean(answer)[:60]} may be {', '.join(found[:8])}. Which one?"
    return f"{clean(answer)[:60]} is none of them; ? lists them, an empty line goes on without."


def evidence(desk: Desk, question: str, now: Sequence[str] = ()) -> list[str]:
    """Ids of evidence, separated by spaces or commas; empty keeps *now*, a dash is none."""
    items = {each["id"]: each for each in desk.seat.evidence()}
    if not items:
        return list(now)
    while True:
        answer = optional(desk, f"{question} Ids such as {next(iter(items))}; ? lists them.", " ".join(now))
        if answer == "?":
            desk.say(*(evidence_line(desk, each) for each in items.values()))
            continue
        if answer == "-":
            return []
        found = [_evidence_id(each) for each in re.split(r"[\s,;]+", answer) if each]
        wrong = [each for each in found if each not in items]
        if not wrong:
            return list(dict.fromkeys(found))
        desk.say(f"There is no evidence {clean(wrong[0])[:40]}.")


def _evidence_id(typed: str) -> str:
    found = _NUMBER.fullmatch(typed)
    return f"E-{int(found[1]):04d}" if found else typed.upper()


def evidence_line(desk: Desk, item: dict[str, object]) -> str:
    """``E-0042, 08:31 UTC, chat, pinned: analyst: …``."""
    at = "learned after" if item["phase"] == "after" else desk.clock.utc(int(str(item["t"])))
    pinned = ", pinned" if item["pinned"] else ""
    return f"{item['id']}, {at}, {item['kind']}{pinned}: {clean(item['title'])}"
