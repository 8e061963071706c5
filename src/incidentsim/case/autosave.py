"""A case that is saved whenever it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.case.document import Case
from incidentsim.case.file import CaseError, load, save

if TYPE_CHECKING:
    from pathlib import Path

Stamp = tuple[int, int, int]
MEND = "What the file says now is shown. Look at it, and make your change again where it is still needed."


class SavedCase:
    """The case of an exercise and its file. A change that cannot be saved is not made.

    The file may be edited by hand meanwhile: what stands there is taken up before anything is written over it.
    """

    def __init__(self, path: Path, fresh: Case) -> None:
        """Take up the file where it exists; otherwise begin with *fresh*, which is written with the first change.

        Raises `incidentsim.case.file.CaseError` for a file that cannot be used.
        """
        self.path = path
        self.case = fresh
        self._stamp: Stamp | None = None
        self.refresh()

    def refresh(self) -> bool:
        """Take up what another program wrote; whether there was anything. Raises `CaseError` for a file that cannot
        be used; the case stays as it was then, and so does the file.
        """
        stamp = _stamp(self.path)
        if stamp is None or stamp == self._stamp:
            return False
        self.case, self._stamp = load(self.path), stamp
        return True

    def change(self, **parts: Any) -> Case:
        """Replace parts of the case and save it. Raises `CaseError` or `pydantic.ValidationError`.

        `CaseError` also where another program changed one of these parts: its text is taken up instead.
        """
        before = self.case
        if self.refresh() and (both := [name for name in parts if getattr(self.case, name) != getattr(before, name)]):
            raise CaseError(f"{', '.join(both)} changed there meanwhile", place=str(self.path), mend=MEND)
        data = {name: getattr(self.case, name) for name in type(self.case).model_fields}
        changed = Case.model_validate({**data, **parts})
        save(changed, self.path)
        self.case, self._stamp = changed, _stamp(self.path)
        return changed


def _stamp(path: Path) -> Stamp | None:
    """What tells one writing of a file from another; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror or error}", place=str(path)) from error
    return found.st_ino, found.st_mtime_ns, found.st_size
