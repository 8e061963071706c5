"""The records of a journal: how they stand in the file, and how a file is read.

Each line is a record: the CRC-32 of its JSON as eight hexadecimal digits, a space, the JSON, a newline. The first
is the header. A record given to `Journal.append` is written and synced before that returns, and only then is it
acknowledged to anybody.

How a file that is not whole is read:

- A *cut* is what a crash leaves: a last line without a newline that is the beginning of a record, with or without
  NUL bytes behind it. It had not been acknowledged. It is left out, and `Journal.open` takes it off the file; both
  say so.
- A last line that lacks only its newline is a whole record, and is kept.
- Everything else is *damage*: a line with a newline whose checksum differs (also the last one), a whole record
  followed by something that is no newline, a header that is cut. It raises `JournalError` and the file is not touched.
- A record of an unknown kind was written by a newer version: it is kept, and a warning says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from incidentsim.simulation.command import Command
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "incidentsim-journal/1"
MARKER = "EXERCISE"
KINDS = ("command", "digest", "clock", "note", "fork")
MOST_HEADER = 64 * 1024 * 1024
MOST_RECORD = 4 * 1024 * 1024
MOST_RECORDS = 1_000_000
MOST_DEPTH = 100

HEADER_FIELDS: dict[str, tuple[type, ...]] = {
    "marker": (str,),
    "exercise": (str,),
    "version": (str,),
    "scenario_hash": (str,),
    "seed": (int,),
    "variant": (str, type(None)),
    "format": (str,),
    "mode": (str,),
    "scenario": (dict,),
}
"""What a header holds besides ``k`` and ``journal``; more is allowed (``role``)."""

Record = dict[str, Any]

_CRC = re.compile(rb"[0-9a-f]{8} ")
_KEEP = "Keep the file as it is, and restore it from a copy."


class JournalError(Problem):
    """A journal cannot be created, read or written; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class JournalContents:
    """What a journal holds. *mended* says what was cut off its end, if anything; *valid_bytes* is the length of
    what is whole, and *newline_missing* that only the last newline is not there.
    """

    path: Path
    header: Record
    records: tuple[Record, ...]
    mended: str | None
    valid_bytes: int
    newline_missing: bool = False
    warnings: tuple[str, ...] = ()

    def commands(self) -> list[Command]:
        """The commands, in order. Raises `JournalError` where a record is no command."""
        found = []
        for number, record in enumerate(self.records, 2):
            if record["k"] == "command":
                try:
                    found.append(Command.from_json({key: each for key, each in record.items() if key != "k"}))
                except ValueError as error:
                    raise JournalError(f"{error}", place=f"{self.path}, record {number}", mend=_KEEP) from error
        return found

    def digests(self) -> dict[int, str]:
        """The digest of each minute that was written; where one was written twice, the later."""
        return {
            record["minute"]: record["sha256"]
            for record in self.records
            if record["k"] == "digest"
            and isinstance(record.get("minute"), int)
            and isinstance(record.get("sha256"), str)
        }

    @property
    def paused_ms(self) -> int:
        """Wall ms spent in pauses, as far as it was written."""
        known = [each.get("paused_ms") for each in self.records if each["k"] == "clock"]
        return max((each for each in known if type(each) is int and each >= 0), default=0)

    @property
    def last_t(self) -> int:
        """The last acknowledged moment (ms): the greatest time that a record names."""
        return max((moment(each) for each in self.records), default=0)


def moment(record: Record) -> int:
    """The time (ms) that a record names, or 0."""
    if record.get("k") == "digest":
        minute = record.get("minute")
        return minute * 60_000 if isinstance(minute, int) else 0
    t = record.get("t")
    return t if isinstance(t, int) else 0


def read(path: Path) -> JournalContents:
    """What a journal holds. Changes nothing on the disk; raises `JournalError`."""
    path = Path(path)
    with _opened(path) as file:
        return _read(file, path)


def peek(path: Path) -> tuple[Record, Record | None]:
    """The header and the last whole record that its end shows, without reading what lies between."""
    path = Path(path)
    with _opened(path) as file:
        header = _read_header(file, path)
        start = file.tell()
        size = file.seek(0, os.SEEK_END)
        file.seek(max(start, size - 65_536))
        for line in reversed(file.read().splitlines(keepends=True)):
            record = decoded(line.rstrip(b"\0").removesuffix(b"\n"))
            if record is not None:
                return header, record
        return header, None


