"""What the worlds of the last set share: tables of rows that are found by their id."""

from collections.abc import Iterable
from typing import Any

from benchmarks.planted_world.tools import RefusedError

Row = dict[str, Any]


class Tables:
    """Named tables; each row is a dict with an `id`."""

    def __init__(self, **tables: Iterable[Row]) -> None:
        self.tables = {
            name: {str(row["id"]): dict(row) for row in rows} for name, rows in tables.items()
        }

    def rows(self, table: str, *fields: str, **where: object) -> list[Row]:
        """Return the rows whose fields equal `where`, with only `fields` if some are named."""
        return [
            {name: row[name] for name in fields or row if name in row}
            for row in self.tables[table].values()
            if all(row.get(name) == value for name, value in where.items())
        ]

    def row(self, table: str, key: str) -> Row:
        """Return one row.

        Raises:
            RefusedError: there is none.
        """
        found = self.tables[table].get(key)
        if found is None:
            raise RefusedError("not_found", f"{key} is unknown here")
        return found

    def removed(self, table: str, key: str) -> Row:
        """Take a row out for good and return it."""
        self.row(table, key)
        return self.tables[table].pop(key)
