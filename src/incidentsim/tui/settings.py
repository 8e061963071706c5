"""Settings of the screens: one TOML file in this person's folder. docs/settings.md describes each of them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from incidentsim.text.problem import Problem

FILE = "settings.toml"
TOUR_SEEN = "tour-seen"
HOME = "INCIDENTSIM_HOME"
THEME_NAMES = ("calm", "daylight", "high-contrast", "colour-blind")
TOURS = ("offer", "never")
LONGEST_NOTICE = 60

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set. Every field has a default."""

    theme: str = "calm"
    """Colours: calm, daylight, high-contrast or colour-blind. NO_COLOR in the environment wins over it."""
    mouse: bool = True
    """Whether the mouse is taken; false leaves it to the terminal, which selects text then."""
    tour: str = "offer"
    """Whether the war room offers its tour when it is opened for the first time: offer or never."""
    plain: bool = False
    """Whether `drill` and `exercise resume` run as lines of text, as with --plain."""
    notices: int = 4
    """Seconds that a notice in the corner stays, 1 to 60."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for commands, such as "room.query" = "q,f6"; docs/keys.md lists the commands."""


def path() -> Path:
    """Where the settings are: ``settings.toml`` under ``INCIDENTSIM_HOME``, or where the system keeps settings."""
    given = os.environ.get(HOME, "").strip()
    if given:
        return Path(given).expanduser() / FILE
    import platformdirs

    return Path(platformdirs.user_config_dir("incidentsim", appauthor=False)) / FILE


def load(file: Path | None = None, known: Collection[str] | None = None) -> Settings:
    """The settings in *file*; the defaults where there is none.

    *known* are the ids of commands; with it, keys of others are refused. Raises `Problem` for a file that cannot be
    used, with the line.
    """
    file = path() if file is None else file
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"the settings cannot be read: {error}", place=str(file), mend="Mend or remove it.") from error
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"the settings are not TOML: {error}", place=str(file), mend="Mend or remove it.") from error
    settings = Settings()
    for name, value in found.items():
        check = _CHECKS.get(name)
        place = f"{file}, line {_line(text, name)}"
        if check is None:
            raise Problem(f"there is no setting {name!r}", place=place, mend=f"There are: {', '.join(_CHECKS)}.")
        wrong = check(value)
        if wrong:
            raise Problem(f"{name} is {wrong}", place=place, mend="Set it so, or remove the line.")
        settings = changed(settings, name, value)
    if known is not None:
        for command in settings.keys:
            if command not in known:
                place = f"{file}, line {_line(text, command)}"
                raise Problem(f"there is no command {command!r}", place=place, mend="incidentsim keys lists them.")
    return settings


def changed(settings: Settings, name: str, value: Value) -> Settings:
    """The settings with one value changed."""
    values: dict[str, Any] = {each.name: getattr(settings, each.name) for each in fields(settings)}
    return Settings(**{**values, name: value})


def save(name: str, value: Value, file: Path | None = None) -> None:
    """Set one value in the file, and leave everything else in it as it is. Raises `Problem`."""
    _change(file, lambda document: document.update({name: value}))


def save_keys(keys: Mapping[str, str], file: Path | None = None) -> None:
    """Replace the table of keys in the file. Raises `Problem`."""

    def change(document: dict[str, object]) -> None:
        if keys:
            document["keys"] = dict(keys)
        else:
            document.pop("keys", None)

    _change(file, change)


def _change(file: Path | None, change: Callable[[dict[str, object]], None]) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = path() if file is None else file
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
        change(document)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(".new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        os.replace(fresh, file)  # noqa: PTH105
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise Problem(f"the settings cannot be kept: {error}", place=str(file)) from error


def tour_seen() -> bool:
    """Whether the tour was shown to this person."""
    return path().with_name(TOUR_SEEN).exists()


def note_tour() -> None:
    """The tour was shown. Where that cannot be noted it is shown again."""
    mark = path().with_name(TOUR_SEEN)
    try:
        mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.touch()
    except OSError:
        return


def _line(text: str, name: str) -> int:
    """The line on which *name* is set, as far as that can be told; 1 otherwise."""
    for number, line in enumerate(text.splitlines(), 1):
        start = line.strip().removeprefix("[").lstrip('"').lstrip("'")
        if start.startswith(name):
            return number
    return 1


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    return lambda value: "" if isinstance(value, str) and value in choices else f"one of {', '.join(choices)}"


def _yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _seconds(value: object) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_NOTICE
    return "" if fits else f"a whole number of seconds from 1 to {LONGEST_NOTICE}"


def _keys(value: object) -> str:
    fits = isinstance(value, dict) and all(isinstance(each, str) and each.strip() for each in value.values())
    return "" if fits else 'a table of commands and keys, such as "room.query" = "q"'


_CHECKS: Mapping[str, Callable[[object], str]] = {
    "theme": _one_of(THEME_NAMES),
    "mouse": _yes_or_no,
    "tour": _one_of(TOURS),
    "plain": _yes_or_no,
    "notices": _seconds,
    "keys": _keys,
}
