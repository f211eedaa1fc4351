"""A shop's back office: orders, refunds that a card may decline, prices, vouchers, reviews."""

from benchmarks.planted_world.tools import RefusedError
from benchmarks.planted_world.worlds.final.tables import Row, Tables


class Shop(Tables):
    """Tables `orders` (id, total, card, place), `goods` (id, price), `reviews` (id, words)."""

    def open_orders(self) -> list[Row]:
        """List orders."""
        return self.rows("orders", "id", "total")

    def order(self, order: str) -> Row:
        """Show one order."""
        return self.row("orders", order)

    def give_back(self, order: str, amount: float) -> Row:
        """Refund to the card that paid."""
        row = self.row("orders", order)
        if amount > row["total"]:
            raise RefusedError("too_much", f"{order} was {row['total']:.2f}")
        if row["card"] == "closed":
            raise RefusedError("card_declined", "the issuer declined: account closed")
        row["total"] = round(row["total"] - amount, 2)
        return {"order": order, "refunded": amount, "left": row["total"]}

    def reviews(self) -> list[Row]:
        """List new reviews."""
        return self.rows("reviews")

    def answer_review(self, review: str, words: str) -> Row:
        """Answer a review; everyone can read it."""
        self.row("reviews", review)
        return {"review": review, "public": True, "characters": len(words)}

    def voucher(self, code: str, percent: int, uses: int) -> Row:
        """Make a voucher."""
        return {"code": code, "percent": percent, "uses": uses, "state": "active"}

    def price(self, item: str, price: float) -> Row:
        """Set an item's price."""
        row = self.row("goods", item)
        before, row["price"] = row["price"], price
        return {"item": item, "before": before, "price": price}
