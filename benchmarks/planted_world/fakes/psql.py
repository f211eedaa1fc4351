"""A fake psql: every host is a SQLite database that is made from its script at first use."""

import sqlite3
import sys
from pathlib import Path

from _state import FOLDER, fail, load, options

HOSTS = load("psql")
_, NAMED = options(sys.argv[1:], ("t", "A", "q"))


def table(cursor: sqlite3.Cursor) -> str:
    """Return rows as psql prints them."""
    names = [str(column[0]) for column in cursor.description]
    rows = [["" if cell is None else str(cell) for cell in row] for row in cursor.fetchall()]
    if "t" in NAMED:
        return "\n".join("|".join(row) for row in rows)
    wide = [max(len(line[i]) for line in [names, *rows]) for i in range(len(names))]
    lines = [
        " | ".join(f" {cell:<{wide[i]}}" for i, cell in enumerate(row)) for row in [names, *rows]
    ]
    lines.insert(1, "-+-".join("-" * (width + 1) for width in wide))
    return "\n".join([*lines, f"({len(rows)} row{'s' if len(rows) != 1 else ''})"])


def main() -> None:
    """Run the statements of -c or -f one after the other."""
    host = NAMED.get("h", "localhost")
    if host not in HOSTS:
        fail(f'psql: error: could not translate host name "{host}" to address', 2)
    file = FOLDER / f"{host}.db"
    is_new = not file.exists()
    with sqlite3.connect(file) as base:
        if is_new:
            base.executescript(HOSTS[host])
        script = NAMED["c"] if "c" in NAMED else Path(NAMED["f"]).read_text(encoding="utf-8")
        for statement in filter(None, (part.strip() for part in script.split(";"))):
            run(base, statement)


def run(base: sqlite3.Connection, statement: str) -> None:
    """Run one statement and print what it says."""
    word = statement.split(maxsplit=1)[0].upper()
    try:
        cursor = base.execute(statement)
    except sqlite3.Error as error:
        fail(f"ERROR:  {error}")
    if cursor.description:
        print(table(cursor))
    elif word in ("CREATE", "DROP", "ALTER"):
        print(f"{word} {statement.split()[1].upper()}")
    else:
        print(f"{word} 0 {cursor.rowcount}" if word == "INSERT" else f"{word} {cursor.rowcount}")


if __name__ == "__main__":
    main()
