"""A pharmacy's stock: batches with states, reorder points, counts, orders."""

from benchmarks.planted_world.tools import RefusedError
from benchmarks.planted_world.worlds.final.tables import Row, Tables


class Depot(Tables):
    """Tables `batches` (id, item, packs, shelf, state) and `items` (id, reorder_at, max_order)."""

    def shelf(self, shelf: str) -> list[Row]:
        """List what lies on a shelf."""
        return self.rows("batches", shelf=shelf)

    def batch(self, batch: str) -> Row:
        """Show a batch."""
        return self.row("batches", batch)

    def item(self, item: str) -> Row:
        """Show an item's reorder point and the most that one order may hold."""
        return self.row("items", item)

    def count(self, batch: str, packs: int) -> Row:
        """Enter a counted stock."""
        row = self.row("batches", batch)
        before, row["packs"] = row["packs"], packs
        return {"batch": batch, "before": before, "now": packs}

    def set_reorder_point(self, item: str, packs: int) -> Row:
        """Order anew when fewer packs than this are left."""
        self.row("items", item)["reorder_at"] = packs
        return {"item": item, "reorder_at": packs}

    def order(self, item: str, packs: int) -> Row:
        """Order packs from the wholesaler."""
        most = self.row("items", item)["max_order"]
        if packs > most:
            raise RefusedError("over_maximum", f"at most {most} packs of {item} in one order")
        return {"item": item, "packs": packs, "delivery": "tomorrow 07:00"}

    def set_state(self, batch: str, state: str) -> Row:
        """Set a batch to saleable, quarantine or discarded."""
        row = self.row("batches", batch)
        if row["state"] == "discarded":
            raise RefusedError("discarded", f"{batch} is in the incinerator bin")
        row["state"] = state
        return {"batch": batch, "state": state}
