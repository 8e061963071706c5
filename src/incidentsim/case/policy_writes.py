"""What an auto-player writes in the debrief, through evidence that its run really brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidentsim.case.document import ActionItem, Case, Statement, Why
from incidentsim.exercise.policies import all_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incidentsim.exercise.policies import PolicyRun
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.exercise.seat import Seat
    from incidentsim.scenario.play import Statement as Written
    from incidentsim.scenario.play import WrittenAction, WrittenWhy

LONGEST_LINE = 500


def written_case(run: PolicyRun, seat: Seat, record: ExerciseRecord) -> Case:
    """The case that a policy writes after its run.

    A statement that cites commands of which none brought evidence is left out; of the others only what was brought
    is cited. A why whose parent was left out hangs on its nearest ancestor that is there, or on the effect. An
    action item whose causes are all gone is left out.
    """
    writes = run.policy.writes
    resolver = _Resolver(all_evidence(run, seat))
    whys = resolver.whys(writes.whys)
    return Case(
        incident=record.scenario.number,
        title=record.scenario.title,
        effect=writes.effect,
        whys=whys,
        action_items=resolver.actions(writes.actions),
        sections={
            name: kept for name, statements in writes.sections.items() if (kept := resolver.statements(statements))
        },
        slos=writes.slos,
        declined=resolver.statements(writes.declined),
    )


@dataclass(slots=True)
class _Resolver:
    """Turns what is written into what a case holds."""

    evidence: Mapping[str, Sequence[str]]
    """What each labelled command brought."""
    numbers: dict[str, str] = field(default_factory=dict)
    """The case's number of each why that was kept, by the policy's id."""

    def cites(self, written: Written) -> tuple[str, ...] | None:
        """The evidence that a statement rests on; None where it cites commands and none brought any."""
        found = dict.fromkeys(each for label in written.cites for each in self.evidence.get(label, ()))
        return None if written.cites and not found else tuple(found)

    def statements(self, written: Iterable[Written]) -> tuple[Statement, ...]:
        """The statements that are kept."""
        return tuple(
            Statement(id=each.id, text=each.text, cites=cites)
            for each in written
            if (cites := self.cites(each)) is not None
        )

    def whys(self, written: Iterable[WrittenWhy]) -> tuple[Why, ...]:
        """The whys that are kept, numbered in the order of the document."""
        whys = tuple(written)
        kept = {each.id: cites for each in whys if (cites := self.cites(each)) is not None}
        self.numbers = {each: f"W-{number:02d}" for number, each in enumerate(kept, 1)}
        parents = {each.id: each.because_of for each in whys}
        return tuple(
            Why(
                id=self.numbers[each.id], text=each.text, branch=each.branch, parent=self._parent(each.id, parents),
                cites=kept[each.id], gate=each.gate, category=each.category, stop=each.stop, sensible=each.sensible,
                falsify=each.falsify, ruled_out=each.ruled_out,
            )
            for each in whys
            if each.id in kept
        )  # fmt: skip

    def _parent(self, why: str, parents: dict[str, str | None]) -> str | None:
        """The number of the nearest ancestor that was kept; None for the effect."""
        seen = {why}
        parent = parents.get(why)
        while parent is not None and parent not in self.numbers and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        return None if parent is None or parent in seen else self.numbers[parent]

    def actions(self, written: Iterable[WrittenAction]) -> tuple[ActionItem, ...]:
        """The action items that are kept, numbered in the order of the document."""
        kept = []
        for each in written:
            addresses = tuple(self.numbers[why] for why in each.addresses if why in self.numbers)
            cites = self.cites(each)
            if (each.addresses and not addresses) or cites is None:
                continue
            kept.append((each, addresses, cites))
        return tuple(
            ActionItem(
                id=f"AI-{number:02d}", title=_line(each.text), hierarchy=each.hierarchy, type=each.type,
                theme=_line(each.theme), priority=each.priority,
                owner=each.owner, addresses=addresses, slo=each.slo, done_when=each.done_when,
                bypass=each.bypass, side_effect=each.side_effect, control=each.control, cites=cites,
            )
            for number, (each, addresses, cites) in enumerate(kept, 1)
        )  # fmt: skip


def _line(text: str) -> str:
    """A text that fits into one line of the case."""
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"
