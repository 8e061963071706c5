"""What the parts of a document are made of: one record, one case, and the fields computed from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.postmortem.document import Bullets, Finding, Line, Paragraph, Row, Span, Table, Verbatim, text, todo
from incidentsim.postmortem.fields import compute
from incidentsim.postmortem.numbers import numbers_in, unaccounted
from incidentsim.postmortem.resolving import field_span, resolved, unknown
from incidentsim.timeline.clock import UtcClock
from incidentsim.timeline.milestones import Milestones, milestones
from incidentsim.timeline.records import ENTRY, TimelineRow, timeline
from incidentsim.timeline.story import StoryRow, story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentsim.case.document import Case, Entry, Statement, Why
    from incidentsim.exercise.evidence import Evidence
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.postmortem.document import Block, SpanKind, Spans
    from incidentsim.postmortem.fields import Fields
    from incidentsim.postmortem.fitting import Target


@dataclass
class Draft:
    """Everything that sections are written from. *findings* and *open_questions* grow while they are."""

    record: ExerciseRecord
    case: Case
    findings: list[Finding] = field(default_factory=list)
    open_questions: list[str] = field(default_factory=list)
    cited: dict[str, None] = field(default_factory=dict)

    @cached_property
    def fields(self) -> Fields:
        """The numbers and times of the record."""
        return compute(self.record)

    @cached_property
    def clock(self) -> UtcClock:
        """UTC text of moments."""
        return UtcClock.of(self.record.scenario)

    @cached_property
    def reached(self) -> Milestones:
        """The milestones."""
        return milestones(self.record)

    @cached_property
    def rows(self) -> tuple[TimelineRow, ...]:
        """The whole timeline."""
        return timeline(self.record, self.case.entries)

    @cached_property
    def story(self) -> tuple[StoryRow, ...]:
        """The timeline as it is told."""
        return story(self.rows, self.case.timeline)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The rows of the timeline that people wrote, by id."""
        return {each.id: each for each in self.case.entries}

    @property
    def reconstruction(self) -> bool:
        """Others responded; who writes this worked it out afterwards."""
        return self.record.mode == RECONSTRUCT

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The evidence of the run by id."""
        return {each.id: each for each in self.record.evidence}

    @cached_property
    def whys(self) -> tuple[Why, ...]:
        """The whys that explain the effect, without what was ruled out."""
        return tuple(each for each in self.case.whys if not each.ruled_out)

    @cached_property
    def known(self) -> frozenset[str]:
        """Numbers that everybody knew before play: they stand in the briefing, in names, in declared objectives."""
        scenario = self.record.scenario
        brief = scenario.briefing
        texts = [scenario.title, scenario.number, scenario.organisation, brief.role, brief.situation, brief.goal]
        texts += [*brief.notes, *scenario.labels, *scenario.severities, self.clock.long_date, self.clock.date]
        texts += [f"{each.id} {each.title} {each.about}" for each in scenario.services]
        texts += [f"{each.title} {each.explains}" for each in scenario.datasets]
        texts += [f"{each.title} {each.description} {each.policy}" for each in scenario.slos]
        start = self.clock.long_date.rsplit(" ", 1)[0]
        return numbers_in(texts) | {start, self.clock.long_date, self.clock.date}

    # Fields.

    def value(self, name: str) -> Span:
        """A field as a span; one that this record has not is an open question."""
        found = self.fields.get(name)
        return todo(f"{name} is not known") if found is None else field_span(found)

    def has(self, name: str) -> bool:
        """Whether the record has a value for a field."""
        return name in self.fields and self.fields[name].value is not None

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The numbers of the record in every way that people say them."""
        from incidentsim.postmortem.fitting import targets

        return targets(self.fields)

    # What people wrote.

    def words(self, written: str, place: str, cites: Sequence[str] = (), estimate: bool = False) -> Spans:
        """A person's claim, with its placeholders resolved and its numbers checked against what it cites."""
        spans = resolved(written, self.fields)
        for missing in unknown(written, self.fields):
            self.finding(place, missing, "reference")
        if not estimate:
            claim = "".join(span.text for span in spans if span.kind == "words")
            for number in unaccounted(claim, self.accounted(cites), self.field_texts):
                where = "what it cites" if cites else "what the case cites"
                self.finding(
                    place, f"{number.text} is not in {where}; cite it, use a field, or mark it (estimate)", "number"
                )
        elif "(estimate)" not in written:
            spans = (*spans, text(" (estimate)"))
        return spans

    def plan(self, written: str, place: str) -> Spans:
        """What a person intends; numbers in it are targets."""
        for missing in unknown(written, self.fields):
            self.finding(place, missing, "reference")
        return resolved(written, self.fields, "plan")

    def accounted(self, cites: Sequence[str]) -> frozenset[str]:
        """The numbers that evidence accounts for: the cited; where nothing is cited, all that the case cites."""
        wanted = cites or tuple(self.all_cites)
        held = [self.evidence[each] for each in wanted if each in self.evidence]
        return self.known | numbers_in(f"{each.title} {each.text} {self.clock.time(each.t)}" for each in held)

    def evidence_of(self, row: TimelineRow) -> tuple[str, ...]:
        """The evidence that a row of the timeline is, or that its writer cites."""
        entry = self.entries.get(row.source) if row.kind == ENTRY else None
        return tuple(each for each in ((row.source,) if entry is None else entry.cites) if each in self.evidence)

    @cached_property
    def all_cites(self) -> dict[str, None]:
        """All that the case cites, in order."""
        written = [each.cites for each in self.case.whys]
        written += [each.cites for statements in self.case.sections.values() for each in statements]
        written += [each.cites for each in self.case.declined]
        written += [each.cites for each in self.case.action_items]
        written += [each.cites for each in self.case.entries]
        return dict.fromkeys(each for cites in written for each in cites)

    @cached_property
    def field_texts(self) -> frozenset[str]:
        """How fields read, where that is telling enough to be recognised in prose."""
        texts = set()
        for each in self.fields.values():
            if each.value is not None and each.evidence_class != "TODO":
                exact = f"{each.value:,}" if isinstance(each.value, int) else each.text
                for shown in (each.text, each.text.removesuffix(" UTC"), exact):
                    if len(shown) > 2:
                        texts.add(shown)
        return frozenset(texts)

    def cites(self, cites: Iterable[str], place: str) -> Spans:
        """References to evidence, each in brackets after a space. One that resolves to nothing is a finding."""
        spans: list[Span] = []
        for each in cites:
            if each in self.evidence:
                self.cited[each] = None
                spans += [text(" "), Span("evidence", each, each)]
            else:
                self.finding(place, f"{each} is not evidence of this run", "reference")
                spans += [text(" "), todo(f"{each} is not evidence of this run")]
        return tuple(spans)

    def statements(self, section: str) -> tuple[Line, ...]:
        """What the case says in a section, with its references."""
        return tuple(
            self.statement(each, f"{section}.{number}")
            for number, each in enumerate(self.case.sections.get(section, ()), 1)
            if each.text.strip()
        )

    def statement(self, written: Statement, place: str) -> Line:
        """One statement, with its references."""
        spans = self.words(written.text, place, written.cites, written.estimate)
        return Line(place, (*spans, *self.cites(written.cites, place)))

    def prose(self, section: str, question: str, who: str) -> tuple[Block, ...]:
        """A section's statements as paragraphs; where there are none, the question and who might know."""
        return tuple(Paragraph(line) for line in self.statements(section)) or (self.ask(section, question, who),)

    def bullets(self, section: str, question: str, who: str) -> tuple[Block, ...]:
        """A section's statements as a list; where there are none, the question and who might know."""
        found = self.statements(section)
        return (Bullets(found),) if found else (self.ask(section, question, who),)

    # Open questions.

    def ask(self, place: str, question: str, who: str) -> Paragraph:
        """An open question in its place; it is listed in the appendix too."""
        self.open_questions.append(f"{question} {who}")
        return Paragraph(Line(f"{place}.todo", (todo(f"{question} {who}"),)))

    def finding(self, place: str, what: str, kind: Literal["number", "reference", "gap"] = "gap") -> None:
        """Something that a person should look at."""
        found = Finding(place, what, kind)
        if found not in self.findings:
            self.findings.append(found)


def paragraph(line_id: str, *spans: Span) -> Paragraph:
    """A paragraph of the tool's own."""
    return Paragraph(Line(line_id, spans))


def table(name: str, columns: Sequence[str], align: str, rows: Iterable[tuple[str, Sequence[Spans]]]) -> Table:
    """A table whose rows have ids ``<name>.<key>``."""
    return Table(name, tuple(columns), align, tuple(Row(f"{name}.{key}", tuple(cells)) for key, cells in rows))


def cell(*spans: Span | str) -> Spans:
    """A cell; plain text is the tool's own."""
    return tuple(text(each) if isinstance(each, str) else each for each in spans)


def fence(name: str, content: str, language: str = "") -> Verbatim:
    """Text as it is."""
    return Verbatim(name, content, language)


def spans_of(kind: SpanKind, value: str) -> Spans:
    """One span; none for nothing."""
    return (Span(kind, value),) if value.strip() else ()
