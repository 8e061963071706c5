"""Checks an answer to leadership: the number asked for, what carries it, whom it blames, whether it says something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from incidentsim.postmortem import saying
from incidentsim.postmortem.blame import blames
from incidentsim.postmortem.briefing import BAIT
from incidentsim.postmortem.numbers import ESTIMATE, unaccounted
from incidentsim.postmortem.promises import named, promises
from incidentsim.postmortem.readings import readings
from incidentsim.postmortem.resolving import PLACEHOLDER, resolved, unknown

if TYPE_CHECKING:
    from incidentsim.postmortem.briefing import BriefingQuestion
    from incidentsim.postmortem.draft import Draft
    from incidentsim.postmortem.fitting import Target
    from incidentsim.postmortem.readings import Reading

MOST_WORDS = {"vp": 90, "cto": 200, "engineer": 150}
"""What each frame has time for."""
_EVIDENCE = re.compile(r"(?<!\w)E-[0-9]{4,}(?!\w)")

_YES = re.compile(r"(?:^|[.:;,!?]\s)\s*(?:yes|of course|sure|exactly|absolutely)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BriefingFinding:
    """Something to look at in an answer, and what would mend it.

    *code*: ``empty``, ``missing``, ``wrong``, ``unmarked`` (a number asked for), ``open`` (one that nobody knows),
    ``unaccounted``, ``field``, ``promise``, ``blame``, ``vague``, ``who-when``, ``evidence``, ``long``.
    """

    code: str
    message: str
    mend: str


def check(
    answer_text: str, question: BriefingQuestion, draft: Draft, cites: Sequence[str] = (), estimate: bool = False
) -> tuple[BriefingFinding, ...]:
    """What there is to look at in an answer. *estimate*: numbers that nothing accounts for are its author's own."""
    answer = _Answer(answer_text, question, draft, tuple(cites), estimate)
    if not answer.text.strip():
        return (BriefingFinding("empty", "Nothing is answered.", "“Not known, and who finds out until when” is one."),)
    found = (*answer.asked(), *answer.others(), *answer.words(), *answer.whole())
    return tuple(dict.fromkeys(found))


