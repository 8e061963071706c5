"""A drill is finished with a mouse; keys only type into fields of text."""

from __future__ import annotations

import json

from textual.widgets import Input, TextArea

from incidentsim.tui.local import LocalLibrary
from tests.simulation.worlds import pipeline
from tests.tui.driving import press, run, shown


async def click(app, pilot, text, nth=0):
    """Click on the *nth* place at which the screen shows *text*."""
    await pilot.pause(0.05)
    places = [
        (len(line[:at]), y)
        for y, line in enumerate(shown(app).splitlines())
        for at in range(len(line))
        if line.startswith(text, at)
    ]
    assert len(places) > nth, f"{text!r} is not shown\n{shown(app)}"
    x, y = places[nth]
    await pilot.click(offset=(x + 1, y))
    await pilot.pause(0.1)


async def write(app, pilot, text):
    """Type into the field that has the focus; there has to be one."""
    assert isinstance(app.focused, (Input, TextArea)), f"no field has the focus\n{shown(app)}"
    await press(pilot, f"={text}")


async def command(app, pilot, name):
    """Choose a command from the list of all of them, by clicks."""
    await click(app, pilot, "^p all")
    await write(app, pilot, name)
    await pilot.pause(0.3)
    await click(app, pilot, name, 1)


def test_a_mouse_finishes_a_drill_with_typing_only_in_text_fields(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    place = tmp_path / "small.json"
    place.write_text(json.dumps(pipeline()))

    async def story(app, pilot):
        app.out = tmp_path / "packet"
        await click(app, pilot, "start the exercise")
        await click(app, pilot, "q query")
        await write(app, pilot, "count accepted, served by version")
        await click(app, pilot, "ctrl+s run")
        await click(app, pilot, "w wait")
        await click(app, pilot, "query  Count")
        assert "accepted" in shown(app)
        await click(app, pilot, "* pin")
        await command(app, pilot, "end play")
        await click(app, pilot, "y end play")
        await click(app, pilot, "3 Whys")
        await click(app, pilot, "write the effect")
        await write(app, pilot, "events were lost")
        await click(app, pilot, "ctrl+s confirm")
        await click(app, pilot, "occurred ")
        if "ctrl+s confirm" not in shown(app):
            await click(app, pilot, "a add why below")
        await write(app, pilot, "the parser drops them")
        await click(app, pilot, "E-0001")
        await click(app, pilot, "ctrl+s confirm")
        assert "the parser drops them" in shown(app)
        await command(app, pilot, "write the packet")
        await click(app, pilot, "y show it")
        assert "Written to" in shown(app)

    run(story, LocalLibrary(), scenario=str(place))
    assert (tmp_path / "packet" / "SMALL-postmortem.md").exists()
    assert "the parser drops them" in (tmp_path / "packet" / "case.yaml").read_text()
