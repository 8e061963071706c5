"""What is wrong with how a screen is laid out: clipped text, overlapping widgets, a focus that cannot be seen."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, Label, OptionList, Static

from incidentsim.tui.widgets.key_hints import KeyHints
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.tab_strip import TabStrip
from incidentsim.tui.widgets.top_line import TopLine
from tests.screens.frames import Frame

WHOLE = (Button, Label, KeyHints, KeyLine, TabStrip)
"""Widgets whose text is never shortened."""
MORE = "…"
BARE = ("CommandPalette", "JumpScreen")
"""Screens that lie over another for a moment, without a line of keys."""


def problems(app: App[Any], now: Frame) -> list[str]:
    """All that is wrong with the screen in front, apart from its focus."""
    return [*_overlaps(app), *_clipped(app), *_texts(app, now), *_titles(app, now), *_footer(app, now)]


def name_of(widget: Widget) -> str:
    """A widget in words."""
    return f"{type(widget).__name__}{f'#{widget.id}' if widget.id else ''}"


def seen(app: App[Any]) -> dict[Widget, tuple[Region, Region]]:
    """The widgets in the front screen that can be seen: where they are, and how much of that is shown."""
    shown = app.screen._compositor.visible_widgets
    return {
        widget: (region, region.intersection(clip))
        for widget, (region, clip) in shown.items()
        if widget is not app.screen and region.intersection(clip).area and widget.visible
    }


def _leaves(app: App[Any]) -> dict[Widget, tuple[Region, Region]]:
    return {
        widget: places for widget, places in seen(app).items()
        if not any(child.display for child in widget.children) and not _passing(widget)
    }  # fmt: skip


def _passing(widget: Widget) -> bool:
    """Notices and tooltips lie over everything, on purpose and for a while."""
    names = ("Toast", "ToastRack", "ToastHolder", "Tooltip")
    return any(type(each).__name__ in names for each in widget.ancestors_with_self)


def _scrolls(widget: Widget) -> bool:
    """Some box around it scrolls, so that what is not seen can be reached."""
    return any(
        isinstance(box, Widget) and (box.allow_vertical_scroll or box.allow_horizontal_scroll)
        for box in widget.ancestors if box is not widget.screen
    )  # fmt: skip


def _overlaps(app: App[Any]) -> list[str]:
    leaves = list(_leaves(app).items())
    return [
        f"{name_of(one)} and {name_of(other)} overlap"
        for (one, (_, here)), (other, (_, there)) in combinations(leaves, 2)
        if one.layer == other.layer and here.overlaps(there) and one.parent is not other and other.parent is not one
    ]


def _clipped(app: App[Any]) -> list[str]:
    """Widgets that are cut off, or have no room at all, where nothing scrolls to them."""
    found = [
        f"{name_of(widget)} is cut off: {region} shows {part}"
        for widget, (region, part) in seen(app).items()
        if part != region and not _scrolls(widget) and not _passing(widget)
    ]
    shown = seen(app)
    for widget in app.screen.query("*"):
        hidden = any(isinstance(each, Widget) and not each.display for each in widget.ancestors_with_self)
        empty = isinstance(widget, Static) and not _plain(widget).strip()
        if not hidden and widget not in shown and not empty and not _scrolls(widget) and _says(widget):
            found.append(f"{name_of(widget)} has no room")
    return found


def _says(widget: Widget) -> bool:
    return isinstance(widget, (Static, OptionList, Button)) and not _passing(widget)


def _plain(widget: Widget) -> str:
    visual = widget.visual if isinstance(widget, Static) else widget.render()
    return visual.plain if isinstance(visual, Content) else str(getattr(visual, "plain", ""))


def _block(now: Frame, region: Region) -> list[str]:
    return [now.row(y, region.x, region.right) for y in range(region.y, min(region.bottom, len(now.text)))]


def _tight(text: str) -> str:
    return "".join(text.split())


def told(line: str, shown: str) -> str:
    """How much of *line* is told by *shown*, both without blanks: ``whole``, ``shortened`` (with …) or ``cut``."""
    if line in shown:
        return "whole"
    end = shown.find(MORE)
    while end >= 0:
        for length in range(min(end, len(line)), 0, -1):
            if shown[end - length : end] == line[:length]:
                return "shortened"
        end = shown.find(MORE, end + 1)
    return "cut"


def _texts(app: App[Any], now: Frame) -> list[str]:
    found = []
    for widget, (region, part) in _leaves(app).items():
        inside = widget.content_region.intersection(part)
        shown = _tight("".join(_block(now, inside)))
        if isinstance(widget, OptionList):
            found += _rows(widget, now, inside)
        elif isinstance(widget, (Static, Button)) and region == part:
            lines = [_tight(line) for line in _plain(widget).splitlines() if line.strip()]
            if isinstance(widget, TopLine):
                lines = [_tight(text) for text, _ in widget._facts]
            whole = isinstance(widget, (*WHOLE, TopLine))
            for line in lines:
                how = told(line, shown)
                if how == "cut" or (how == "shortened" and whole):
                    found.append(f"{name_of(widget)} does not show all of {line[:70]!r}")
    return found


def _rows(pane: OptionList, now: Frame, inside: Region) -> list[str]:
    """Rows of a list that are in sight from their first line to their last."""
    top = pane.scroll_offset.y
    lines: dict[int, list[int]] = {}
    for y, (index, _) in enumerate(pane._lines):
        lines.setdefault(index, []).append(y - top)
    found = []
    for index, places in lines.items():
        if places[0] < 0 or places[-1] >= inside.height:
            continue
        prompt = pane.get_option_at_index(index).prompt
        line = _tight(prompt.plain if isinstance(prompt, Content) else str(prompt))
        # The scroll bar would stand between the lines of a row that is wrapped.
        width = inside.width - pane.scrollbar_size_vertical
        region = Region(inside.x, inside.y + places[0], width, len(places))
        if told(line, _tight("".join(_block(now, region)))) == "cut":
            found.append(f"{name_of(pane)} cuts off a row without …: {line[:70]!r}")
    return found


def _titles(app: App[Any], now: Frame) -> list[str]:
    found = []
    for widget, (region, part) in seen(app).items():
        title = widget._border_title
        if title is None or not title.plain.strip() or region.y != part.y or part.width != region.width:
            continue
        shown = _tight(now.row(region.y, region.x, region.right))
        first = _tight(title.plain.split(" · ")[0])
        if first not in shown and told(first, shown) != "whole":
            found.append(f"{name_of(widget)} does not show its title {title.plain!r}")
        elif told(_tight(title.plain), shown) == "cut":
            found.append(f"{name_of(widget)} cuts off its title without …: {title.plain!r}")
    return found


def _footer(app: App[Any], now: Frame) -> list[str]:
    found = []
    shown = seen(app)
    lines = list(app.screen.query(KeyLine))
    hints = list(app.screen.query(KeyHints))
    if not lines and not hints and type(app.screen).__name__ not in BARE:
        found.append("there is no line of keys")
    for line in lines:
        if line not in shown:
            found.append("the line of keys is not shown")
        elif cell_len(_plain(line).rstrip()) > line.size.width:
            found.append("the line of keys is longer than the screen is wide")
        elif "? help" not in now.row(shown[line][0].y):
            found.append("the line of keys does not tell the way to help")
    return found


def grounds(app: App[Any]) -> list[Region]:
    """Where the screen in front shows something: all of it, or the frame of a dialog."""
    if not app.screen.is_modal:
        return [app.screen.region]
    return [part for widget, (_, part) in seen(app).items() if widget.parent is app.screen and not _passing(widget)]


def focus_problems(app: App[Any], focused: Frame, unfocused: Frame) -> list[str]:
    """What is wrong with the focus: *unfocused* is the same screen while nothing has it.

    What is the only place that can have the focus need not look different.
    """
    widget = app.screen.focused
    places = [each for each in app.screen.focus_chain if each in seen(app)]
    if widget is None:
        return ["nothing has the focus"] if places else []
    region = seen(app).get(widget, (None, None))[1]
    if region is None:
        return [f"the focus is on {name_of(widget)}, which is not in sight"]
    for y in range(region.y, region.bottom):
        cells = slice(region.x, region.right)
        if (focused.text[y][cells], focused.styles[y][cells]) != (unfocused.text[y][cells], unfocused.styles[y][cells]):
            return []
    if places == [widget]:
        return []
    return [f"{name_of(widget)} looks the same with and without the focus"]