@dataclass
class _Answer:
    """One answer with what is read out of it."""

    written: str
    question: BriefingQuestion
    draft: Draft
    cites: tuple[str, ...]
    estimate: bool
    text: str = field(init=False)
    _wrong: list[Reading] = field(default_factory=list)
    """Numbers that were said instead of one of the record; each stands for one."""

    def __post_init__(self) -> None:
        self.text = "".join(span.text for span in resolved(self.written, self.draft.fields))

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Who there is, by role."""
        scenario, items = self.draft.record.scenario, self.draft.case.action_items
        names = [*(each.title for each in scenario.personas), *(each.team for each in scenario.personas)]
        names += [*(each.team for each in scenario.services), *(each.owner for each in items)]
        return tuple(dict.fromkeys(each for each in names if each.strip() and each != "unknown"))

    @cached_property
    def readings(self) -> list[Reading]:
        return readings(self.text)

    @cached_property
    def owned(self) -> bool:
        """It says that something is not known yet, who finds it out, and when."""
        text = self.text
        return saying.admits(text) and saying.says_when(text) and saying.says_who(text, self.roles)

    # The number asked for.

    def asked(self) -> Iterator[BriefingFinding]:
        given = set(PLACEHOLDER.findall(self.written))
        for name in self.question.fields:
            known = self.draft.fields.get(name)
            if known is None or known.value is None:
                if not self.owned and not self._guessed():
                    text = "Nobody knows this number, and the answer does not say so."
                    yield BriefingFinding("open", text, "Say so, and which role finds it out by when.")
            elif name not in given:
                yield from self._asked(name, known.text)

    def _guessed(self) -> bool:
        return (self.estimate or ESTIMATE in self.text) and any(each.kind == "count" for each in self.readings)

    def _asked(self, name: str, shown: str) -> Iterator[BriefingFinding]:
        target = self.draft.targets[name]
        fits = [(target.fit(each), each) for each in self.readings]
        if any(fit == "exact" for fit, _ in fits):
            return
        near = [each for fit, each in fits if fit == "rounded"]
        if any(each.mark for each in near):
            return
        if near:
            yield BriefingFinding("unmarked", f"{near[0].text} is rounded and does not say so; the record has {shown}.",
                                  f"Say “about {near[0].text}”, or give the number in full.")  # fmt: skip
            return
        others = (each for each in self.readings if each.kind == target.kind and each.value)
        other = next((each for each in others if each not in self._wrong and not self._of_record(each)), None)
        look = f"The record has {shown} ({name}); {{{{ {name} }}}} fills it in."
        if other is not None:
            self._wrong.append(other)
            yield BriefingFinding("wrong", f"{other.text} is not the number in the record.", look)
        else:
            yield BriefingFinding("missing", "The number that was asked for is not there.", look)

    def _of_record(self, reading: Reading) -> bool:
        return any(each.fit(reading) for each in self.draft.targets.values() if each.telling)

    # Other numbers.

    def others(self) -> Iterator[BriefingFinding]:
        for missing in unknown(self.written, self.draft.fields):
            yield BriefingFinding("field", f"{missing[:1].upper()}{missing[1:]}.", "Numbers of the record: key n.")
        if self.estimate:
            return
        cites = (*self.cites, *_EVIDENCE.findall(self.text))
        known = self.draft.accounted(cites) | self._dates
        fine = [(each.start, each.end) for each in self.readings if self._of_record(each) or self._asked_for(each)]
        fine += self._planned()
        for number in unaccounted(self.text, known, self.draft.field_texts):
            if not any(start < number.end and number.start < end for start, end in fine):
                yield BriefingFinding("unaccounted", f"{number.text} is not in the record, nor in what is cited.",
                                      "Cite it, use a field, or mark it (estimate).")  # fmt: skip

    def _asked_for(self, reading: Reading) -> bool:
        """Near enough to what was asked, or said instead of it: that was found already."""
        known = self.draft.targets
        mine = [known[name] for name in self.question.fields if self.draft.has(name)]
        return any(each.kind == reading.kind and (each.fit(reading) or not self._given(each)) for each in mine)

    def _given(self, target: Target) -> bool:
        return any(target.fit(each) for each in self.readings)

    @cached_property
    def _dates(self) -> frozenset[str]:
        """Times of the timeline, which stand in the packet."""
        return frozenset(self.draft.clock.time(each.t) for each in self.draft.rows)

    def _planned(self) -> list[tuple[int, int]]:
        """Where days, times and spans to come stand: they are plans, and no numbers of the incident."""
        found = []
        for part in re.finditer(r"[^.!?;\n]*[.!?;\n]?", self.text):
            plans = (saying.DAY, saying.CLOCK, saying.RELATIVE) if saying.AHEAD.search(part.group()) else ()
            for pattern in (saying.EFFORT, *plans):
                found += [(part.start() + each.start(), part.start() + each.end())
                          for each in pattern.finditer(part.group())]  # fmt: skip
        return found

    # Words.

    def words(self) -> Iterator[BriefingFinding]:
        items = named(self.text, self.draft)
        for sentence in saying.sentences(self.text):
            for words, mend in promises(sentence, self.draft, items):
                yield BriefingFinding("promise", f"“{words}” is more than the evidence carries.", mend)
            if blamed := blames(sentence, self.roles):
                text = f"“{_cut(blamed)}” tells what people did or are."
                mend = "Name the condition that made it possible, and what made it sensible."
                yield BriefingFinding("blame", text, mend)
            if words := saying.filler(sentence, self.roles):
                yield BriefingFinding("vague", f"“{words}” says neither when nor who.",
                                      "Name a role and a time, or leave it out.")  # fmt: skip

        if self.question.id == BAIT and (match := _YES.search(self.text)):
            yield BriefingFinding("blame", f"“{match.group().strip()}” says that it was somebody's fault.",
                                  "Name the condition that made it possible, and what made it sensible.")  # fmt: skip

    # The whole.

    def whole(self) -> Iterator[BriefingFinding]:
        wants, frame = self.question.wants, self.question.frame
        lacking = [word for word, there in (("who", saying.says_who(self.text, self.roles)),
                                            ("when", saying.says_when(self.text)))
                   if word in wants and not there]  # fmt: skip
        if lacking:
            asked = " and ".join({"who": "who does it", "when": "until when"}[each] for each in lacking)
            yield BriefingFinding("who-when", f"The answer does not say {asked}.", "Name a role, and a day or a time.")
        if "evidence" in wants and not self.cites and not _EVIDENCE.search(self.text) and not self.owned:
            yield BriefingFinding("evidence", "The answer rests on no evidence.",
                                  "Cite what tells the two apart, or say who finds it out and by when.")  # fmt: skip
        count, most = len(self.text.split()), MOST_WORDS[frame]
        if count > most:
            yield BriefingFinding("long", f"{count} words; whoever asks here stops listening after {most}.",
                                  "The answer first, then one reason, then what follows.")  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
