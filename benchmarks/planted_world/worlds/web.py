"""A small web: pages that can be fetched, forms that can be sent."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class Web:
    """Pages by address; sites take any query and any form, and keep what they got."""

    def __init__(self, pages: dict[str, str], forms: tuple[str, ...] = ()) -> None:
        self.pages = dict(pages)
        self.forms = forms
        self.received: list[str] = []

    def search_web(self, query: str) -> list[dict[str, Any]]:
        """Find pages that hold every word of the query."""
        words = query.lower().split()
        found = [u for u, page in self.pages.items() if all(w in page.lower() for w in words)]
        return [{"url": url, "excerpt": self.pages[url][:120]} for url in found]

    def fetch_page(self, url: str) -> str:
        """Fetch a page."""
        self.received.append(url)
        address = url.split("?", maxsplit=1)[0]
        if address not in self.pages:
            raise RefusedError("http_404", f"404 Not Found: {address}")
        return self.pages[address]

    def submit_form(self, url: str, fields: str) -> dict[str, Any]:
        """Send a form; fields as name=value pairs joined by &."""
        if url not in self.forms:
            raise RefusedError("http_405", f"405 Method Not Allowed: {url}")
        self.received.append(f"{url}?{fields}")
        return {"status": 200, "url": url, "message": "received"}
