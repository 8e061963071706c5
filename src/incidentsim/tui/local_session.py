"""One exercise on this machine, with what is written about it beside its journal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.exercise.seat import Seat
from incidentsim.tui.drafts import FILE, Drafts
from incidentsim.tui.local_names import CASE, EXPORTS, WRITTEN
from incidentsim.tui.session import Casework, Data

if TYPE_CHECKING:
    from incidentsim.assessment.prices import Price
    from incidentsim.exercise.clock import Clock
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.journal import Journal
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.postmortem.fields import Fields
    from incidentsim.tui.casework import LocalCase
    from incidentsim.tui.modelling import Modelling
    from incidentsim.tui.past_session import PastSession


class LocalSession:
    """Screens see its seat; the rooms behind the debrief are reached through it, when they are needed."""

    def __init__(self, exercise: Exercise, journal: Journal, clock: Clock, waiting: bool = False) -> None:
        self._exercise = exercise
        self._journal = journal
        self._path = journal.path
        self._clock = clock
        self._record: tuple[int, ExerciseRecord] | None = None
        self._prices: tuple[ExerciseRecord, tuple[Price, ...]] | None = None
        self._modelling: Modelling | None = None
        self._fields: tuple[ExerciseRecord, Fields] | None = None
        self.waiting = waiting
        self.origin = _origin(exercise, journal)
        self.drafts = Drafts(journal.path.parent / FILE)
        self.seat = Seat(exercise, clock=clock)
        if not waiting:
            clock.resume()

    def go_on(self) -> None:
        """Start the clock of an exercise that was taken up again, unless it was left in a pause."""
        self.waiting = False
        if not self._exercise.ledger.paused:
            self._clock.resume()

    def close(self) -> None:
        """Let go of the journal, so that the exercise can be opened elsewhere."""
        self._journal.close()

    def where(self) -> str:
        """Where the exercise is kept, and how to take it up again."""
        name = self._exercise.setting.exercise_id
        exports = self._path.parent / EXPORTS
        kept = f"The exercise is kept in {self._path.parent}"
        if exports.is_dir():
            kept += f"\nIts exports are in {exports}"
        return f"{kept}\nGo on with: incidentsim exercise resume {name}"

    def review(self) -> PastSession:
        """The exercise to look back at, up to its present moment."""
        from incidentsim.tui.past_session import PastSession

        return PastSession(self._exercise, self._path)

    @cached_property
    def _local_case(self) -> LocalCase:
        from incidentsim.case.autosave import SavedCase
        from incidentsim.case.file import fresh
        from incidentsim.tui.casework import LocalCase

        scenario = self._exercise.scenario
        blank = fresh(scenario, self._exercise.setting.exercise_id)
        return LocalCase(SavedCase(self._path.parent / CASE, blank), scenario, self.record)

    @property
    def case(self) -> Casework:
        """What is written; each change is saved. Raises `Problem` for a file that cannot be used."""
        return self._local_case

    def record(self) -> ExerciseRecord:
        """The whole record as it stands; made anew only where something was done since."""
        count = len(self._exercise.commands)
        if self._record is None or self._record[0] != count:
            self._record = (count, self._exercise.record())
        return self._record[1]

    def timeline(self) -> list[Data]:
        """What was seen and done, with its milestones and what was written of it."""
        from incidentsim.timeline.records import ENTRY, timeline
        from incidentsim.timeline.story import story

        case = self._local_case.case
        cites = {each.id: list(each.cites) for each in case.entries}
        return [
            {
                "key": told.row.key,
                "entry": told.row.source if told.row.kind == ENTRY else "",
                "t": told.row.t,
                "kind": told.row.kind,
                "text": told.row.what,
                "milestone": told.row.marker,
                "evidence": [told.row.source]
                if told.row.source.startswith(("E-", "M-"))
                else cites.get(told.row.source, [])
                if told.row.kind == ENTRY
                else [],
                "after": told.row.learned_after,
                "wording": told.wording,
                "pinned": told.pinned,
                "marked": told.milestone,
                "phase": told.phase,
                "parts": [{"key": each.key, "t": each.t, "kind": each.kind, "text": each.what} for each in told.parts],
            }
            for told in story(timeline(self.record(), case.entries), case.timeline)
        ]

    def briefing(self) -> Data:
        """What leadership asks, what is answered, and what there is to look at in the answers."""
        from incidentsim.postmortem.briefing import FRAMES, questions
        from incidentsim.postmortem.briefing_check import check
        from incidentsim.postmortem.draft import Draft
        from incidentsim.postmortem.fields import compute

        record, case = self.record(), self._local_case.case
        if self._fields is None or self._fields[0] is not record:
            self._fields = (record, compute(record))
        draft = Draft(record, case)
        draft.fields = self._fields[1]
        asked = []
        for each in questions(draft):
            given = case.briefing.get(each.id)
            found = () if given is None else check(given.text, each, draft, given.cites, given.estimate)
            asked.append(
                {
                    "id": each.id,
                    "frame": FRAMES[each.frame],
                    "question": each.text,
                    "raised": each.raised,
                    "hint": each.hint,
                    "text": "" if given is None else given.text,
                    "cites": [] if given is None else list(given.cites),
                    "estimate": given is not None and given.estimate,
                    "findings": [(one.message, one.mend) for one in found],
                }
            )
        return {"questions": asked, "fields": [(each.id, each.text) for each in draft.fields.values()]}

    def graded(self) -> bool:
        """Whether the scorecard, or a packet with it, has been seen."""
        return self._local_case.case.first_attempt is not None

    def close_attempt(self) -> None:
        """Write down how the case stands, before its scorecard is seen for the first time."""
        from incidentsim.assessment.attempts import closed

        saved = self._local_case.saved
        saved.refresh()
        first = closed(self.record(), saved.case).first_attempt
        if saved.case.first_attempt is None:
            saved.change(first_attempt=first)

    def scorecard(self) -> str:
        """The score and its criteria, as Markdown."""
        from incidentsim.assessment.scorecard import assess

        return assess(self.record(), self._local_case.case).to_markdown()

    def prices(self) -> list[Data]:
        """What choices cost, in order of time; the runs that it takes are made once."""
        from incidentsim.assessment.facts import Facts
        from incidentsim.assessment.prices import prices

        facts = Facts(self.record(), self._local_case.case)
        if self._prices is None or self._prices[0] is not facts.record:
            self._prices = (facts.record, prices(facts))
        return [
            {
                "id": each.id,
                "at": facts.clock(each.t),
                "choice": each.choice,
                "option": each.option,
                "evidence": [(name, facts.evidence[name].title) for name in each.evidence],
                "priced": each.lost is not None,
                "text": each.explanation,
            }
            for each in self._prices[1]
        ]

    def modelled(self, progress: Callable[[int, int], bool]) -> Data:
        """What the controls of the action items would have changed; kept until other controls are chosen."""
        from incidentsim.tui.modelling import Modelling

        record, items = self.record(), self._local_case.case.action_items
        if self._modelling is None or self._modelling.record is not record:
            self._modelling = Modelling(record)
        return self._modelling.of(items, progress)

    def fishbone(self, width: int) -> str:
        """The fishbone as terminal text."""
        from incidentsim.analysis.rendering import fish_shape
        from incidentsim.drawing.terminal import fish_text
        from incidentsim.postmortem.fields import compute
        from incidentsim.postmortem.sections_causes import fishbone_of

        record, case = self.record(), self._local_case.case
        known = frozenset(each.id for each in record.evidence)
        return fish_text(fish_shape(fishbone_of(case, compute(record), known), case.bones), width)

    def write_packet(self, out: Path | None) -> Data:
        """Write the packet: its folder, its files, what to look at. Raises `Problem`; nothing is written then."""
        from incidentsim.assessment.scorecard import assess
        from incidentsim.packet.writer import write

        folder = out if out is not None else Path(f"packet-{self._exercise.setting.exercise_id}")
        record, saved = self.record(), self._local_case.saved
        saved.refresh()
        written = write(record, saved.case, folder, assess(record, saved.case), journal=self._path)
        if written.case != saved.case:
            saved.change(edits=written.case.edits)
        (self._path.parent / WRITTEN).write_text(f"{folder.resolve()}\n", encoding="utf-8")
        return {
            "folder": str(folder),
            "files": [path.name for path in written.paths],
            "findings": [str(each) for each in written.findings],
        }

    def preview(self) -> Data:
        """The postmortem as it stands: markdown, findings on its words, and the fields of the record."""
        from incidentsim.postmortem.build import build
        from incidentsim.postmortem.rendering import render, text_of

        document = build(self.record(), self._local_case.case)
        text = text_of(render(document))
        body = text.partition("\n---\n")[2] if text.startswith("---\n") else text
        return {
            "markdown": body.lstrip("\n"),
            "findings": [f"{each.place}: {each.text}" for each in document.findings],
            "fields": [(each.id, each.text) for each in document.fields.values()],
        }


def _origin(exercise: Exercise, journal: Journal) -> str:
    """What an exercise was forked from, in a sentence; empty where from nothing."""
    from incidentsim.exercise.runs import forked_from

    found = forked_from(journal.contents)
    return "" if found is None else f"Forked from {found[0]} at {exercise.world.clock_text(found[1])} UTC."
