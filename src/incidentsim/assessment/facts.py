"""What the measures share: facts of one run, computed once from its record and its case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from incidentsim.assessment.clues import ClueIndex, match
from incidentsim.assessment.matching import Matcher, matcher_of
from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.scenario.units import HOUR, MINUTE
from incidentsim.timeline.clock import UtcClock
from incidentsim.timeline.milestones import milestones

if TYPE_CHECKING:
    from incidentsim.case.document import ActionItem, Case, Why
    from incidentsim.exercise.evidence import Evidence
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.actions import Verb
    from incidentsim.simulation.command import Command


MOST_CITES = 12
"""A statement that cites more evidence than this points at nothing."""
SPACING = 10 * MINUTE
"""Updates to one audience that follow each other closer than this are one too many."""
MANY_UPDATES = 20
"""More updates than this, most of them hasty, are a flood."""
UNCITED = frozenset({"glossary", "unknowns", "lessons"})
"""Sections of a postmortem whose statements need no evidence of their own."""

_TODO = re.compile(r"\W*todo\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Act:
    """An action of the grammar that was carried out, and what came of it.

    *known*: the scenario knows something about it; without that nothing notable came of it. *changes*: it changes
    the system. *done*: it came to an outcome before the scenario ended.
    """

    command: Command
    verb: Verb | None
    title: str
    outcome: str
    known: bool
    done: bool
    harm: int
    harm_text: str
    refused: bool

    @property
    def changes(self) -> bool:
        """It changes the system, or tries to."""
        return self.verb is None or self.verb.changes

    @property
    def useful(self) -> bool:
        """Something came of it, without harm."""
        return self.known and not self.refused and self.harm == 0


@dataclass(frozen=True, slots=True)
class Update:
    """A status update. *hasty*: it followed another to the same audience too soon for anybody to read both."""

    t: int
    command: int
    audience: str
    text: str
    hasty: bool


@dataclass(frozen=True)
class Facts:
    """One run's record and case, and what several measures need to know of them."""

    record: ExerciseRecord
    case: Case

    @cached_property
    def matcher(self) -> Matcher:
        """Tells which conditions a sentence names."""
        return matcher_of(self.record.scenario)

    @cached_property
    def clues(self) -> ClueIndex:
        """What the evidence of the run shows."""
        return match(self.record.scenario.truth, self.record.evidence, self.reconstruction)

    @property
    def reconstruction(self) -> bool:
        """Others responded; the trainee worked out afterwards what happened."""
        return self.record.mode == RECONSTRUCT

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The evidence of the run by id."""
        return {each.id: each for each in self.record.evidence}

    @cached_property
    def reached(self) -> dict[str, int]:
        """started, mitigated, resolved of the world: when they were reached for good (ms)."""
        return self.record.world.milestones

    @property
    def discriminated_at(self) -> int | None:
        """When the first evidence was seen with which the true cause can be told from the others (ms)."""
        found = self.clues.discriminating
        return found[0].t if found else None

    @cached_property
    def loses(self) -> bool:
        """The scenario says when something is being lost and when that has stopped."""
        truth = self.record.scenario.truth
        return truth.losing is not None and truth.mitigated is not None

    @property
    def stopped(self) -> bool:
        """What was being lost is no longer, for good; True where the scenario says nothing of loss."""
        return not self.loses or "started" not in self.reached or "mitigated" in self.reached

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The actions of the grammar that were taken and not called off, in order."""
        verbs = {verb.id: verb for verb in self.record.scenario.verbs}
        outcomes = {each.data["command"]: each.data for each in self.record.events if each.kind == "outcome"}
        withdrawn = {each.data["command"] for each in self.record.events
                     if each.kind == "action" and each.data["state"] == "withdrawn"}  # fmt: skip
        results = self._results
        found = []
        for command in self.record.commands:
            if command.verb != "act" or command.id in withdrawn:
                continue
            verb = verbs.get(command.target.partition(":")[0])
            outcome: dict[str, Any] = outcomes.get(command.id, {})
            found.append(
                Act(
                    command=command,
                    verb=verb,
                    title=self._title(command),
                    outcome=outcome.get("outcome", ""),
                    known=bool(outcome),
                    done=command.id in results,
                    harm=outcome.get("harm", 0),
                    harm_text=outcome.get("harm_text", ""),
                    refused=outcome.get("refused", False),
                )
            )
        return tuple(found)

    @cached_property
    def _results(self) -> dict[int, str]:
        """The evidence that the result of a command was."""
        return {each.command: each.id for each in self.record.evidence if each.kind == "result"}

    def result_of(self, command: int) -> tuple[str, ...]:
        """The id of the evidence that a command's result was, where there is one."""
        found = self._results.get(command)
        return () if found is None else (found,)

    def _title(self, command: Command) -> str:
        titles = (each.data["title"] for each in self.record.events
                  if each.kind == "action" and each.data["command"] == command.id)  # fmt: skip
        return next(titles, command.target)

    @cached_property
    def declarations(self) -> tuple[tuple[int, str], ...]:
        """(ms, severity) of each declaration."""
        return tuple((each.t, str(each.data["severity"])) for each in self.record.events if each.kind == "declared")

    @cached_property
    def aimed(self) -> tuple[Act, ...]:
        """Actions that came to something without harm, and those that the end of the scenario cut short."""
        late = self.record.scenario.duration - HOUR
        return tuple(each for each in self.acts if each.useful or (not each.done and each.command.t >= late))

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """The status updates, in order."""
        latest: dict[str, int] = {}
        found = []
        for event in self.record.events:
            if event.kind != "announced":
                continue
            audience = str(event.data["audience"])
            hasty = audience in latest and event.t - latest[audience] < SPACING
            latest[audience] = event.t
            found.append(Update(event.t, event.data["command"], audience, str(event.data["text"]), hasty))
        return tuple(found)

    @property
    def flooded(self) -> bool:
        """Status updates came so many and so fast that nobody reads them."""
        hasty = sum(each.hasty for each in self.updates)
        return len(self.updates) > MANY_UPDATES and 2 * hasty > len(self.updates)

    def clock(self, t: int) -> str:
        """A moment as ``08:31 UTC``, with its date where the scenario goes past midnight."""
        return UtcClock.of(self.record.scenario).utc(t)

    @cached_property
    def milestones(self) -> dict[str, int | None]:
        """started, detected, acknowledged, mitigated, resolved (ms), None where one was not reached."""
        found = milestones(self.record)
        return {
            "started": found.started,
            "detected": found.detected,
            "acknowledged": found.acknowledged,
            "mitigated": found.mitigated,
            "resolved": found.resolved,
        }

    # What was written.

    @property
    def whys(self) -> tuple[Why, ...]:
        """The whys of the case, in its order."""
        return self.case.whys

    @property
    def action_items(self) -> tuple[ActionItem, ...]:
        """The action items of the case that were not declined, in its order."""
        return tuple(each for each in self.case.action_items if each.status != "declined")

    @cached_property
    def ruled_out(self) -> tuple[tuple[str, tuple[str, ...], str], ...]:
        """(text, cites, name) of each alternative that the case rules out.

        What was ruled out on the incident record only is thinking in play; readers of the case do not hear of it.
        """
        return tuple((each.text, each.cites, each.id) for each in self.case.whys if each.ruled_out)

    @cached_property
    def statements(self) -> tuple[tuple[str, ...], ...]:
        """What each written statement about the incident cites: whys, what was ruled out, timeline, sections.

        An open question and a marked estimate need no evidence.
        """
        found = [each.cites for each in self.case.whys]
        found += [each.cites for each in self.case.entries]
        for name, statements in self.case.sections.items():
            if name not in UNCITED:
                found += [each.cites for each in statements if not each.estimate and not _TODO.match(each.text)]
        return tuple(found)

    def resolving(self, cites: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the cited ids that are evidence of this run; none where so many are cited that none is meant."""
        if len(cites) > MOST_CITES:
            return ()
        return tuple(each for each in cites if each in self.evidence)

    @cached_property
    def cited_in_case(self) -> frozenset[str]:
        """All evidence that a statement of the case rests on."""
        return frozenset(each for cites in self.statements for each in self.resolving(cites))

    @cached_property
    def cited(self) -> frozenset[str]:
        """All evidence that a statement or a hypothesis rests on."""
        thoughts = [(*each.supports, *each.against) for each in self.record.hypotheses]
        return self.cited_in_case | {each for cites in thoughts for each in self.resolving(cites)}

    @cached_property
    def proven_whys(self) -> frozenset[str]:
        """The ids of whys, not ruled out, that cite evidence of this run."""
        return frozenset(each.id for each in self.case.whys if not each.ruled_out and self.resolving(each.cites))

    @cached_property
    def proven_leaves(self) -> tuple[str, ...]:
        """The ids of proven whys that no other why explains further."""
        explained = {each.parent for each in self.case.whys if not each.ruled_out}
        return tuple(each.id for each in self.case.whys if each.id in self.proven_whys and each.id not in explained)
