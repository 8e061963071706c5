"""Disks whose power fails, that are full, or that err."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from incidentsim.exercise.disk import Disk


class PowerCut(BaseException):
    """The power is gone; nothing runs after it."""


class FallibleDisk(Disk):
    """A disk whose power fails before its operation number *fails_at*; a write that it hits is half done.

    `lose_power` then leaves on the real disk what was synced, and of the rest as much as asked for: a disk may have
    written it or not.
    """

    def __init__(self, fails_at: int) -> None:
        self._left = fails_at
        self._files: dict[int, tuple[int, int]] = {}
        self._durable: dict[tuple[int, int], bytes] = {}
        self._names: dict[Path, bool] = {}

    def _step(self) -> bool:
        if self._left <= 0:
            return False
        self._left -= 1
        return True

    def _or_fail(self) -> None:
        if not self._step():
            raise PowerCut

    def create(self, path: Path) -> int:
        self._or_fail()
        return self._known(super().create(path))

    def open_append(self, path: Path) -> int:
        self._or_fail()
        handle = self._known(super().open_append(path))
        self._durable.setdefault(self._files[handle], path.read_bytes())
        return handle

    def _known(self, handle: int) -> int:
        status = os.fstat(handle)
        self._files[handle] = (status.st_dev, status.st_ino)
        return handle

    def write(self, handle: int, data: bytes) -> int:
        if not self._step():
            super().write(handle, data[: len(data) // 2])
            raise PowerCut
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._or_fail()
        self._durable[self._files[handle]] = Path(f"/proc/self/fd/{handle}").read_bytes()

    def truncate(self, handle: int, size: int) -> None:
        self._or_fail()
        super().truncate(handle, size)

    def publish(self, source: Path, target: Path) -> None:
        self._or_fail()
        super().publish(source, target)
        self._names[target] = False

    def remove(self, path: Path) -> None:
        self._or_fail()
        super().remove(path)

    def sync_directory(self, path: Path) -> None:
        self._or_fail()
        for name in self._names:
            self._names[name] |= name.parent == path

    def lose_power(self, path: Path, halves_kept: int) -> None:
        """Leave of *path* what was synced, and none, a half or all (0, 1, 2) of what came after."""
        for handle in self._files:
            try:
                os.close(handle)
            except OSError:
                continue
        if not path.exists():
            return
        if halves_kept == 0 and not self._names.get(path, True):
            path.unlink()
            return
        status = path.stat()
        durable = self._durable.get((status.st_dev, status.st_ino), b"")
        written = path.read_bytes()
        if written.startswith(durable):
            rest = written[len(durable) :]
            durable += rest[: len(rest) * halves_kept // 2]
        path.write_bytes(durable)

    def close(self, handle: int) -> None:
        super().close(handle)
        self._files.pop(handle, None)


class NamelessDisk(FallibleDisk):
    """A mutant: it forgets to sync the names of new files."""

    def sync_directory(self, path: Path) -> None:
        self._or_fail()


class FullDisk(Disk):
    """A disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, handle: int, data: bytes) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = super().write(handle, data[: self.room])
        self.room -= taken
        return taken


class ErringDisk(Disk):
    """A disk that errs on the operation named in *errs_on*."""

    def __init__(self, errs_on: str = "") -> None:
        self.errs_on = errs_on

    def _try(self, operation: str) -> None:
        if operation == self.errs_on:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def create(self, path: Path) -> int:
        self._try("create")
        return super().create(path)

    def write(self, handle: int, data: bytes) -> int:
        self._try("write")
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._try("sync")
        super().sync(handle)

    def truncate(self, handle: int, size: int) -> None:
        self._try("truncate")
        super().truncate(handle, size)

    def publish(self, source: Path, target: Path) -> None:
        self._try("publish")
        super().publish(source, target)

    def sync_directory(self, path: Path) -> None:
        self._try("sync_directory")
        super().sync_directory(path)
