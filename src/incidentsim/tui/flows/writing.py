"""Writing the case: effect, whys, action items, statements, and the evidence they cite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from incidentsim.exercise.query_moments import Moments
from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.flows.recording import evidence_choices
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean

if TYPE_CHECKING:
    from incidentsim.tui.screens.debrief import DebriefScreen

DAY = 86_400_000
HALF_DAY = DAY // 2
YES_NO = (("", "no"), ("yes", "yes"))
NONE = ("", "not said")
STATUSES = tuple((each, each) for each in ("proposed", "open", "done", "verified", "declined"))


def blank_why(branch: str, parent: str) -> Data:
    """A why without anything in it."""
    return {
        "id": "", "text": "", "branch": branch, "parent": parent, "gate": "", "category": "", "stop": "",
        "sensible": "", "falsify": "", "ruled_out": False, "cites": [],
    }  # fmt: skip


async def effect(desk: DebriefScreen, done: Callable[[], None]) -> None:
    """The head of the tree."""
    case = desk.session.case
    fields = [
        Field("text", "What was noticed, as a symptom, with its size", "area", value=case.effect(), required=True)
    ]
    answers = await desk.ask(Form("Effect", fields, submit="Keep"))
    if answers is not None and kept(desk, lambda: case.put_effect(answers["text"])):
        done()


async def categories(desk: DebriefScreen, done: Callable[[], None]) -> None:
    """The bones of the fishbone."""
    case = desk.session.case
    title = "One category a line, as id: Title; nothing takes the usual ones"
    fields = [Field("text", title, "area", value=case.categories())]
    answers = await desk.ask(Form("Categories of the fishbone", fields, submit="Keep"))
    if answers is not None and kept(desk, lambda: case.put_categories(answers["text"])):
        done()


def kept(desk: DebriefScreen, put: Callable[[], object]) -> bool:
    """Do *put*; where it cannot be kept, say why."""
    try:
        put()
    except Problem as problem:
        desk.say(str(problem), warn=True)
        return False
    return True


def _parents(desk: DebriefScreen, why: Data) -> tuple[tuple[str, str], ...]:
    """What the why can hang on: the effect, or any other why that does not hang on this one."""
    whys = desk.session.case.whys()
    below = {why["id"]}
    while more := {each["id"] for each in whys if each["parent"] in below} - below:
        below |= more
    others = [each for each in whys if not why["id"] or each["id"] not in below]
    return (("", "the effect"), *((each["id"], f"{each['id']} {clean(each['text'])[:60]}") for each in others))


async def why(desk: DebriefScreen, known: Data, done: Callable[[str], None]) -> None:
    """Write one why."""
    case = desk.session.case
    words = case.vocabulary()
    parents = _parents(desk, known)
    above = dict(parents).get(known["parent"], "the effect")
    fields = [
        Field("text", "Because …", "area", value=known["text"], required=True),
        Field("cites", "Evidence (space marks)", "many", choices=evidence_choices(desk), values=tuple(known["cites"])),
        Field("sensible", "What made this sensible at the time?", value=known["sensible"]),
        Field("falsify", "What would show that it is not so?", value=known["falsify"]),
        Field("branch", "Branch", "choice", value=known["branch"], choices=tuple(words["branches"])),
        Field("parent", "It answers why of", "choice", value=known["parent"], choices=parents),
        Field("gate", "With those beside it", "choice", value=known["gate"], choices=(NONE, *words["gates"])),
        Field("category", "Category, a bone", "choice", value=known["category"],
              choices=(NONE, *words["categories"])),
        Field("stop", "Why stop asking here", "choice", value=known["stop"], choices=(("", "ask on"), *words["stops"])),
        Field("ruled_out", "Ruled out", "choice", value="yes" if known["ruled_out"] else "", choices=YES_NO),
    ]  # fmt: skip
    intro = Content.styled(f"Why: {clean(above)}?", "bold")
    answers = await desk.ask(Form(known["id"] or "New why", fields, intro, submit="Keep"))
    if answers is None:
        return
    new = {
        **known,
        **answers.texts,
        "cites": answers.lists.get("cites", []),
        "ruled_out": answers["ruled_out"] == "yes",
    }
    parent = next((each for each in case.whys() if each["id"] == new["parent"]), None)
    if parent is not None:
        new["branch"] = parent["branch"]
    names: list[str] = []
    if kept(desk, lambda: names.append(case.put_why(new))):
        done(names[0])
    else:
        await why(desk, new, done)


async def cite(desk: DebriefScreen, item: Data, put: Callable[[Data], object], done: Callable[[], None]) -> None:
    """Choose the evidence of a why or a statement."""
    choices = evidence_choices(desk)
    if not choices:
        desk.say("There is no evidence yet.")
        return
    fields = [Field("cites", "Evidence (space marks)", "many", choices=choices, values=tuple(item["cites"]))]
    answers = await desk.ask(Form("Cite", fields, Content(clean(item["text"])), submit="Keep"))
    if answers is not None and kept(desk, lambda: put({**item, "cites": answers.lists["cites"]})):
        done()


async def entry(desk: DebriefScreen, known: Data, done: Callable[[str], None]) -> None:
    """Write a row of the timeline: when, what, on what evidence."""
    moments, duration = Moments(desk.brief), int(desk.brief["duration"])
    # A change of days before has no clock time that one could type.
    shown = moments.text(known["t"] % DAY) if -HALF_DAY < known["t"] < 0 else moments.text(max(0, known["t"]))
    clock = desk.clock.utc(known["t"]) if known["t"] <= -HALF_DAY else shown

    def moment(text: str) -> int | None:
        return int(known["t"]) if text == clock else moments.near(text, duration)

    def wrong(given: Answers) -> str:
        return "" if moment(given["at"]) is not None else "Write the time, UTC, as 08:30 or 08:30:15."

    fields = [
        Field("at", "When, UTC", value=clock, required=True),
        Field("text", "What happened", "area", value=known["text"], required=True),
    ]
    if choices := evidence_choices(desk):
        fields.append(Field("cites", "Evidence (space marks)", "many", choices=choices, values=tuple(known["cites"])))
    answers = await desk.ask(Form(known["id"] or "A row of the timeline", fields, submit="Keep", check=wrong))
    if answers is None:
        return
    t = moment(answers["at"])
    new = {**known, "t": known["t"] if t is None else t, "text": answers["text"],
           "cites": answers.lists.get("cites", list(known["cites"]))}  # fmt: skip
    names: list[str] = []
    if kept(desk, lambda: names.append(desk.session.case.put_entry(new))):
        done(names[0])
    else:
        await entry(desk, new, done)


async def action(desk: DebriefScreen, known: Data | None, done: Callable[[str], None]) -> None:
    """Write one action item. What is starred has to be there before an item counts as ready."""
    case = desk.session.case
    words = case.vocabulary()
    now = known or {}
    whys = tuple(
        (each["id"], f"{each['id']} {clean(each['text'])[:70]}") for each in case.whys() if not each["ruled_out"]
    )

    def choice(name: str, label: str, options: str, optional: bool = False) -> Field:
        known_choices = ((NONE,) if optional else ()) + tuple(words[options])
        return Field(name, label, "choice", value=now.get(name) or "", choices=known_choices, required=not optional)

    fields = [
        Field("text", "What is changed in the system", "area", value=now.get("text", ""), required=True),
        *([Field("addresses", "Which whys it addresses (space marks)", "many", choices=whys,
                 values=tuple(now.get("addresses", ())))] if whys else []),
        choice("hierarchy", "How strong it is", "hierarchies"),
        choice("type", "Type", "types"),
        choice("priority", "Priority", "priorities"),
        choice("owner", "Owner, a role or team", "owners"),
        Field("done_when", "Done when (can be checked)", value=now.get("done_when", ""), required=True),
        choice("slo", "SLO it serves", "slos", optional=True),
        Field("due", "Due, as 2024-04-30", value=now.get("due", "")),
        Field("tracking", "Tracking", value=now.get("tracking", "")),
        Field("theme", "Theme", value=now.get("theme", "")),
        choice("control", "Control it adds (modelled)", "controls", optional=True),
        Field("bypass", "If it is ignored, what still prevents a repeat?", value=now.get("bypass", "")),
        Field("effect", "What it would have saved, as you estimate", value=now.get("effect", "")),
        Field("side_effect", "What can it make worse?", value=now.get("side_effect", "")),
        Field("status", "It is", "choice", value=now.get("status", "proposed"), choices=STATUSES),
        Field("reason", "If declined: why", value=now.get("reason", "")),
        Field("approver", "If declined: the role that agreed", value=now.get("approver", "")),
    ]  # fmt: skip
    answers = await desk.ask(Form(now.get("id") or "New action item", fields, submit="Keep", check=_day))
    if answers is None:
        return
    new = {**now, **answers.texts, "addresses": answers.lists.get("addresses", [])}
    names: list[str] = []
    if kept(desk, lambda: names.append(case.put_action(new))):
        done(names[0])
    else:
        await action(desk, new, done)


def _day(given: Answers) -> str:
    if not given["due"]:
        return ""
    try:
        date.fromisoformat(given["due"])
    except ValueError:
        return "Write the day it is due as 2024-04-30."
    return ""


def numbers(fields: Sequence[tuple[str, str]]) -> str:
    """The fields of the record, as they can be written into a text."""
    width = max((len(name) for name, _ in fields), default=0)
    lines = "\n".join(f"{{{{ {name} }}}}{' ' * (width - len(name))}  {text}" for name, text in fields)
    return f"Write one of these into a text, and the number is filled in from the record.\n\n{lines}"


async def answer(desk: DebriefScreen, asked: Data, done: Callable[[], None]) -> None:
    """Answer one question of the briefing."""
    intro = Content.assemble(
        Content.styled(clean(asked["question"]), "bold"),
        Content.styled(f"\n{clean(asked['raised'])}\nA good answer has: {clean(asked['hint'])}", "$foreground-muted"),
    )
    fields = [Field("text", "Your answer; empty takes it back", "area", value=asked["text"])]
    if choices := evidence_choices(desk):
        fields.append(Field("cites", "Evidence (space marks)", "many", choices=choices, values=tuple(asked["cites"])))
    fields.append(
        Field("estimate", "Other numbers in it are my estimate", "choice", value="yes" if asked["estimate"] else "",
              choices=YES_NO)
    )  # fmt: skip
    answers = await desk.ask(Form(f"{asked['frame']} · {asked['id']}", fields, intro, submit="Keep"))
    if answers is None:
        return
    new = {
        "text": answers["text"],
        "cites": answers.lists.get("cites", list(asked["cites"])),
        "estimate": answers["estimate"] == "yes",
    }
    if kept(desk, lambda: desk.session.case.put_answer(asked["id"], new)):
        done()
    else:
        await answer(desk, {**asked, **new}, done)


async def statement(desk: DebriefScreen, section: Data, known: Data | None, done: Callable[[str], None]) -> None:
    """Write one statement of a section."""
    now = known or {"id": "", "text": "", "cites": []}
    intro = Content.styled(clean(section.get("hint", "")), "$foreground-muted") if section.get("hint") else None
    fields = [Field("text", "Statement", "area", value=now["text"], required=True)]
    if choices := evidence_choices(desk):
        fields.append(Field("cites", "Evidence (space marks)", "many", choices=choices, values=tuple(now["cites"])))
    answers = await desk.ask(Form(section["title"], fields, intro, submit="Keep"))
    if answers is not None:
        new = {**now, "text": answers["text"], "cites": answers.lists.get("cites", list(now["cites"]))}
        names: list[str] = []
        if kept(desk, lambda: names.append(desk.session.case.put_statement(section["id"], new))):
            done(names[0])
        else:
            await statement(desk, section, new, done)
