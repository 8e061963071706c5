"""The file operations that the journal's durability rests on, in one place."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Disk:
    """The file operations of a journal. A test hands in another one, whose power can fail. Raises `OSError`."""

    def create(self, path: Path) -> int:
        """Create a file that does not exist yet, for appending."""
        return self._open(path, os.O_CREAT | os.O_EXCL)

    def open_append(self, path: Path) -> int:
        """Open a file for appending."""
        return self._open(path, 0)

    def _open(self, path: Path, flags: int) -> int:
        extra = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
        return os.open(path, os.O_WRONLY | os.O_APPEND | flags | extra, 0o600)

    def write(self, handle: int, data: bytes) -> int:
        """Write, and give how many bytes were taken."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Return when everything written is on the disk."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        elif hasattr(os, "fdatasync"):
            os.fdatasync(handle)
        else:
            os.fsync(handle)

    def truncate(self, handle: int, size: int) -> None:
        """Cut a file to *size* bytes."""
        os.ftruncate(handle, size)

    def publish(self, source: Path, target: Path) -> None:
        """Give a finished file its name; raises `FileExistsError` where that is taken."""
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:
            # Some file systems know no hard links; there, checking and renaming has to do.
            if target.exists():
                raise FileExistsError(str(target)) from None
            source.rename(target)
        else:
            source.unlink()

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)

    def sync_directory(self, path: Path) -> None:
        """Return when the names in a directory are on the disk; nothing where the system cannot do that."""
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise
        finally:
            os.close(handle)

    def lock(self, handle: int) -> bool:
        """Take the file for this handle alone; False where another has it. True where locks do not exist."""
        if sys.platform == "win32":
            return True
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def close(self, handle: int) -> None:
        """Close a file, and let go of its lock."""
        os.close(handle)


DISK = Disk()
