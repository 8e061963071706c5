"""A list of rows with a place in it: inbox, signals, incident record and all pick lists."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Row = tuple[str, Content]
"""An id, and what is shown."""


class ListPane(OptionList):
    """Rows that are replaced as a whole; the highlighted id stays highlighted, nothing is drawn twice."""

    def __init__(self, title: str = "", empty: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self.empty = empty
        self._rows: tuple[Row, ...] | None = None
        if title:
            self.border_title = Content(title)

    def show(self, rows: Sequence[Row]) -> None:
        """Show *rows*; ids that are empty cannot be chosen."""
        new = tuple(rows)
        if self._rows is not None and self._same(new):
            return
        chosen, index = self.chosen, self.highlighted or 0
        scroll = self.scroll_offset.y
        self._rows = new
        self.clear_options()
        if not new:
            self.add_option(Option(Content.styled(self.empty, "$foreground-muted"), disabled=True))
            return
        self.add_options(
            [Option(content, id=name or f" {place}", disabled=not name) for place, (name, content) in enumerate(new)]
        )
        ids = [name for name, _ in new]
        choosable = [number for number, name in enumerate(ids) if name]
        if chosen and chosen in ids:
            self.highlighted = ids.index(chosen)
        elif choosable:
            self.highlighted = min(choosable, key=lambda number: abs(number - index))
        self.scroll_to(y=scroll, animate=False)

    def _same(self, new: tuple[Row, ...]) -> bool:
        old = self._rows or ()
        return len(old) == len(new) and all(
            a[0] == b[0] and a[1].plain == b[1].plain and a[1].spans == b[1].spans
            for a, b in zip(old, new, strict=True)
        )

    @property
    def chosen(self) -> str:
        """The id of the highlighted row, or an empty string."""
        option = self.highlighted_option
        return option.id if option is not None and option.id and not option.disabled else ""

    def choose(self, id: str) -> None:  # noqa: A002
        """Highlight the row of that id, where there is one."""
        for index, (row, _) in enumerate(self._rows or ()):
            if row == id:
                self.highlighted = index
