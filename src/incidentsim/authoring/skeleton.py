"""A start for a new scenario: a small one that plays from end to end."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from incidentsim.scenario.units import Id
from incidentsim.text.problem import Problem

PLACEHOLDER = "SCENARIO-ID"


def written(folder: Path) -> tuple[Path, ...]:
    """Write ``incident_scenario.json`` and ``README.md`` into a new folder, named after the scenario's id.

    Raises `Problem` where the folder exists, cannot be made, or its name is no id; nothing is left behind then.
    """
    from pydantic import TypeAdapter, ValidationError

    name = folder.name
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError as error:
        raise Problem(
            f"{name!r} is no id of a scenario",
            place=str(folder),
            mend="Use lower case, digits and hyphens: inc-2026-0302.",
        ) from error
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise Problem(
            "there is something of that name already", place=str(folder), mend="Choose another name."
        ) from error
    except OSError as error:
        raise Problem(
            f"it cannot be made ({error.strerror})", place=str(folder), mend="Choose another place."
        ) from error
    here = resources.files("incidentsim.authoring")
    made = []
    try:
        for source, target in (("skeleton.json", "incident_scenario.json"), ("skeleton.md", "README.md")):
            path = folder / target
            path.write_text(here.joinpath(source).read_text("utf-8").replace(PLACEHOLDER, name), "utf-8")
            made.append(path)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Problem(
            f"it cannot be written ({error.strerror})", place=str(folder), mend="Choose another place."
        ) from error
    return tuple(made)
