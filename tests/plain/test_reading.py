"""Documents as lines, signals in words, and what starting costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from incidentsim.plain.plots import slope
from incidentsim.plain.reading import lines_of, steps_of

MARKDOWN = """# A title

One *paragraph* of
two lines, `code` and **bold**.[^1]

- first
- **second.** more

| what | when | who |
|---|---:|---|
| a | 1 | x \\| y |
| b |  | z |

```
raw  text
```
1. do this
2. then `that`
<a id="e"></a>
[E-0001]: #e-0001
"""


def test_markdown_is_lines_without_signs_and_rows_name_their_columns():
    assert lines_of(MARKDOWN) == [
        "A title",
        "One paragraph of two lines, code and bold.[^1]",
        "first",
        "second. more",
        "a: when 1; who x | y",
        "b: who z",
        "raw  text",
        "1. do this",
        "2. then that ",
    ]
    assert steps_of(MARKDOWN) == ["do this", "then that"]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([1.0], "steady"),
        ([5.0, 5.0, 5.0], "steady"),
        ([100.0, 100.5, 100.2, 100.1], "steady"),
        ([1.0, 2.0, 3.0, 4.0], "rising"),
        ([9.0, 5.0, 2.0], "falling"),
        ([1.0, 9.0, 1.0, 9.0, 1.0, 9.0, 1.0], "up and down"),
    ],
)
def test_a_slope_is_a_word(values, word):
    assert slope(values) == word


def test_playing_by_lines_imports_neither_the_screens_nor_what_only_the_debrief_needs():
    script = (
        "import io, sys\n"
        "from incidentsim.plain.starting import run\n"
        "typed = io.StringIO('1\\n\\nstatus\\nlog 3\\nsignals\\nwait\\nquit\\n')\n"
        "run('inc-2024-0312', source=typed, sink=io.StringIO())\n"
        "print([name for name in ('textual', 'rich', 'pandas', 'networkx') if name in sys.modules])\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
