"""What every test may use: the shared data folder where there is one, and a scripted endpoint."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real sessions and labelled sets that are not part of the project; skip without them."""
    if not SHARED.is_dir():
        pytest.skip("no shared data folder beside the checkout")
    return SHARED


class Exchange:
    """One request as an endpoint got it, and the way to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, released: threading.Event) -> None:
        self._handler = handler
        self._released = released
        size = int(handler.headers.get("Content-Length", "0"))
        self.path = handler.path
        self.headers = dict(handler.headers)
        self.body: dict[str, Any] = json.loads(handler.rfile.read(size))

    @property
    def user(self) -> str:
        """The user's message."""
        return self.body["messages"][1]["content"]

    def codes(self) -> tuple[str, str]:
        """Return the codes that stand before and after the record."""
        opening = self.user.split("the opening code is ", 1)[1].split(".", 1)[0]
        return opening, self.user.rsplit("the closing code is ", 1)[1].strip()

    def content(self, *observations: dict[str, Any], **changed: Any) -> str:
        """Return the text of a good answer, with fields changed."""
        opening, closing = self.codes()
        said = {
            "opening": opening,
            "closing": closing,
            "analysis": "Read.",
            "observations": list(observations),
        }
        return json.dumps(said | changed)

    def answer(
        self,
        content: str | None,
        *,
        finish_reason: str = "stop",
        usage: dict[str, int] | None = None,
        refusal: str | None = None,
    ) -> None:
        """Send a chat completion."""
        message = {"role": "assistant", "content": content, "refusal": refusal}
        choice = {"index": 0, "message": message, "finish_reason": finish_reason}
        used = {"prompt_tokens": 5_000, "completion_tokens": 50} if usage is None else usage
        self.send(json.dumps({"object": "chat.completion", "choices": [choice], "usage": used}))

    def send(
        self,
        body: str | bytes,
        *,
        status: int = 200,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send anything."""
        data = body.encode() if isinstance(body, str) else body
        self._handler.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}
        for name, value in sent.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.wfile.write(data)

    def send_raw(self, data: bytes) -> None:
        """Send bytes that need not be HTTP."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def stall(self, seconds: float) -> bool:
        """Wait until the test is over or so many seconds are; return whether the test is over."""
        return self._released.wait(seconds)


class Endpoint:
    """A real server on loopback that follows a script, its last line again and again."""

    def __init__(self) -> None:
        self.script: list[Callable[[Exchange], None]] = [lambda it: it.answer(it.content())]
        self.requests: list[Exchange] = []
        self._released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                got = Exchange(self, outer._released)
                outer.requests.append(got)
                line = outer.script[min(len(outer.requests), len(outer.script)) - 1]
                try:
                    line(got)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that has enough goes away

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        """End it and every request that stalls."""
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A chat endpoint on loopback; a test writes its `script`."""
    made = Endpoint()
    yield made
    made.close()


@pytest.fixture
def free_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]
