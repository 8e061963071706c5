"""Each place in each size and theme: it looks as was accepted, nothing is clipped or overlaps, the focus is seen.

``make snapshots`` accepts what the places look like now. ``INCIDENTSIM_ALL_LOOKS=1`` looks at every size in every theme.
"""

from __future__ import annotations

import os
from itertools import product

import pytest

from tests.screens.fitting import told
from tests.screens.frames import ACCEPTED, Frame, accept, differences, load
from tests.screens.places import PLACES, Place
from tests.screens.staging import SIZES, THEME_NAMES
from tests.screens.walk import all_of, look_at, name, pairs

ALL = "INCIDENTSIM_ALL_LOOKS" in os.environ
ACCEPT = "INCIDENTSIM_ACCEPT_LOOKS" in os.environ


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_fits_every_screen_and_looks_as_was_accepted(place: Place) -> None:
    chosen = [name(*each) for each in pairs(place)]
    looks = look_at(place, all_of(place) if ALL else pairs(place))
    frames = {look: looks.frames[look] for look in chosen}
    if ACCEPT:
        accept(place.name, frames)
    accepted = load(place.name)
    changed = [
        f"{place.name} {look}: {each}"
        for look in chosen
        for each in (
            differences(accepted[look].within(looks.dialogs[look]), frames[look].within(looks.dialogs[look]))
            if look in accepted
            else ["was never accepted"]
        )
    ]
    if looks.wrong or changed:
        how = ["", "Where this is as it should be: make snapshots"] if changed else []
        pytest.fail("\n".join([*looks.wrong, *changed, *how]), pytrace=False)


def test_over_all_places_each_two_of_place_size_and_theme_meet() -> None:
    met = {(place.name, size, theme) for place in PLACES for size, theme in pairs(place)}
    assert {(place, size) for place, size, _ in met} == set(product([each.name for each in PLACES], SIZES))
    assert {(place, theme) for place, _, theme in met} == set(product([each.name for each in PLACES], THEME_NAMES))
    assert {(size, theme) for _, size, theme in met} == set(product(SIZES, THEME_NAMES))


def test_nothing_is_accepted_for_a_place_that_is_gone() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)
    assert {file.name.removesuffix(".json.gz") for file in ACCEPTED.glob("*")} <= {place.name for place in PLACES}


def test_a_difference_is_told_by_row_text_and_style() -> None:
    was = Frame(("ab ", "cd "), (("x", "x", ""), ("y", "y", "")))
    assert differences(was, Frame.unpacked(was.packed())) == []
    assert "row 0 from cell 1" in differences(was, Frame(("aX ", "cd "), was.styles))[0]
    (told_style,) = differences(was, Frame(was.text, (was.styles[0], ("y", "bold", ""))))
    assert "row 1, 1 cells from 1" in told_style
    assert "bold" in told_style


@pytest.mark.parametrize(
    ("shown", "how"), [("│abcdef│", "whole"), ("│abc…│", "shortened"), ("│abcd│", "cut"), ("…abcd", "cut")]
)
def test_text_is_whole_or_ends_in_a_sign_that_there_is_more(shown: str, how: str) -> None:
    assert told("abcdef", shown) == how
