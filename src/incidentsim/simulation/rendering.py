"""How rows are written: what they say, their JSON, and the line that a system would have written to its log.

The document's texts are data: they are never evaluated, and each of their characters comes through as it is. Line
breaks and controls are escaped where a row is shown (`incidentsim.text.escaping`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from functools import cache, lru_cache
from itertools import repeat
from string import Formatter
from typing import TYPE_CHECKING, TypeAlias, assert_never

import numpy as np

from incidentsim.scenario.logs import ChoiceField, HexField, IntegerField, RowField, SerialField, ValueField
from incidentsim.simulation.streams import draws, draws_below, noises_ppm, stream_key, uniform_ints

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from incidentsim.scenario.logs import Pattern

Arrays: TypeAlias = "Mapping[str, NDArray[np.int64]]"
"""Each expression's value in thousandths, one a step."""
MILLI_DIGITS = 3
"""Quantities are kept in thousandths."""

_DRAW_DIGITS = 16
_NUMBERS = tuple(map(str, range(4096)))
"""Small numbers as texts: looking them up is several times as fast as writing them."""
# Month names of the C locale; strftime would follow the user's.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLACE = re.compile(r"(\{[^{}]*\}) (.*)", re.DOTALL)
_REQUEST = re.compile(r'(\S+)(?: (\S+ \S+))? (".*)', re.DOTALL)


