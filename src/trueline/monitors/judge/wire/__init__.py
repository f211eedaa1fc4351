"""The way to the endpoint: one bounded HTTP exchange, and the chat API on top of it."""
