"""Where content stands: in the current folder, in the user's, and in what was installed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["scenarios", "runbooks", "postmortem_templates"]
Origin = Literal["here", "user", "installed"]


def folders(kind: Kind) -> list[tuple[Origin, Path]]:
    """The folders with content of a kind that exist, in the order in which they are searched, each once."""
    found: list[tuple[Origin, Path]] = []
    seen: list[Path] = []
    candidates: list[tuple[Origin, Path | None]] = [
        ("here", Path(kind)),
        ("user", user_folder(kind)),
        ("installed", installed_folder(kind)),
    ]
    for origin, folder in candidates:
        if folder is None:
            continue
        try:
            place = folder.resolve()
            if place in seen or not place.is_dir():
                continue
        except (OSError, RuntimeError):
            continue
        seen.append(place)
        # What was installed is called that also by someone who stands in the checkout.
        installed = origin == "here" and place == installed_folder(kind)
        found.append(("installed" if installed else origin, folder))
    return found


def user_folder(kind: Kind) -> Path:
    """The user's folder for content of a kind; it need not exist."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("incidentsim", appauthor=False)) / kind


def installed_folder(kind: Kind) -> Path | None:
    """The folder that ships with the package: in the wheel, or in a checkout beside ``src``."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "content" / kind
    if inside.is_dir():
        return inside
    beside = package.parent.parent / kind
    return beside if package.parent.name == "src" and beside.is_dir() else None
