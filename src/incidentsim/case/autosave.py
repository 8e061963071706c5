"""A case that is saved whenever it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.case.document import Case
from incidentsim.case.file import load, save

if TYPE_CHECKING:
    from pathlib import Path


class SavedCase:
    """The case of an exercise and its file. A change that cannot be saved is not made."""

    def __init__(self, path: Path, fresh: Case) -> None:
        """Take up the file where it exists; otherwise begin with *fresh*, which is written with the first change.

        Raises `incidentsim.case.file.CaseError` for a file that cannot be used.
        """
        self.path = path
        self.case = load(path) if path.exists() else fresh

    def change(self, **parts: Any) -> Case:
        """Replace parts of the case and save it. Raises `CaseError` or `pydantic.ValidationError`."""
        data = {name: getattr(self.case, name) for name in type(self.case).model_fields}
        changed = Case.model_validate({**data, **parts})
        save(changed, self.path)
        self.case = changed
        return changed
