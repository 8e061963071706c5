"""The journal: one append-only file per exercise, which is the truth about it.

What `Journal.append` was given is written and synced before it returns; only then is it acknowledged to anybody.
How the records stand in the file, and what a cut and what damage is, says `incidentsim.exercise.records`.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from incidentsim.exercise.disk import DISK, Disk
from incidentsim.exercise.records import (
    FORMAT,
    MOST_HEADER,
    MOST_RECORD,
    JournalContents,
    JournalError,
    Record,
    check_header,
    checked,
    encoded,
    peek,
    read,
    reason,
    refused,
    require_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

__all__ = ["Journal", "JournalContents", "JournalError", "Record", "peek", "read"]

_RESUME = "Make room or mend the disk, then resume the exercise: all that was acknowledged before is in the journal."


class Journal:
    """An exercise's journal, open for appending by this process alone.

    After a write or a sync has failed, the journal takes nothing more: what the disk holds of that record is not
    known then, and asking again would not tell. All that was acknowledged before stays readable.
    """

    def __init__(self, path: Path, handle: int, disk: Disk, contents: JournalContents) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.contents = contents
        """What the file held when it was opened."""
        self._handle: int | None = handle
        self._disk = disk
        self._unsynced = False
        self._failed: str | None = None

    @classmethod
    def create(
        cls, path: Path, header: Mapping[str, Any], records: Sequence[Record] = (), *, disk: Disk = DISK
    ) -> Journal:
        """Make a new journal, with *records* behind its header (a fork's prefix), synced, with its name.

        The file has its name only when it is whole. Raises `JournalError` where the file exists or cannot be made.
        """
        path = Path(path)
        if os.path.lexists(path):
            raise _taken(path)
        first: Record = {"k": "header", "journal": FORMAT, **header}
        check_header(first, path)
        lines = [encoded(first, MOST_HEADER, path), *(encoded(checked(each), MOST_RECORD, path) for each in records)]
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        handle: int | None = None
        try:
            # A draft with this process's number can only be left over from a process that is gone.
            disk.remove(draft)
            handle = disk.create(draft)
            if not disk.lock(handle):
                raise _in_use(path)
            _write(disk, handle, b"".join(lines))
            disk.sync(handle)
            disk.publish(draft, path)
            disk.sync_directory(path.parent)
        except BaseException as error:
            with contextlib.suppress(OSError, ValueError):
                disk.remove(draft)
            if handle is not None and _same(handle, path):
                with contextlib.suppress(OSError):
                    disk.remove(path)
            if handle is not None:
                with contextlib.suppress(OSError):
                    disk.close(handle)
            if isinstance(error, FileExistsError):
                raise _taken(path) from error
            if isinstance(error, OSError | ValueError):
                raise refused(path, "cannot be created", error) from error
            raise
        size = sum(map(len, lines))
        return cls(path, handle, disk, JournalContents(path, first, tuple(records), None, size))

    @classmethod
    def open(cls, path: Path, *, disk: Disk = DISK) -> Journal:
        """Open a journal to go on with it; `contents` has what it holds, and says what was mended.

        Raises `JournalError` where it is damaged, in use elsewhere, or cannot be opened; it is not changed then.
        """
        path = Path(path)
        require_file(path)
        try:
            handle = disk.open_append(path)
        except OSError as error:
            raise refused(path, "cannot be opened for writing", error) from error
        try:
            if not disk.lock(handle):
                raise _in_use(path)
            contents = read(path)
            if contents.mended is not None:
                disk.truncate(handle, contents.valid_bytes)
            elif contents.newline_missing:
                # What follows the record can only be NUL bytes here; they are no part of it.
                disk.truncate(handle, contents.valid_bytes)
                _write(disk, handle, b"\n")
            # Also what an earlier process wrote and did not live to sync.
            disk.sync(handle)
        except BaseException as error:
            with contextlib.suppress(OSError):
                disk.close(handle)
            if isinstance(error, OSError):
                raise refused(path, "cannot be mended", error) from error
            raise
        return cls(path, handle, disk, contents)

    def append(self, record: Record) -> None:
        """Write a record; it is on the disk when this returns. Raises `JournalError`; it is not taken then."""
        self.append_unsynced(record)
        self.flush()

    def append_unsynced(self, record: Record) -> None:
        """Write a record that may be lost with the power until the next `append`, `flush` or `close`."""
        handle = self._ready()
        line = encoded(checked(record), MOST_RECORD, self.path)
        try:
            self._unsynced = True
            _write(self._disk, handle, line)
        except BaseException as error:
            self._fail(error)

    def flush(self) -> None:
        """Return when all records are on the disk."""
        handle = self._ready()
        if not self._unsynced:
            return
        try:
            self._disk.sync(handle)
        except BaseException as error:
            self._fail(error)
        self._unsynced = False

    def close(self) -> None:
        """Sync and close. Closing twice does nothing; a journal that has failed is closed without syncing."""
        if self._handle is None:
            return
        try:
            if self._failed is None:
                self.flush()
        finally:
            handle, self._handle = self._handle, None
            with contextlib.suppress(OSError):
                self._disk.close(handle)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self) -> int:
        if self._failed is not None:
            raise JournalError(
                f"the journal takes nothing more, since {self._failed}", place=str(self.path), mend=_RESUME
            )
        if self._handle is None:
            raise JournalError("the journal is closed", place=str(self.path), mend="Resume the exercise to go on.")
        return self._handle

    def _fail(self, error: BaseException) -> NoReturn:
        """Take nothing more. An interruption counts too: how much was written is not known then."""
        self._failed = f"writing failed ({reason(error)})" if isinstance(error, OSError) else "writing was interrupted"
        if isinstance(error, OSError):
            raise refused(self.path, "cannot be written", error, _RESUME) from error
        raise error


def _write(disk: Disk, handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        taken = disk.write(handle, bytes(view))
        if taken <= 0:
            raise OSError("the disk took nothing")
        view = view[taken:]


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _taken(path: Path) -> JournalError:
    mend = "Resume that exercise, or give another file; a journal is never written over."
    return JournalError("the file exists", place=str(path), mend=mend)


def _in_use(path: Path) -> JournalError:
    return JournalError("this exercise is open elsewhere", place=str(path), mend="Close it there first.")
