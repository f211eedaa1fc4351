"""How hosts show files and changes: numbered lines and hunks."""

import difflib
from typing import Any


def numbered(content: str) -> str:
    """Return `content` with line numbers, as the reading tool shows it."""
    lines = content.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return "\n".join(f"{index:>6}→{line}" for index, line in enumerate(lines, 1))


def hunks(before: str, after: str) -> list[dict[str, Any]]:
    """Return the structured patch from `before` to `after`, three lines of context."""
    old, new = before.splitlines(), after.splitlines()
    found: list[dict[str, Any]] = []
    for group in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(3):
        lines: list[str] = []
        for tag, a1, a2, b1, b2 in group:
            if tag == "equal":
                lines += [" " + line for line in old[a1:a2]]
            else:
                lines += ["-" + line for line in old[a1:a2]]
                lines += ["+" + line for line in new[b1:b2]]
        first, last = group[0], group[-1]
        found.append(
            {
                "oldStart": first[1] + 1,
                "oldLines": last[2] - first[1],
                "newStart": first[3] + 1,
                "newLines": last[4] - first[3],
                "lines": lines,
            }
        )
    return found
