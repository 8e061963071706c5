"""What is written about an exercise: the case as data for the screens, kept after each change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

from incidentsim.text.problem import Problem
from incidentsim.timeline.story import MARKS
from incidentsim.tui.session import Data

if TYPE_CHECKING:
    from incidentsim.analysis.finding import Finding
    from incidentsim.analysis.whys import WhysGraph
    from incidentsim.case.autosave import SavedCase
    from incidentsim.case.document import ActionItem, Case
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.document import Scenario

Pairs = list[tuple[str, str]]

BRANCHES = {
    "occurred": "why did it happen",
    "undetected": "why was it not noticed sooner",
    "lasted": "why did it last so long",
    "recovered": "why could it be recovered, and why not all of it",
}
STOPS = {
    "controllable": "we can change this",
    "external": "outside of our reach",
    "accepted-risk": "a risk that was accepted",
    "unknown": "not known; somebody may",
}
GATES = {"and": "AND: all were needed", "or": "OR: each was enough"}
STATES = {
    "YW01": "in a circle",
    "YW05": "no evidence",
    "YW10": "what exactly?",
    "YW14": "no action yet",
    "YW06": "which first?",
    "YW07": "a person?",
    "YW08": "why stop here?",
    "YW11": "says it again",
}
"""A word for what a single why lacks."""

ITEM_STATES = {
    "AI01": "not complete",
    "AI02": "begin: a verb",
    "AI03": "says little",
    "AI04": "done when?",
    "AI05": "one owner?",
    "AI11": "at people?",
    "AI13": "saves what?",
    "AI20": "which cause?",
    "AI21": "which alert?",
}
"""A word for what a single action item lacks."""

SECTIONS = {
    "summary": ("Summary", "One or two sentences: what, how long, for whom."),
    "background": ("Background", "What a reader from another team has to know."),
    "impact": ("Impact", "Users, data, decisions, the team. Numbers come from the record."),
    "trigger": ("Trigger", "What set it off, apart from why it could happen."),
    "detection": ("Detection", "How it was noticed, and what could have noticed it."),
    "resolution": ("Resolution and recovery", "What stopped it, what was brought back, and how that was proven."),
    "went-well": ("What went well", "Keep doing this."),
    "went-poorly": ("What went poorly", "In the system, not in people."),
    "lucky": ("Where we were lucky", "What might have made it worse, and did not."),
    "surprised": ("What surprised us", "Where what was expected and what happened differ."),
    "decisions": ("Decisions", "What was known then, what was chosen, what made it sensible."),
    "unknowns": ("Open questions", "What is not known, and who might know."),
    "glossary": ("Glossary", "Words that another team does not use."),
}


class LocalCase:
    """A saved case as `incidentsim.tui.session.Casework`. *record* gives the exercise's record as it stands."""

    def __init__(self, saved: SavedCase, scenario: Scenario, record: Callable[[], ExerciseRecord]) -> None:
        self.saved = saved
        self._scenario = scenario
        self._record = record

    @property
    def case(self) -> Case:
        """The case as it was last saved."""
        return self.saved.case

    def refresh(self) -> bool:
        """Take up what another program wrote into the file."""
        return self.saved.refresh()

    def _set(self, **parts: Any) -> None:
        from pydantic import ValidationError

        try:
            self.saved.change(**parts)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise Problem(f"{field}: {first['msg']}", mend="Nothing was changed.") from error

    def vocabulary(self) -> dict[str, Pairs]:
        """What there is to choose from."""
        from incidentsim.case.document import ActionItem

        def words(name: str) -> Pairs:
            return [(word, word) for word in get_args(ActionItem.model_fields[name].annotation)]

        scenario = self._scenario
        owners = dict.fromkeys([*(each.team for each in scenario.services), *(each.team for each in scenario.personas)])
        return {
            "marks": list(MARKS.items()),
            "branches": list(BRANCHES.items()),
            "gates": list(GATES.items()),
            "stops": list(STOPS.items()),
            "categories": list(self.case.bones.items()),
            "hierarchies": words("hierarchy"),
            "types": words("type"),
            "priorities": words("priority"),
            "owners": [(each, each) for each in owners if each != "unknown"] or [("team", "team")],
            "slos": [(each.id, each.title) for each in scenario.slos],
            "controls": [(each.id, each.title) for each in scenario.controls if not each.exists],
        }

    def put_row(self, key: str, **parts: str | bool) -> None:
        """Change what is written of a row of the timeline: wording, pinned, milestone, phase, into."""
        from incidentsim.case.document import RowEdit

        row = RowEdit.model_validate({**self.case.timeline.get(key, RowEdit()).model_dump(), **parts})
        rest = {name: each for name, each in self.case.timeline.items() if name != key}
        self._set(timeline={**rest, key: row} if row != RowEdit() else rest)

    def entry(self, id: str) -> Data | None:  # noqa: A002
        """A row of the timeline that was written here."""
        return next((each.model_dump(mode="json") for each in self.case.entries if each.id == id), None)

    def put_entry(self, entry: Data) -> str:
        """Add a row to the timeline, or change one; what was made of it stays."""
        entries = {each.id: each.model_dump() for each in self.case.entries}
        name = str(entry.get("id") or _next("T", list(entries)))
        entries[name] = {"id": name, "t": entry["t"], "text": entry["text"], "cites": tuple(entry["cites"])}
        self._set(entries=tuple(entries.values()))
        return name

    def drop_entry(self, id: str) -> None:  # noqa: A002
        """Take it out, and what was made of it: a number is given again."""
        self._set(
            entries=tuple(each for each in self.case.entries if each.id != id),
            timeline={key: each for key, each in self.case.timeline.items() if key != f"entry:{id}"},
        )

    def effect(self) -> str:
        """The head of the whys."""
        return self.case.effect

    def put_effect(self, text: str) -> None:
        """Write it."""
        self._set(effect=text)

    def graph(self) -> WhysGraph:
        """The whys as a graph, with the evidence of this exercise."""
        from incidentsim.analysis.whys import WhysGraph

        known = {each.id for each in self._record().evidence}
        return WhysGraph(self.case.effect, self.case.whys, known.__contains__)

    def _found(self) -> list[Finding]:
        from incidentsim.analysis.checks import findings

        moments = {each.id: each.t if each.about is None else each.about for each in self._record().evidence}
        plan = self.case.action_items or self.case.declined
        addressed = {why for each in self.case.action_items for why in each.addresses} if plan else None
        return findings(self.graph(), moments.get, self._roles(), addressed, self._severity())

    def _severity(self) -> str:
        """What was declared last."""
        declared = [str(each.data["severity"]) for each in self._record().events if each.kind == "declared"]
        return declared[-1] if declared else ""

    def fishbone_findings(self) -> list[str]:
        """What the fishbone still lacks."""
        from incidentsim.analysis.fishbone import build
        from incidentsim.analysis.fishbone_checks import findings

        graph, bones = self.graph(), self.case.bones
        found = findings(build(graph, bones), graph, bones, self._roles())
        return [f"{each.where or 'All'}: {each.message} {each.mend}" for each in found]

    def _roles(self) -> list[str]:
        """Names of people and teams, which are no causes."""
        personas = self._scenario.personas
        return [*(each.title for each in personas), *(each.team for each in personas)]

    def categories(self) -> str:
        """One a line."""
        from incidentsim.case.categories import categories_text

        return categories_text(self.case.bones)

    def put_categories(self, text: str) -> None:
        """An empty text takes the usual ones again."""
        from incidentsim.case.categories import parse_categories

        self._set(categories=parse_categories(text))

    def causes(self) -> Data:
        """What the whys come to, and which action item covers what."""
        from incidentsim.analysis.causes import causes_of
        from incidentsim.analysis.coverage import coverage

        graph = self.graph()
        found = causes_of(graph)
        matrix = coverage(graph, self.case.action_items, found)
        return {
            "texts": {why.id: why.text for why in graph.whys},
            "necessary": list(found.necessary),
            "sets": [sorted(each) for each in found.cut_sets.sets],
            "changeable": [sorted(each) for each in found.changeable.sets],
            "cut": found.cut_sets.cut or found.changeable.cut,
            "unsaid": list(found.unsaid),
            "items": list(matrix.items),
            "cells": {cause: list(cells) for cause, cells in matrix.cells.items()},
            "bare": list(matrix.bare),
            "documented": list(matrix.documented),
            "idle": list(matrix.idle),
        }

    def findings(self) -> list[str]:
        """What the whys still lack, those of single whys first."""
        found = sorted(self._found(), key=lambda each: not each.where)
        return [f"{each.where or 'All'}: {each.message} {each.mend}" for each in found]

    def whys(self) -> list[Data]:
        """The whys, each with a word on its state."""
        states: dict[str, str] = {}
        for found in self._found():
            states.setdefault(found.where, STATES.get(found.code, "look again"))
        return [
            {
                **why.model_dump(mode="json"),
                **{name: getattr(why, name) or "" for name in ("parent", "gate", "category", "stop")},
                "state": "ruled out" if why.ruled_out else states.get(why.id, "ok"),
            }
            for why in self.case.whys
        ]

    def put_why(self, why: Data) -> str:
        """Add or change a why; those below it go to its branch."""
        whys = {each.id: each.model_dump() for each in self.case.whys}
        name = str(why.get("id") or _next("W", list(whys)))
        optional = {field: why.get(field) or None for field in ("parent", "gate", "category", "stop")}
        given = {field: value for field, value in why.items() if field != "state"}
        whys[name] = {**given, **optional, "id": name}
        below = {name}
        while more := {key for key, each in whys.items() if each["parent"] in below} - below:
            below |= more
        self._set(whys=tuple({**each, "branch": why["branch"]} if key in below else each for key, each in whys.items()))
        return name

    def drop_why(self, id: str) -> None:  # noqa: A002
        """Take it out; what hung on it hangs on its parent, and action items forget it."""
        gone = next((each for each in self.case.whys if each.id == id), None)
        if gone is None:
            return
        self._set(
            whys=tuple(
                each.model_copy(update={"parent": gone.parent}) if each.parent == id else each
                for each in self.case.whys
                if each.id != id
            ),
            action_items=tuple(
                each.model_copy(update={"addresses": tuple(why for why in each.addresses if why != id)})
                for each in self.case.action_items
            ),
        )

    def _item_findings(self) -> list[Finding]:
        from incidentsim.postmortem.lint.action_items import Plan, findings

        record = self._record()
        return findings(
            Plan(
                self.case.action_items,
                tuple(each.id for each in self.graph().leaves()),
                frozenset(each.id for each in self.case.whys),
                severity=self._severity(),
                lost=any(record.world.loss().values()),
            )
        )

    def item_findings(self) -> list[str]:
        """What the action items still lack, those of single items first."""
        found = sorted(self._item_findings(), key=lambda each: not each.where)
        return [f"{each.where or 'All'}: {each.message} {each.mend}" for each in found]

    def actions(self) -> list[Data]:
        """Action items in rank."""
        found = self._item_findings()
        return [
            {
                **item.model_dump(mode="json"),
                **{name: str(getattr(item, name) or "") for name in ("slo", "control", "due")},
                "text": item.title,
                "state": _item_state(item, [each for each in found if each.where == item.id]),
            }
            for item in self.case.action_items
        ]

    def put_action(self, action: Data) -> str:
        """Add or change an action item; the SLO that it names is one that the case defines."""
        from incidentsim.case.document import ActionItem

        items = {each.id: each.model_dump() for each in self.case.action_items}
        name = str(action.get("id") or _next("AI", list(items)))
        given = {field: value for field, value in action.items() if field in ActionItem.model_fields}
        optional = {field: action.get(field) or None for field in ("control", "due")}
        items[name] = {**given, **optional, "id": name, "title": action["text"]}
        slos = dict.fromkeys([*self.case.slos, *(each["slo"] for each in items.values())])
        self._set(action_items=tuple(items.values()), slos=tuple(each for each in slos if each))
        return name

    def drop_action(self, id: str) -> None:  # noqa: A002
        """Take it out."""
        self._set(action_items=tuple(each for each in self.case.action_items if each.id != id))

    def move_action(self, id: str, by: int) -> None:  # noqa: A002
        """Move it in rank."""
        items = list(self.case.action_items)
        place = next((number for number, each in enumerate(items) if each.id == id), None)
        if place is not None:
            item = items.pop(place)
            items.insert(max(0, min(place + by, len(items))), item)
            self._set(action_items=tuple(items))

    def sections(self) -> list[Data]:
        """The sections of the document, those of the case that are not known here at the end."""
        known = {**SECTIONS, **{name: (name, "") for name in self.case.sections if name not in SECTIONS}}
        return [
            {"id": name, "title": title, "hint": hint,
             "statements": [{"id": str(place), "text": each.text, "cites": list(each.cites)}
                            for place, each in enumerate(self.case.sections.get(name, ()), 1)]}
            for name, (title, hint) in known.items()
        ]  # fmt: skip

    def put_statement(self, section: str, statement: Data) -> str:
        """Add or change a statement; its id is its place in the section."""
        items = [each.model_dump() for each in self.case.sections.get(section, ())]
        place = int(statement["id"]) if statement.get("id") else len(items) + 1
        before = items[place - 1] if place <= len(items) else {}
        items[place - 1 : place] = [{**before, "text": statement["text"], "cites": tuple(statement["cites"])}]
        self._set(sections={**self.case.sections, section: tuple(items)})
        return str(place)

    def drop_statement(self, section: str, id: str) -> None:  # noqa: A002
        """Take it out."""
        items = [each for place, each in enumerate(self.case.sections.get(section, ()), 1) if str(place) != id]
        rest = {name: kept for name, kept in self.case.sections.items() if name != section}
        self._set(sections={**rest, section: tuple(items)} if items else rest)

    def sensible(self) -> dict[str, str]:
        """By the id of the choice."""
        return dict(self.case.sensible)

    def put_sensible(self, choice: str, text: str) -> None:
        """An empty text takes it back."""
        kept = {name: given for name, given in self.case.sensible.items() if name != choice}
        self._set(sensible={**kept, choice: text.strip()} if text.strip() else kept)

    def put_answer(self, question: str, answer: Data) -> None:
        """What leadership is told; an empty text takes it back."""
        from incidentsim.case.document import BriefingAnswer

        rest = {name: each for name, each in self.case.briefing.items() if name != question}
        if not str(answer["text"]).strip():
            self._set(briefing=rest)
            return
        given = {name: value for name, value in answer.items() if name in BriefingAnswer.model_fields}
        self._set(briefing={**rest, question: given})


def _item_state(item: ActionItem, found: list[Finding]) -> str:
    """A word for what a single action item lacks."""
    if item.status == "declined":
        return "declined"
    wrong = [ITEM_STATES.get(each.code, "look again") for each in found if each.severity == "error"]
    return wrong[0] if wrong else "look again" if found else "ok"


def _next(letter: str, known: list[str]) -> str:
    """The first number that is free."""
    return next(name for number in range(1, len(known) + 2) if (name := f"{letter}-{number:02d}") not in known)