def _read(file: BinaryIO, path: Path) -> JournalContents:
    header = _read_header(file, path)
    records: list[Record] = []
    warnings: list[str] = []
    while True:
        offset = file.tell()
        # A line that does not end within the limit is looked at whole only if it is the last: NUL bytes may follow it.
        line = file.readline(MOST_RECORD + 16)
        place = f"{path}, record {len(records) + 2}, byte {offset}"
        if not line:
            return JournalContents(path, header, tuple(records), None, offset, False, tuple(warnings))
        if line.endswith(b"\n"):
            record = decoded(line[:-1])
            if record is None:
                mend = f"What comes before it is whole (the first {offset} bytes). {_KEEP}"
                raise JournalError("the record is damaged: its checksum does not fit", place=place, mend=mend)
            records.append(record)
            if record["k"] not in KINDS:
                warnings.append(
                    f"{place}: a record of an unknown kind ({str(record['k'])[:40]!r}) is kept and not used."
                )
            if len(records) > MOST_RECORDS:
                raise JournalError(f"more than {MOST_RECORDS:,} records", place=place, mend="Is it a journal?")
            continue
        if len(line) == MOST_RECORD + 16 and file.read(1):
            mend = f"What comes before it is whole (the first {offset} bytes). {_KEEP}"
            raise JournalError("the record is longer than any can be", place=place, mend=mend)
        whole = line.rstrip(b"\0")
        record = decoded(whole)
        if record is not None:
            records.append(record)
            end = offset + len(whole)
            return JournalContents(path, header, tuple(records), None, end, True, tuple(warnings))
        if not _begins_a_record(whole):
            mend = f"What comes before it is whole (the first {offset} bytes). {_KEEP}"
            raise JournalError("what stands at the end is no record", place=place, mend=mend)
        if decoded(whole[:-1]) is not None:
            mend = f"The record itself is whole (the first {offset + len(whole) - 1} bytes). {_KEEP}"
            raise JournalError("the record is damaged: something else stands for its newline", place=place, mend=mend)
        cut = f"The last record was cut after {len(whole)} bytes; it had not been acknowledged."
        return JournalContents(path, header, tuple(records), cut, offset, False, tuple(warnings))


def _begins_a_record(line: bytes) -> bool:
    if len(line) <= 9:
        return _CRC.match(line + b"00000000 "[len(line) :]) is not None
    return _CRC.match(line) is not None and line[9:10] == b"{"


def _read_header(file: BinaryIO, path: Path) -> Record:
    line = file.readline(MOST_HEADER + 16)
    place = f"{path}, record 1, byte 0"
    if not line:
        raise JournalError("the file is empty", place=str(path), mend="Nothing was in it; it can be removed.")
    if not _CRC.match(line):
        raise JournalError("this is no journal", place=place, mend="Give the exercise.journal of an exercise.")
    if not line.endswith(b"\n"):
        mend = "Nothing had been acknowledged; start the exercise again."
        raise JournalError("the header is cut or too long", place=place, mend=mend)
    header = decoded(line[:-1])
    if header is None:
        raise JournalError("the header is damaged: its checksum does not fit", place=place, mend=_KEEP)
    check_header(header, path)
    return header


def check_header(header: Record, path: Path) -> None:
    """Raise `JournalError` where a first record is no header that this version reads."""
    place = f"{path}, record 1"
    if header.get("k") != "header" or header.get("journal") != FORMAT:
        named = str(header.get("journal"))[:60]
        mend = "Open it with the version of incidentsim that wrote it."
        raise JournalError(f"its format is {named!r}, and this version reads {FORMAT!r}", place=place, mend=mend)
    for name, kinds in HEADER_FIELDS.items():
        if name not in header or type(header[name]) not in kinds:
            raise JournalError(f"the header's {name!r} is missing or of another kind", place=place, mend=_KEEP)
    if header["marker"] != MARKER:
        raise JournalError(f"the header lacks the marker {MARKER!r}", place=place, mend=_KEEP)


def encoded(record: Record, most: int, path: Path) -> bytes:
    """A record's line. Raises `JournalError` where it is no JSON, or longer than *most* bytes."""
    try:
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        try:
            data = text.encode()
        except UnicodeEncodeError:
            # Half a surrogate pair, as terminals pass on bytes that are no UTF-8, has no UTF-8 of its own.
            data = json.dumps(record, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise JournalError("a record holds something that JSON cannot", place=str(path), mend=f"({error})") from error
    if len(data) > most:
        mend = f"A record has at most {most:,} bytes; this one has {len(data):,}."
        raise JournalError("a record is too long", place=str(path), mend=mend)
    return b"%08x %s\n" % (zlib.crc32(data), data)


def decoded(line: bytes) -> Record | None:
    """The record of a line without its newline, or None where it is not whole."""
    if not _CRC.match(line) or zlib.crc32(line[9:]) != int(line[:8], 16):
        return None
    try:
        record = json.loads(line[9:])
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and isinstance(record.get("k"), str) else None


def checked(record: Record) -> Record:
    """The record, if it has a kind and is not nested too deeply; else raises `JournalError`."""
    if not isinstance(record.get("k"), str):
        raise JournalError("a record has a kind, k", mend="Name one.")
    if _deeper(record, MOST_DEPTH):
        raise JournalError(f"a record is nested deeper than {MOST_DEPTH}", mend="Give flatter arguments.")
    return record


def _deeper(value: object, most: int) -> bool:
    if isinstance(value, dict):
        return most == 0 or any(_deeper(each, most - 1) for each in value.values())
    if isinstance(value, list | tuple):
        return most == 0 or any(_deeper(each, most - 1) for each in value)
    return False


def require_file(path: Path) -> None:
    """Raise `JournalError` where there is no ordinary file; opening a pipe would wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise refused(path, "cannot be read", error) from error
    if not stat.S_ISREG(mode):
        kind = "a directory" if stat.S_ISDIR(mode) else "no ordinary file"
        raise JournalError(f"this is {kind}", place=str(path), mend="Give the exercise.journal of an exercise.")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    require_file(path)
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise refused(path, "cannot be read", error) from error


def refused(path: Path, what: str, error: BaseException, mend: str = "") -> JournalError:
    """The error for what the system did not do."""
    return JournalError(
        f"the journal {what}: {reason(error)}", place=str(path), mend=mend or "Check the path and its rights."
    )


def reason(error: BaseException) -> str:
    """The system's own words, without numbers and paths."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
