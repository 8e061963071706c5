"""A person's edits to a rendered file: found line by line, kept in the case, put into the next rendering."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidentsim.case.document import Edit
from incidentsim.packet.adopting import adopt, kept_pieces, masked
from incidentsim.packet.finding import PacketFinding
from incidentsim.postmortem.markdown import RenderedLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentsim.postmortem.fields import Fields

LIKE = 0.4
"""Lines that have less in common than this are not one edited line."""
AFTER = ".after"
_KEY = re.compile(r"^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$")
LONGEST_KEY = 58
VERBATIM = re.compile(r"^evidence\.E-\d+\.text\.")


@dataclass(frozen=True, slots=True)
class Accounts:
    """What may account for a number that a person typed: numbers of evidence, and how fields read."""

    fields: Fields
    known: frozenset[str]
    texts: frozenset[str]


@dataclass(slots=True)
class Changes:
    """What a person changed in one file."""

    edits: dict[str, Edit] = field(default_factory=dict)
    findings: list[PacketFinding] = field(default_factory=list)


def edit_key(file: str, line: str) -> str:
    """The key of a line's edit in the case: ``postmortem.summary.1``."""
    stem = "postmortem" if file.endswith("-postmortem.md") else file.rpartition(".")[0].rpartition("/")[2]
    key = f"{stem}.{line}"
    if len(key) <= LONGEST_KEY and _KEY.match(key):
        return key
    return f"{stem}.h{hashlib.sha256(line.encode()).hexdigest()[:20]}"


def changes(file: str, base: Sequence[RenderedLine], theirs: str, accounts: Accounts) -> Changes:
    """How a file differs from what was rendered into it. White space that Markdown does not mind is no difference."""
    found = Changes()
    ours = [line for line in base if line.id and AFTER not in line.id]
    lines = [(number, line) for number, line in enumerate(theirs.replace("\r\n", "\n").split("\n"), 1) if line.strip()]
    source = theirs.replace("\r\n", "\n").split("\n")
    for (i1, i2), (j1, j2) in _differing([_plain(each.text) for each in ours], [_plain(line) for _, line in lines]):
        _region(file, found, ours, (i1, i2), lines[j1:j2], source, accounts)
    return found


