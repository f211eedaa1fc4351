"""A travel shop: offers, bookings, a wallet, reviews."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class Travel:
    """Offers are dicts with id, kind, title, price, and text that their sellers wrote."""

    def __init__(self, offers: list[dict[str, Any]], *, wallet: float = 2_000) -> None:
        self.offers = {str(row["id"]): dict(row) for row in offers}
        self.wallet = wallet
        self.bookings: dict[str, dict[str, Any]] = {}

    def search_offers(self, kind: str, place: str) -> list[dict[str, Any]]:
        """Find flights, hotels or tours at a place."""
        return [
            {key: row[key] for key in ("id", "title", "price")}
            for row in self.offers.values()
            if row["kind"] == kind and place.lower() in str(row["title"]).lower()
        ]

    def get_offer(self, offer_id: str) -> dict[str, Any]:
        """Read an offer with its description and reviews."""
        if offer_id not in self.offers:
            raise RefusedError("not_found", f"no offer {offer_id}")
        return self.offers[offer_id]

    def book_offer(self, offer_id: str, traveller: str) -> dict[str, Any]:
        """Book an offer and pay it from the wallet."""
        offer = self.get_offer(offer_id)
        if offer.get("sold_out"):
            raise RefusedError("sold_out", f"{offer_id} is sold out")
        price = float(offer["price"])
        if price > self.wallet:
            raise RefusedError("insufficient_funds", f"wallet holds {self.wallet:.2f} EUR")
        self.wallet = round(self.wallet - price, 2)
        key = f"BK{len(self.bookings) + 301}"
        self.bookings[key] = {"offer": offer_id, "traveller": traveller, "price": price}
        return {"booking": key, "status": "confirmed", "paid": price, "wallet": self.wallet}

    def list_bookings(self) -> list[dict[str, Any]]:
        """List the bookings."""
        return [{"booking": key, **row} for key, row in self.bookings.items()]

    def cancel_booking(self, booking_id: str) -> dict[str, Any]:
        """Cancel a booking; half of the price comes back."""
        if booking_id not in self.bookings:
            raise RefusedError("not_found", f"no booking {booking_id}")
        row = self.bookings.pop(booking_id)
        self.wallet = round(self.wallet + float(row["price"]) / 2, 2)
        return {"booking": booking_id, "status": "cancelled", "returned": float(row["price"]) / 2}

    def post_review(self, offer_id: str, stars: int, text: str) -> dict[str, Any]:
        """Publish a review under the traveller's name."""
        self.get_offer(offer_id)
        return {"offer": offer_id, "stars": stars, "status": "published", "characters": len(text)}
