"""The registry of commands: every key has its words, no key does two things in one place, and the docs tell them all."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.screen import Screen

from incidentsim import tui
from incidentsim.tui.app import IncidentApp
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import room
from incidentsim.tui.keys.catalogue import commands, places, table
from incidentsim.tui.keys.model import LONGEST_TITLE, Command
from incidentsim.tui.screens.debrief import STEPS, DebriefScreen
from incidentsim.tui.screens.jump import JumpScreen
from incidentsim.tui.screens.war_room import WarRoom
from tests.tui.driving import press, run, shown
from tests.tui.fake import FakeLibrary

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"
PANES = ("LogPane", "SignalsPane", "InboxPane", "RecordPane", "NowPane", "MapPane")


def kinds() -> Iterator[type[DOMNode]]:
    """Every widget, screen and dialog of the screens' room."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__ == module.name:
                yield value


KINDS = tuple(dict.fromkeys(kinds()))


def own(kind: type[DOMNode]) -> list[Binding]:
    """The bindings that a class of ours declares, with those it inherits from classes of ours."""
    found = []
    for each in kind.__mro__:
        if each.__module__.startswith("incidentsim."):
            found += [one for one in vars(each).get("BINDINGS", ()) if isinstance(one, Binding)]
        if each.__dict__.get("_inherit_bindings", True) is False:
            break
    return found


def keys(bindings: list[Binding]) -> list[str]:
    """Every key of these bindings."""
    return [key.strip() for each in bindings for key in each.key.split(",")]


def twice(*bindings: list[Binding]) -> set[str]:
    """Keys that more than one of the bindings has."""
    known = {(each.id or each.action, key): None for group in bindings for each in group for key in keys([each])}
    return {key for key, count in Counter(key for _, key in known).items() if count > 1}


def named(name: str) -> type[DOMNode]:
    return next(kind for kind in KINDS if kind.__name__ == name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_bindings_come_from_the_registry_and_nowhere_else(kind: type[DOMNode]) -> None:
    known = commands()
    for each in vars(kind).get("BINDINGS", ()):
        assert isinstance(each, Binding), f"{kind.__name__}: {each} is no binding of the registry"
        assert each.id in known, f"{kind.__name__}: {each.key} {each.action} is not in the registry"
        assert (each.key, each.action) == (known[each.id].keys, known[each.id].action)
        assert each.tooltip == known[each.id].help


def test_every_command_has_a_stable_id_a_short_title_and_help_in_one_sentence() -> None:
    tables = [each for table_ in places().values() for each in table_]
    assert not [id_ for id_, count in Counter(each.id for each in tables).items() if count > 1]
    for each in tables:
        assert each.id.count(".") == 1
        assert each.id == each.id.lower()
        assert 0 < len(each.title) <= LONGEST_TITLE
        assert each.help.endswith("."), each.id
        assert len(each.help) > 8
        assert "\n" not in each.help


@pytest.mark.parametrize("place", places())
def test_no_key_is_bound_twice_in_a_table(place: str) -> None:
    count = Counter(key for each in places()[place] for key in each.keys.split(",") if key)
    assert not [key for key, times in count.items() if times > 1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, Screen)], ids=lambda kind: kind.__name__)
def test_no_screen_binds_a_key_twice_or_takes_one_that_works_everywhere(kind: type[DOMNode]) -> None:
    assert not twice(own(kind))
    closing = {"question_mark", "f1", "ctrl+o"} if issubclass(kind, (Dialog, JumpScreen)) else set()
    assert twice(own(kind), own(IncidentApp)) <= closing


@pytest.mark.parametrize("pane", PANES)
def test_no_pane_of_the_war_room_takes_a_key_of_the_room(pane: str) -> None:
    assert not twice(own(named(pane)), own(WarRoom), own(IncidentApp))


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.__name__)
def test_no_step_of_the_debrief_takes_a_key_of_the_debrief(step: type[DOMNode]) -> None:
    assert not twice(own(step), own(DebriefScreen), own(IncidentApp))


def test_no_key_leads_nowhere() -> None:
    """Each action of a place exists where it is bound: on the class, or on the application for ``app.``."""
    for kind in KINDS:
        for each in own(kind):
            owner: type = IncidentApp if each.action.startswith("app.") else kind
            name = each.action.removeprefix("app.").partition("(")[0]
            assert hasattr(owner, f"action_{name}"), f"{kind.__name__}: {each.action}"


def test_every_flow_that_a_key_of_the_room_starts_is_there() -> None:
    from incidentsim.tui.screens.war_room import FLOWS

    wanted = {each.action.split("'")[1] for each in room.COMMANDS if each.action.startswith("flow(")}
    assert not wanted - set(FLOWS)


def test_the_key_table_in_the_docs_is_that_of_the_registry() -> None:
    assert table().strip() in DOCS.read_text(encoding="utf-8"), "docs/keys.md is old: incidentsim keys prints the table"


PAGES = ((), ("2",), ("I",), ("T",), ("B",))
DIALOGS = (("t",), ("a",), ("k",), ("E",), ("g",))


@pytest.mark.parametrize("there", PAGES + DIALOGS, ids=lambda keys: "-".join(keys) or "room")
def test_help_commands_settings_and_leaving_are_a_key_away_everywhere(there: tuple[str, ...]) -> None:
    async def story(app, pilot):
        await press(pilot, *there)
        for key, wants in {"f1": "Help", "ctrl+p": "Search", "f2": "theme" if there in PAGES else ""}.items():
            before = shown(app)
            await press(pilot, key)
            assert wants in shown(app), key
            if shown(app) != before:
                await press(pilot, "escape")
            assert shown(app).splitlines()[1:] == before.splitlines()[1:], key
        await press(pilot, "ctrl+c")
        assert app._exit or "Leave? Everything is kept" in shown(app)

    run(story, session=FakeLibrary().session)


@pytest.mark.parametrize("there", PAGES + DIALOGS, ids=lambda keys: "-".join(keys) or "room")
def test_one_key_stops_for_a_real_incident_wherever_one_is(there: tuple[str, ...]) -> None:
    async def story(app, pilot):
        await press(pilot, *there, "f10")
        assert app._exit
        assert ("pause", "", {"reason": "real incident"}) in app.session.seat.commands

    run(story, session=FakeLibrary().session)


def test_a_command_that_is_not_well_made_is_found() -> None:
    one = Command("a.b", "x", "one", "Does one.", "one")
    other = Command("a.c", "y,x", "other", "Does another.", "other")
    from incidentsim.tui.keys.model import bindings

    assert twice(BindingsMap(bindings((one, other))).key_to_bindings["x"]) == {"x"}
