"""One edited line: a person's words are kept, numbers of the record are put back and reported."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.postmortem.markdown import Piece
from incidentsim.postmortem.numbers import ESTIMATE, IDENTIFIER, QUANTITY, quantities, unaccounted
from incidentsim.postmortem.resolving import PLACEHOLDER, ZONE, resolved
from incidentsim.text.escaping import for_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentsim.postmortem.fields import Fields
    from incidentsim.postmortem.markdown import RenderedLine


@dataclass(frozen=True, slots=True)
class EditedNumber:
    """A number that a person typed over one of the record."""

    typed: str
    recorded: str
    field: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """An edited line. *text* is what to keep: Markdown with ``{{ field.id }}`` for what the record says."""

    text: str
    edited: tuple[EditedNumber, ...]
    unaccounted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kept: str
    """What stands for it in the kept text."""
    field: str = ""
    recorded: bool = False
    """It is a number of the record."""


def adopt(base: RenderedLine, theirs: str, fields: Fields, known: frozenset[str], texts: frozenset[str]) -> Adopted:
    """What to keep of a line that a person changed.

    Numbers of the record (fields, and the tool's own) are put back where another number was typed over them, unless
    the line says ``(estimate)``. A number that is new and that nothing accounts for is kept and named.
    """
    before = list(_tokens(base, fields))
    after = _split(theirs, [each.text for each in before if each.field])
    estimate = ESTIMATE in theirs and ESTIMATE not in base.text
    out: list[str] = []
    edited: list[EditedNumber] = []
    fresh: list[str] = []
    codes = difflib.SequenceMatcher(None, [each.text for each in before], after, autojunk=False).get_opcodes()
    moved = _moved(before, after, codes)
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            out += [each.kept for each in before[i1:i2]]
            continue
        waiting = [each for each in before[i1:i2] if each.recorded and each.text not in moved]
        for token in after[j1:j2]:
            if token in moved:
                out.append(moved[token])
            elif not _is_quantity(token):
                out.append(token)
            elif waiting and not estimate:
                record = waiting.pop(0)
                edited.append(EditedNumber(token, record.text, record.field))
                out.append(record.kept)
            else:
                fresh.append(token)
                out.append(token)
    new = "" if estimate else " ".join(fresh)
    return Adopted("".join(out), tuple(edited), tuple(each.text for each in unaccounted(new, known, texts)))


def _moved(before: list[_Token], after: list[str], codes: Sequence[tuple[str, int, int, int, int]]) -> dict[str, str]:
    """Numbers of the record that stand elsewhere in the changed line, with what is kept for them."""
    there = {token for tag, _, _, j1, j2 in codes if tag != "equal" for token in after[j1:j2]}
    return {
        each.text: each.kept
        for tag, i1, i2, _, _ in codes
        if tag != "equal"
        for each in before[i1:i2]
        if each.recorded and each.text in there
    }


def _tokens(line: RenderedLine, fields: Fields) -> Iterator[_Token]:
    for index, piece in enumerate(line.pieces):
        if piece.kind == "field":
            rest = "".join(each.text for each in line.pieces[index + 1 :])
            yield _Token(piece.text, placeholder(piece, rest, fields), piece.ref, True)
            continue
        for text in _split(piece.text, []):
            yield _Token(text, text, "", piece.kind == "record" and _is_quantity(text))


def placeholder(piece: Piece, rest: str, fields: Fields) -> str:
    """``{{ field.id }}`` where it resolves to what the piece says; otherwise the piece's text."""
    field = fields.get(piece.ref)
    if field is None:
        return piece.text
    shown = for_markdown(field.text)
    if piece.text == shown and not (shown.endswith(ZONE) and rest.startswith(ZONE)):
        return f"{{{{ {piece.ref} }}}}"
    if f"{piece.text}{ZONE}" == shown and rest.startswith(ZONE):
        return f"{{{{ {piece.ref} }}}}"
    return piece.text


_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)


def _split(text: str, wholes: list[str]) -> list[str]:
    """Tokens of a line: the given texts, identifiers and quantities whole, then words, spaces, signs."""
    parts = [re.escape(each) for each in sorted(set(wholes), key=len, reverse=True) if each]
    first = [rf"(?<![\w.,])(?:{'|'.join(parts)})(?![\w])"] if parts else []
    pattern = re.compile(
        "|".join([*first, IDENTIFIER.pattern, QUANTITY.pattern, _WORD.pattern]), re.DOTALL
    )  # fmt: skip
    return [match.group() for match in pattern.finditer(text)]


def _is_quantity(token: str) -> bool:
    return QUANTITY.fullmatch(token) is not None


def typed_numbers(base: str, kept: str, known: frozenset[str], texts: frozenset[str]) -> list[str]:
    """The numbers that a person typed into a kept text, that were not there before, and that nothing accounts for."""
    before = {each.plain for each in quantities(base)}
    found = unaccounted(PLACEHOLDER.sub("", kept), known, texts)
    return [each.text for each in found if each.plain not in before]


def kept_pieces(text: str, fields: Fields) -> tuple[Piece, ...]:
    """The pieces of a kept text, its placeholders filled in. It is a person's own Markdown and stays as it is."""
    made: list[Piece] = []
    end = 0
    for match in PLACEHOLDER.finditer(text):
        made.append(Piece("words", text[end : match.start()]))
        for span in resolved(text[match.start() : match.end()] + text[match.end() : match.end() + len(ZONE)], fields)[
            :1
        ]:
            if span.kind == "field":
                made.append(Piece("field", for_markdown(span.text), span.ref))
            else:
                made.append(Piece("words", for_markdown(span.text)))
        end = match.end()
    made.append(Piece("words", text[end:]))
    return tuple(each for each in made if each.text)


def masked(text: str) -> str:
    """The text without its numbers and with single spaces, to tell whether the words are the same."""
    return " ".join(QUANTITY.sub("#", text).split())