def _differing(ours: list[str], theirs: list[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches that differ, as (start, end) in each. What both begin and end with is not compared further."""
    shorter = min(len(ours), len(theirs))
    head = next((index for index in range(shorter) if ours[index] != theirs[index]), shorter)
    tail = next((index for index in range(shorter - head) if ours[-1 - index] != theirs[-1 - index]), shorter - head)
    matcher = difflib.SequenceMatcher(
        None, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail], autojunk=False
    )
    return [
        ((head + i1, head + i2), (head + j1, head + j2))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _plain(line: str) -> str:
    """A line for comparing: runs of spaces are one, and a table's ruler is any ruler."""
    text = " ".join(line.split())
    return "|---|" if re.fullmatch(r"\|[\s|:-]+\|", text) else text


def _region(
    file: str,
    found: Changes,
    ours: list[RenderedLine],
    span: tuple[int, int],
    lines: list[tuple[int, str]],
    source: list[str],
    accounts: Accounts,
) -> None:
    """A stretch that differs: lines that were changed, taken out or put in."""
    before = ours[span[0] : span[1]]
    anchor = ours[span[0] - 1].id if span[0] else ""
    taken = 0
    for number, text in lines:
        partner = _partner(before, taken, text, equal=len(before) == len(lines))
        if partner is None:
            if anchor:
                _put_in(file, found, anchor, number, text, source, accounts)
            continue
        for gone in before[taken:partner]:
            found.edits[edit_key(file, gone.id)] = Edit(base=gone.text, text="")
        line = before[partner]
        taken, anchor = partner + 1, line.id
        _changed(file, found, line, number, text, accounts)
    for gone in before[taken:]:
        found.edits[edit_key(file, gone.id)] = Edit(base=gone.text, text="")


def _partner(before: list[RenderedLine], taken: int, text: str, equal: bool) -> int | None:
    """Which of the lines that are left a changed line was; None where it is new."""
    rest = range(taken, len(before))
    if not rest:
        return None
    best = max(rest, key=lambda index: (_likeness(before[index].text, text), -index))
    if equal and _likeness(before[taken].text, text) >= LIKE / 2:
        return taken
    return best if _likeness(before[best].text, text) >= LIKE else None


def _likeness(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first.split(), second.split(), autojunk=False).ratio()


def _changed(file: str, found: Changes, line: RenderedLine, number: int, text: str, accounts: Accounts) -> None:
    if VERBATIM.match(line.id):
        what = "evidence stands word for word; this change was not kept"
        found.findings.append(PacketFinding("differs", file, number, what))
        return
    adopted = adopt(line, text.rstrip(), accounts.fields, accounts.known, accounts.texts)
    for each in adopted.edited:
        what = f"{each.field} is {each.recorded}" if each.field else f"the record says {each.recorded}"
        found.findings.append(
            PacketFinding("edited-number", file, number, f"{each.typed} was typed over a number of the record: {what}",
                          each.field, each.typed, each.recorded)
        )  # fmt: skip
    for typed in adopted.unaccounted:
        found.findings.append(unaccounted_number(file, number, typed))
    kept = "".join(piece.text for piece in kept_pieces(adopted.text, accounts.fields))
    if _plain(kept) != _plain(line.text):
        found.edits[edit_key(file, line.id)] = Edit(base=line.text, text=adopted.text)


def _put_in(
    file: str, found: Changes, anchor: str, number: int, text: str, source: list[str], accounts: Accounts
) -> None:
    from incidentsim.postmortem.numbers import unaccounted

    for each in unaccounted(text, accounts.known, accounts.texts):
        found.findings.append(unaccounted_number(file, number, each.text))
    key = edit_key(file, anchor) + AFTER
    blank = "\n" if number > 1 and not source[number - 2].strip() else ""
    before = found.edits[key].text + "\n" if key in found.edits else ""
    found.edits[key] = Edit(base="", text=f"{before}{blank}{text.rstrip()}")


def unaccounted_number(file: str, number: int, typed: str) -> PacketFinding:
    """The finding about a number that a person typed on a line and that nothing accounts for."""
    text = f"nothing accounts for {typed}: cite evidence that has it, use a field, or mark it (estimate)"
    return PacketFinding("unaccounted-number", file, number, text, typed=typed)


def combined(earlier: dict[str, Edit], now: Changes, file: str, read: bool) -> dict[str, Edit]:
    """Earlier edits and those just found in a file (where it was *read*); lines put in are those that are there now."""
    stem = edit_key(file, "x").rpartition(".")[0]
    kept = {key: edit for key, edit in earlier.items()
            if not (read and key.startswith(f"{stem}.") and key.endswith(AFTER))}  # fmt: skip
    for key, edit in now.edits.items():
        base = earlier[key].base if key in earlier and not key.endswith(AFTER) else edit.base
        if edit.text and edit.text == base:
            kept.pop(key, None)
        else:
            kept[key] = Edit(base=base, text=edit.text)
    return kept


def applied(
    file: str, lines: Sequence[RenderedLine], edits: dict[str, Edit], fields: Fields
) -> tuple[list[RenderedLine], list[PacketFinding]]:
    """A rendering with a person's edits in it. An edit under which the tool's text changed is kept and reported."""
    found: list[PacketFinding] = []
    out: list[RenderedLine] = []
    placed = {name for line in lines if line.id for key in [edit_key(file, line.id)] for name in (key, key + AFTER)}
    stem = edit_key(file, "x").rpartition(".")[0]
    for key, edit in edits.items():
        if key.startswith(f"{stem}.") and key not in placed and (edit.text or edit.base):
            said = edit.text or edit.base
            found.append(PacketFinding("conflict", file, 0, f"an edit has no place in this text any more: {said}"))
    for line in lines:
        mine = edits.get(edit_key(file, line.id)) if line.id else None
        if mine is None:
            out.append(line)
        else:
            if masked(mine.base) != masked(line.text):
                what = f"the text under an edit has changed; the edit was kept. It would say: {line.text}"
                found.append(PacketFinding("conflict", file, len(out) + 1, what))
            if mine.text:
                out.append(_edited(line.id, mine.text, fields))
        more = edits.get(edit_key(file, line.id) + AFTER) if line.id else None
        if more is not None:
            out += _added(edit_key(file, line.id), more.text, fields)
    return _tidied(out), found


def _edited(name: str, text: str, fields: Fields) -> RenderedLine:
    made = kept_pieces(text, fields)
    return RenderedLine(name, "".join(piece.text for piece in made), made)


def _added(key: str, text: str, fields: Fields) -> Iterator[RenderedLine]:
    for number, line in enumerate(text.split("\n"), 1):
        yield _edited(f"{key}{AFTER}.{number}", line, fields) if line.strip() else RenderedLine("", "", ())


def _tidied(lines: list[RenderedLine]) -> list[RenderedLine]:
    """Without the second of two blank lines, which a line that was taken out leaves behind."""
    return [line for index, line in enumerate(lines) if line.id or not index or lines[index - 1].id]
