"""Changes whose text the call itself does not show, worked out from the rest of the record."""