class FieldColumn:
    """One field of a pattern, for many rows at once. Draws are keyed by (pattern, field) and the row's index."""

    def __init__(self, field: RowField, seed: int, name: str) -> None:
        self._field = field
        self._key = stream_key(seed, name)
        self._options = field.options if isinstance(field, ChoiceField) else ()

    def escaped(self) -> FieldColumn:
        """The same field, its texts escaped for a JSON string."""
        if not self._options:
            return self
        other = FieldColumn.__new__(FieldColumn)
        other._field, other._key = self._field, self._key
        other._options = tuple(map(_json_inner, self._options))
        return other

    @property
    def alphabet(self) -> str:
        """Every character that the field can show."""
        match self._field:
            case ValueField():
                return "0123456789.,-"
            case IntegerField() | SerialField():
                return "0123456789"
            case HexField():
                return "0123456789abcdef"
            case ChoiceField():
                return "".join(self._options)
            case _:
                assert_never(self._field)

    def texts(self, indices: NDArray[np.int64], steps: NDArray[np.int64], columns: Arrays) -> list[str]:
        """What the field shows in each row; *steps* are positions in *columns*."""
        field = self._field
        match field:
            case ValueField():
                return self._shown(field, indices, steps, columns[field.value])
            case IntegerField():
                low, high = min(field.low, field.high), max(field.low, field.high)
                numbers = uniform_ints(self._key, indices, low, high).tolist()
                return list(map(_NUMBERS.__getitem__ if high < len(_NUMBERS) else str, numbers))
            case ChoiceField():
                return list(
                    map(self._options.__getitem__, draws_below(self._key, indices, len(self._options)).tolist())
                )
            case HexField():
                together = draws(self._key, indices).astype(">u8").tobytes().hex()
                return [together[at : at + field.digits] for at in range(0, len(together), _DRAW_DIGITS)]
            case SerialField():
                return list(map(str, (indices * field.step + field.start).tolist()))
            case _:
                assert_never(field)

    def _shown(
        self, field: ValueField, indices: NDArray[np.int64], steps: NDArray[np.int64], column: NDArray[np.int64]
    ) -> list[str]:
        if field.jitter:
            values, million = column[steps], np.int64(1_000_000)
            noise = noises_ppm(self._key, indices, field.jitter)
            # In two parts, so that the product stays within 64 bits.
            return _quantities(field, values + values // million * noise + values % million * noise // million)
        if len(steps) < len(column):
            return _quantities(field, column[steps])
        # Many rows show the quantity of one step: it is written once.
        return list(map(_quantities(field, column).__getitem__, steps.tolist()))


def _quantities(field: ValueField, values: NDArray[np.int64]) -> list[str]:
    """Quantities in thousandths as the field writes them."""
    digits = field.decimals
    if digits > MILLI_DIGITS:
        values = values * 10 ** (digits - MILLI_DIGITS)
    elif digits < MILLI_DIGITS:
        values = _rounded(values, 10 ** (MILLI_DIGITS - digits))
    write = "{:,}".format if field.grouped else str
    if not digits:
        return list(map(write, values.tolist()))
    whole, part = np.divmod(np.abs(values), np.int64(10**digits))
    behind = map(_behind_the_point(digits).__getitem__, part.tolist())
    texts = list(map("".join, zip(map(write, whole.tolist()), behind, strict=True)))
    for position in np.flatnonzero(values < 0).tolist():
        texts[position] = "-" + texts[position]
    return texts


@cache
def _behind_the_point(digits: int) -> tuple[str, ...]:
    return tuple(f".{number:0{digits}d}" for number in range(10**digits))


def _rounded(values: NDArray[np.int64], unit: int) -> NDArray[np.int64]:
    """Values / unit as whole numbers, halves to even."""
    whole, rest = np.divmod(values, np.int64(unit))
    up = (2 * rest > unit) | ((2 * rest == unit) & (whole % 2 == 1))
    result: NDArray[np.int64] = whole + up
    return result


class PatternWriter:
    """Writes the rows of one pattern, many at once.

    *steps* are positions in *columns*. Raises `ValueError` and `KeyError` for a text whose fields do not fit
    (`incidentsim.scenario.expression_checks` finds that beforehand).
    """

    def __init__(self, pattern: Pattern, seed: int) -> None:
        self._literals, names = _parts(pattern.text)
        self._fields = [FieldColumn(pattern.fields[name], seed, f"row:{pattern.id}:{name}") for name in names]
        self._json_fields = [field.escaped() for field in self._fields]
        self._json_literals = list(map(_json_inner, self._literals))
        self._json_literals[0] = (
            f',"service":{compact(pattern.service)},"level":"{pattern.level}","text":"{self._json_literals[0]}'
        )
        self._json_literals[-1] += f'","pattern":{compact(pattern.id)},"index":'

    @property
    def literals(self) -> tuple[str, ...]:
        """The text between the fields: one more than there are fields."""
        return tuple(self._literals)

    @property
    def alphabets(self) -> tuple[str, ...]:
        """The characters that each field can show."""
        return tuple(field.alphabet for field in self._fields)

    def texts(self, indices: NDArray[np.int64], steps: NDArray[np.int64], columns: Arrays) -> list[str]:
        """What the rows say."""
        if not self._fields:
            return self._literals * len(indices)
        shown = [field.texts(indices, steps, columns) for field in self._fields]
        return list(map("".join, zip(*_between(self._literals, shown), strict=False)))

    def lines(
        self, times: NDArray[np.int64], indices: NDArray[np.int64], steps: NDArray[np.int64], columns: Arrays
    ) -> list[str]:
        """The rows as lines of JSON."""
        shown = [field.texts(indices, steps, columns) for field in self._json_fields]
        columns_between = _between(self._json_literals, shown)
        written = zip(repeat('{"t":'), map(str, times.tolist()), *columns_between, map(str, indices.tolist()),
                      repeat("}\n"), strict=False)  # fmt: skip
        return list(map("".join, written))


def _between(literals: Sequence[str], columns: Sequence[list[str]]) -> list[Iterable[str]]:
    """The columns with each literal, over and over, where it stands between them; empty ones are left out."""
    parts: list[Iterable[str]] = [repeat(literals[0])] if literals[0] else []
    for column, literal in zip(columns, literals[1:], strict=True):
        parts.append(column)
        if literal:
            parts.append(repeat(literal))
    return parts


def compact(value: object) -> str:
    """JSON without spaces, in which only what has to be is escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_inner(text: str) -> str:
    return compact(text)[1:-1]


def _parts(text: str) -> tuple[list[str], list[str]]:
    """(literals, names of the fields between them): one literal more than names."""
    literals: list[str] = [""]
    names: list[str] = []
    for literal, name, _, _ in Formatter().parse(text):
        # A doubled brace ends a literal too, without a field after it.
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return literals, names


def raw_line(start: datetime, log_format: str, service: str, level: str, t: int, text: str) -> str:
    """The line as a service with *log_format* would have written it, *t* ms after *start*; times are UTC.

    ``airflow`` takes a ``{file:line}`` at the head of the text as the place that logs, ``access`` puts the time
    before the request, and ``json`` merges a text that is a JSON object into its own.
    """
    seconds, rest = divmod(t + start.microsecond // 1000, 1000)
    moment, day, clock = _second(start, seconds)
    thousandths = f"{rest:03d}"
    match log_format:
        case "log4j":
            return f"[{day} {clock},{thousandths}] {level} {text}"
        case "logback":
            return f"{day} {clock}.{thousandths} {level:<5} {text}"
        case "spark":
            return f"{moment:%y/%m/%d} {clock} {level} {text}"
        case "airflow":
            known = _PLACE.fullmatch(text)
            place, said = known.groups() if known else (f"{{{service}}}", text)
            return f"[{day}T{clock}.{thousandths}+0000] {place} {level} - {said}"
        case "dbt":
            return f"{clock}  {text}"
        case "json":
            return _json_line(f"{day}T{clock}.{thousandths}Z", level, text)
        case "access":
            stamp = f"[{moment.day:02d}/{_MONTHS[moment.month - 1]}/{moment.year:04d}:{clock} +0000]"
            request = _REQUEST.fullmatch(text)
            if request is None:
                return f"{stamp} {level} {text}"
            client, who, asked = request.groups(default="- -")
            return f"{client} {who} {stamp} {asked}"
        case _:
            return f"{day}T{clock}.{thousandths}Z {level} {service} {text}"


@lru_cache(maxsize=256)
def _second(start: datetime, seconds: int) -> tuple[datetime, str, str]:
    """A whole second after *start*, with its day and clock time: a service writes many rows in one."""
    moment = start.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
    return moment, f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}"


def _json_line(stamp: str, level: str, text: str) -> str:
    head = f'{{"ts":"{stamp}","level":"{level.lower()}",'
    if text.startswith("{") and text.endswith("}"):
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            said = None
        # Keys of its own would stand twice.
        if said and not {"ts", "level"} & said.keys():
            return head + text[1:]
    return f'{head}"msg":{compact(text)}}}'
