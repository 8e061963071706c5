"""The debrief as questions: learn more, whys, fishbone, the postmortem's sections, action items; then the packet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.plain import asking, briefing, whys
from incidentsim.plain.acting import interview
from incidentsim.plain.desk import NothingDoneError
from incidentsim.plain.reading import lines_of
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data


def debrief(desk: Desk, rest: str) -> None:
    """All parts in order, or one of them; then the scorecard and the packet."""
    steps = {"interviews": learn, "effect": whys.effect, "whys": whys.whys, "fishbone": whys.fishbone,
             "sections": sections, "actions": actions}  # fmt: skip
    parts = {**steps, "briefing": briefing.briefing, "categories": whys.categories}
    if rest:
        parts[asking.choose(desk, "Which part?", [(each, each) for each in parts], rest)](desk)
        return
    desk.say("The debrief, in questions. An empty line skips one; each answer is kept when it is given.")
    for part in (*steps.values(), briefing.offered):
        part(desk)
    scorecard(desk, "")
    packet(desk, "")


def learn(desk: Desk) -> None:
    """Interviews, until nobody is named."""
    people = [(each["id"], str(each["title"])) for each in desk.brief["personas"]]
    while people:
        chosen = asking.choose(desk, "Interview whom? Empty goes on.", people, now="")
        if not chosen:
            return
        try:
            interview(desk, chosen)
        except NothingDoneError as nothing:
            desk.say(nothing)


def sections(desk: Desk) -> None:
    """Statements of each section, each with its evidence."""
    case = desk.session.case
    for section in case.sections():
        desk.say(f"Section {clean(section['title'])}. {clean(section['hint'])}")
        desk.say(*(f"There is: {clean(each['text'])}" for each in section["statements"]))
        while text := asking.optional(desk, "A statement, empty goes on:"):
            statement: Data = {"id": "", "text": text, "cites": []}
            statement["id"] = case.put_statement(section["id"], statement)
            cites = asking.evidence(desk, "On what evidence?")
            if cites:
                case.put_statement(section["id"], {**statement, "cites": cites})
            desk.say("Kept.")


def actions(desk: Desk) -> None:
    """Action items in rank, each with what it needs."""
    case = desk.session.case
    tell_actions(desk)
    while text := asking.optional(desk, "Action item: what is changed in the system? Empty goes on."):
        words = case.vocabulary()
        item: Data = {"text": text, "hierarchy": words["hierarchies"][0][0], "type": words["types"][0][0],
                      "priority": "P1", "owner": words["owners"][0][0], "addresses": [], "slo": "", "control": "",
                      "due": "", "done_when": "", "bypass": "", "side_effect": "", "theme": "",
                      "tracking": ""}  # fmt: skip
        item["id"] = case.put_action(item)
        _fill_action(desk, item)


def _fill_action(desk: Desk, item: Data) -> None:
    """Ask for what an action item needs; the answers so far are kept after each part."""
    case = desk.session.case
    words = case.vocabulary()
    item["addresses"] = _addressed(desk, item["addresses"])
    for name, question, options in (("hierarchy", "How strong is it?", "hierarchies"), ("type", "Type?", "types"),
                                    ("priority", "Priority?", "priorities"),
                                    ("owner", "Owner, a role or team?", "owners")):  # fmt: skip
        item[name] = asking.choose(desk, question, words[options], now=str(item[name]))
        case.put_action(item)
    for name, question in (("done_when", "Done when? Something that can be checked."),
                           ("bypass", "If it is ignored, what still prevents a repeat?"),
                           ("side_effect", "What can it make worse?"), ("theme", "Theme?"),
                           ("tracking", "Tracking?")):  # fmt: skip
        item[name] = asking.optional(desk, question, str(item[name]))
        case.put_action(item)
    for name, question, options in (("slo", "Which SLO does it serve?", "slos"),
                                    ("control", "Which control does it add?", "controls")):  # fmt: skip
        if words[options]:
            item[name] = asking.choose(desk, question, words[options], now=str(item[name]), none=True)
    item["due"] = _day(desk, str(item["due"]))
    case.put_action(item)
    desk.say(f"{item['id']} is kept.")


def change(desk: Desk, rest: str) -> None:
    """Ask again for all that a why, an action item or a statement says."""
    case, words = desk.session.case, rest.split()
    wanted = words[0].upper() if words else ""
    why = next((each for each in case.whys() if each["id"] == wanted), None)
    item = next((each for each in case.actions() if each["id"] == wanted), None)
    statement = next((each for section in case.sections() for each in section["statements"]
                      if words == [section["id"], each["id"]]), None)  # fmt: skip
    if why is not None:
        whys.change(desk, why)
    elif item is not None:
        item["text"] = asking.text(desk, "What is changed in the system?", "", str(item["text"]))
        _fill_action(desk, item)
    elif statement is not None:
        text = asking.text(desk, "Statement:", "", str(statement["text"]))
        cites = asking.evidence(desk, "On what evidence?", statement["cites"])
        case.put_statement(words[0], {**statement, "text": text, "cites": cites})
        desk.say("Kept.")
    else:
        raise NothingDoneError("change W-01, change AI-01 or change SECTION 1; written lists them.")


def _addressed(desk: Desk, now: list[str]) -> list[str]:
    """The ids of whys that an action item is about."""
    known = {each["id"]: each for each in desk.session.case.whys() if not each["ruled_out"]}
    while known:
        question = f"Which whys does it address? Ids such as {next(iter(known))}; ? lists them."
        answer = asking.optional(desk, question, " ".join(now))
        if answer == "?":
            desk.say(*(f"{name}: {clean(each['text'])}" for name, each in known.items()))
            continue
        if answer == "-":
            return []
        given = [each.upper() for each in answer.replace(",", " ").split()]
        wrong = [each for each in given if each not in known]
        if not wrong:
            return given
        desk.say(f"There is no why {clean(wrong[0])[:40]}.")
    return now


def _day(desk: Desk, now: str) -> str:
    while answer := asking.optional(desk, "Due on which day, as 2024-04-30?", now):
        try:
            return date.fromisoformat(answer).isoformat()
        except ValueError:
            desk.say("A day such as 2024-04-30, or nothing.")
    return ""


def tell_actions(desk: Desk) -> None:
    """The action items so far, in rank."""
    for rank, each in enumerate(desk.session.case.actions(), 1):
        addresses = " ".join(each["addresses"]) or "no why"
        desk.say(f"{rank}, {each['id']}, {each['priority']}, {each['hierarchy']}, {clean(each['owner'])}, {addresses}, "
                 f"{each['state']}: {clean(each['text'])}")  # fmt: skip


def written(desk: Desk, _rest: str) -> None:
    """Everything that was written in the debrief, and what the whys lack."""
    case = desk.session.case
    whys.tell(desk)
    whys.tell_bones(desk)
    for section in case.sections():
        for each in section["statements"]:
            cites = f" ({' '.join(each['cites'])})" if each["cites"] else ""
            desk.say(f"{section['id']} {each['id']}: {clean(each['text'])}{cites}")
    tell_actions(desk)
    desk.say(*(f"Still open: {each}" for each in case.findings()))


def drop(desk: Desk, rest: str) -> None:
    """Take out a why, an action item or a statement."""
    case = desk.session.case
    words = rest.split()
    wanted = words[0].upper() if words else ""
    if wanted in {each["id"] for each in case.whys()}:
        case.drop_why(wanted)
    elif wanted in {each["id"] for each in case.actions()}:
        case.drop_action(wanted)
    elif len(words) == 2 and any(section["id"] == words[0] and each["id"] == words[1]
                                 for section in case.sections() for each in section["statements"]):  # fmt: skip
        case.drop_statement(words[0], words[1])
    else:
        raise NothingDoneError("drop W-01, drop AI-01 or drop SECTION 1; written lists them.")
    desk.say("Taken out.")


def move(desk: Desk, rest: str) -> None:
    """Move an action item up or down in rank."""
    words = rest.split()
    known = {each["id"] for each in desk.session.case.actions()}
    if len(words) != 2 or words[0].upper() not in known or words[1].casefold() not in ("up", "down"):
        raise NothingDoneError("move AI-01 up, or move AI-01 down; written lists them.")
    desk.session.case.move_action(words[0].upper(), -1 if words[1].casefold() == "up" else 1)
    tell_actions(desk)


def scorecard(desk: Desk, _rest: str) -> None:
    """The score and its criteria."""
    _close_attempt(desk)
    desk.say(*lines_of(desk.session.scorecard()))


def _close_attempt(desk: Desk) -> None:
    """Before the scorecard, or a packet with it, is first seen: ask, and write down how the case stands."""
    from incidentsim.assessment.attempts import NOTICE

    if desk.session.graded():
        return
    if not asking.yes(desk, f"{NOTICE} Go on?", usual=True):
        raise NothingDoneError("The scorecard stays closed.")
    desk.session.close_attempt()


def prices(desk: Desk, _rest: str) -> None:
    """What choices cost, each once it was said what made it sensible at the time."""
    if not desk.session.graded():
        raise NothingDoneError("Open the scorecard first: scorecard.")
    desk.say("Working out what choices cost. Modelled, and only against what could be told apart on what you held.")
    found = desk.session.prices()
    for each in found:
        desk.say(f"{each['at']}, {clean(each['choice'])}; against: {clean(each['option'])}")
        desk.say(*(f"You held {name}: {clean(title)}" for name, title in each["evidence"]))
        if each["priced"]:
            now = desk.session.case.sensible().get(each["id"], "")
            said = asking.optional(desk, "What made this sensible at the time? Empty leaves its price unsaid.", now)
            desk.session.case.put_sensible(each["id"], said)
            if not said:
                continue
        desk.say(clean(each["text"]))
    if not found:
        desk.say("No choice of this run has a price.")


def packet(desk: Desk, rest: str) -> None:
    """Write the packet, into a folder that is named or the usual one, and say where it is."""
    if rest:
        desk.out = Path(rest).expanduser()
    _close_attempt(desk)
    done = desk.session.write_packet(desk.out)
    desk.say(*(f"Look again: {each}" for each in done["findings"]))
    desk.say(f"The packet is in {done['folder']}", f"Its files: {', '.join(done['files'])}")
    desk.say(f"Check it with: incidentsim packet verify {done['folder']}")


def preview(desk: Desk, _rest: str) -> None:
    """The postmortem as it stands."""
    desk.say(*lines_of(desk.session.preview()["markdown"]))


def story(desk: Desk, _rest: str) -> None:
    """The timeline with its milestones."""
    for each in desk.session.timeline():
        milestone = f", {clean(each['milestone'] or each['marked'])}" if each["milestone"] or each["marked"] else ""
        cites = f" ({' '.join(each['evidence'])})" if each["evidence"] else ""
        after = ", learned after" if each["after"] else ""
        desk.say(f"{desk.clock.utc(each['t'])}{milestone}{after}, {clean(each['kind'])}: {clean(each['text'])}{cites}")
