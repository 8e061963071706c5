"""``incidentsim settings`` and ``incidentsim keys``: what the screens are set to."""

from __future__ import annotations

import click


@click.group()
def settings() -> None:
    """Show or check the settings of the screens. F2 changes them in the program."""


@settings.command("show")
def show() -> None:
    """Print every setting as it is now, as TOML."""
    from dataclasses import fields

    import tomlkit

    from incidentsim.tui.settings import load

    now = load()
    document = tomlkit.document()
    for each in fields(now):
        value = getattr(now, each.name)
        document[each.name] = dict(value) if each.name == "keys" else value
    click.echo(tomlkit.dumps(document).rstrip())


@settings.command("path")
def where() -> None:
    """Print where the settings are."""
    from incidentsim.tui.settings import path

    click.echo(path())


@settings.command("check")
def check() -> None:
    """Check the settings, the ids of commands included."""
    from incidentsim.tui.keys.catalogue import commands
    from incidentsim.tui.settings import load, path

    load(known=commands())
    click.echo(f"{path()}: all right" if path().exists() else f"{path()}: not there; the defaults are used")


@click.command()
def keys() -> None:
    """Print every key and what it does, place by place, with the ids that settings use."""
    from incidentsim.tui.keys.catalogue import commands, table
    from incidentsim.tui.settings import load

    click.echo(table(load(known=commands()).keys).rstrip())
