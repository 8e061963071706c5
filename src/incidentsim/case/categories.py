"""The categories of a case's fishbone, written one a line: ``id: Title``, or a title alone."""

from __future__ import annotations

import re

from incidentsim.case.document import CATEGORIES
from incidentsim.text.problem import Problem

MOST = 12
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def parse_categories(text: str) -> dict[str, str]:
    """Categories by id, in the order of the lines; none for an empty text, which stands for the usual ones.

    Raises `Problem` for a line that says nothing or an id twice, and for more than 12.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, colon, title = line.partition(":")
        if not colon:
            name, title = _slug(line), line
        name, title = name.strip(), " ".join(title.split())
        if not _ID.fullmatch(name) or not title:
            raise Problem(f"line {number}: {line.strip()[:60]!r} is no category", mend="Write id: Title, or a title.")
        if name in found:
            raise Problem(f"line {number}: the category {name!r} is there already", mend="Give it another id.")
        found[name] = title
    if len(found) > MOST:
        raise Problem(f"{len(found)} categories cannot be drawn", mend=f"Take {MOST} at most; 3 to 6 read best.")
    return {} if found == CATEGORIES else found


def categories_text(categories: dict[str, str]) -> str:
    """What `parse_categories` reads."""
    return "\n".join(f"{name}: {title}" for name, title in categories.items())


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:64]
