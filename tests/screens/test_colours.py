"""Colours of the themes: text is read, states are told apart, also by people who do not see red or green."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from textual.theme import Theme

from incidentsim.tui.theme import THEMES
from tests.screens.colours import (
    DEUTERANOPIA,
    HIGH,
    PROTANOPIA,
    READABLE,
    WELL_READABLE,
    apart,
    contrast,
    linear,
    seen_with,
)

STATES = ("success", "warning", "error")
TOLD_APART = 12.0
SEEN_AS_ONE = 2.3


def colours(theme: Theme) -> dict[str, str]:
    """The theme's colours by their names in style sheets."""
    return dict(theme.to_color_system().generate())


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_is_readable_on_every_ground(theme: Theme) -> None:
    least = WELL_READABLE if theme.name == HIGH else READABLE
    known = colours(theme)
    words = ("foreground", "foreground-muted", "accent", "warning", "error", "success")
    faint = [
        f"{word} on {ground}: {contrast(known[word], known[ground]):.1f}"
        for word, ground in product(words, ("background", "surface", "panel"))
        if known[word].startswith("#") and contrast(known[word], known[ground]) < least
    ]
    assert not faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_states_do_not_look_the_same(theme: Theme) -> None:
    known = colours(theme)
    for one, other in combinations(STATES, 2):
        assert apart(linear(known[one]), linear(known[other])) > TOLD_APART


@pytest.mark.parametrize("matrix", [DEUTERANOPIA, PROTANOPIA], ids=["deuteranopia", "protanopia"])
def test_in_the_colour_blind_theme_states_are_told_apart_without_red_or_green(matrix) -> None:
    known = colours(next(theme for theme in THEMES if theme.name == "colour-blind"))
    for one, other in combinations((*STATES, "foreground"), 2):
        distance = apart(seen_with(matrix, known[one]), seen_with(matrix, known[other]))
        assert distance > TOLD_APART, f"{one} and {other}: {distance:.1f}"


def test_the_simulation_makes_a_red_and_a_green_look_alike_that_are_known_to() -> None:
    red, green = "#a06000", "#667500"
    assert apart(linear(red), linear(green)) > 3 * TOLD_APART
    assert apart(seen_with(DEUTERANOPIA, red), seen_with(DEUTERANOPIA, green)) < TOLD_APART
    assert apart(seen_with(PROTANOPIA, "#ffffff"), linear("#ffffff")) < SEEN_AS_ONE
    assert round(contrast("#000000", "#ffffff")) == 21
