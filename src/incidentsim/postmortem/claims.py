"""The numbers in what people claim, without writing the document: which of them nothing accounts for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incidentsim.postmortem.numbers import unaccounted
from incidentsim.postmortem.resolving import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.case.document import Case
    from incidentsim.postmortem.draft import Draft

Claim = tuple[str, str, tuple[str, ...]]
"""(place, text, what it cites)."""
_DIGIT = re.compile(r"\d")


def unaccounted_numbers(draft: Draft) -> tuple[tuple[str, str], ...]:
    """(place, number) of each number in the case's prose that neither a field nor evidence accounts for.

    These are the findings of kind ``number`` of the document that `incidentsim.postmortem.build.build` writes, in the
    order of the case. The fields of the record are computed only where some number needs them.
    """
    held: dict[tuple[str, ...], frozenset[str]] = {}
    found: dict[tuple[str, str], None] = {}
    for place, written, cites in _claims(draft):
        claim = PLACEHOLDER.sub("", written)
        if not _DIGIT.search(claim):
            continue
        if cites not in held:
            held[cites] = draft.accounted(cites)
        if unaccounted(claim, held[cites]):
            for number in unaccounted(claim, held[cites], draft.field_texts):
                found[place, number.text] = None
    return tuple(found)


def _claims(draft: Draft) -> Iterator[Claim]:
    case = draft.case
    if any(not each.ruled_out for each in case.whys):
        yield "effect", case.effect, ()
    for why in case.whys:
        yield why.id, why.text, why.cites
        if not why.ruled_out:
            yield why.id, why.sensible, why.cites
    for name, statements in (*case.sections.items(), ("declined", case.declined)):
        for number, each in enumerate(statements, 1):
            if not each.estimate:
                yield f"{name}.{number}", each.text, each.cites
    for entry in case.entries:
        yield "timeline", entry.text, entry.cites
    yield from _wordings(draft, case)


def _wordings(draft: Draft, case: Case) -> Iterator[Claim]:
    """What was written beside rows of the timeline; the rows are what it cites."""
    if not any(_DIGIT.search(each.wording) for each in case.timeline.values()):
        return
    for told in draft.story:
        if told.wording:
            rows = (told.row, *told.parts)
            cites = [found for row in rows for found in draft.evidence_of(row)]
            yield "timeline", told.wording, tuple(cites)
