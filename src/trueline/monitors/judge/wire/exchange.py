"""One HTTP exchange with a host that may do anything: slow, endless, or somewhere else.

The standard library's `http.client` is what is needed and nothing beyond: it follows no
redirects, reads no proxies from the environment, unpacks nothing, and keeps no cookies.  The
reasons stand in docs/decisions/0008-judge-http.md.

**Covers** connections that never stand, hosts that send nothing or a byte at a time (one
deadline for the whole exchange, TLS handshake and headers included), bodies without end,
compressed bodies, redirects, wrong content types, certificates that do not fit.
**Does not cover** the time that the system takes to resolve a name.
"""

import http.client
import socket
import ssl
import time
from typing import Any, Final

from msgspec import Struct

from trueline.core.display import one_line
from trueline.errors import JudgeError
from trueline.monitors.judge.settings import Target

MAX_BODY: Final = 4 * 1024 * 1024
"""Bytes of an answer beyond which nothing is read; real ones take a few thousand."""

_JSON_TYPES: Final = ("application/json", "application/problem+json")


class UnreachedError(JudgeError):
    """The exchange broke off; another attempt may do better."""


class NotSentError(UnreachedError):
    """No connection stood, so nothing was sent and nothing can be charged."""


class ClosedError(JudgeError):
    """No further question will be answered: the key, the model or the place is wrong."""


class Answer(Struct, frozen=True):
    """What came back.

    Attributes:
        status: the HTTP status.
        body: as sent, at most `MAX_BODY` bytes.
        content_type: without its parameters, in lower case.
        retry_after: the header, empty if there is none.
    """

    status: int
    body: bytes
    content_type: str
    retry_after: str


class _Deadline:
    """When the exchange must be over, by the monotonic clock."""

    def __init__(self, limit_s: float) -> None:
        self._end = time.monotonic() + limit_s

    def left_s(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class _BoundedSocket(socket.socket):
    """A socket of which every operation ends at the deadline."""

    deadline: _Deadline

    def recv_into(self, *args: Any, **named: Any) -> int:
        self.settimeout(self.deadline.left_s())
        return super().recv_into(*args, **named)

    def sendall(self, *args: Any, **named: Any) -> None:
        self.settimeout(self.deadline.left_s())
        super().sendall(*args, **named)


class _BoundedTLSSocket(ssl.SSLSocket):
    """The same with TLS; `sendall` is a loop over `send`."""

    deadline: _Deadline

    def recv_into(self, *args: Any, **named: Any) -> int:
        self.settimeout(self.deadline.left_s())
        return super().recv_into(*args, **named)

    def send(self, *args: Any, **named: Any) -> int:
        self.settimeout(self.deadline.left_s())
        return super().send(*args, **named)


class _Connection(http.client.HTTPConnection):
    """A connection over a socket that ends at the deadline."""

    def __init__(self, target: Target, connect_timeout_s: float, deadline: _Deadline) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._connect_timeout_s = connect_timeout_s
        self._deadline = deadline

    def connect(self) -> None:
        """Connect to the first address that answers, and encrypt where asked."""
        plain = self._connected()
        if not self._target.is_tls:
            self.sock = plain
            return
        context = ssl.create_default_context()
        context.sslsocket_class = _BoundedTLSSocket
        try:
            plain.settimeout(self._deadline.left_s())
            wrapped = context.wrap_socket(
                plain, server_hostname=self._target.host, do_handshake_on_connect=False
            )
        except BaseException:
            plain.close()
            raise
        assert isinstance(wrapped, _BoundedTLSSocket), "the context makes sockets of this class"
        wrapped.deadline = self._deadline
        self.sock = wrapped
        wrapped.do_handshake()

    def _connected(self) -> _BoundedSocket:
        target = self._target
        failure: OSError = OSError("the name has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(
            target.host, target.port, type=socket.SOCK_STREAM
        ):
            found = _BoundedSocket(family, kind, protocol)
            try:
                found.deadline = self._deadline
                found.settimeout(min(self._connect_timeout_s, self._deadline.left_s()))
                found.connect(address)
            except OSError as error:
                found.close()
                failure = error
            else:
                return found
        raise failure


def post(
    target: Target,
    body: bytes,
    headers: dict[str, str],
    *,
    connect_timeout_s: float,
    timeout_s: float,
) -> Answer:
    """Send `body` and return what comes back, whatever its status.

    Args:
        target: where to.
        body: JSON.
        headers: beyond the usual ones.
        connect_timeout_s: for each address of the host.
        timeout_s: for all of it.

    Raises:
        NotSentError: no connection.
        UnreachedError: no whole answer, or not in time.
        ClosedError: a redirect, or a certificate that does not hold.
        JudgeError: a body that is too large or packed.
    """
    connection = _Connection(target, connect_timeout_s, _Deadline(timeout_s))
    failed = NotSentError
    try:
        connection.connect()
        failed = UnreachedError
        connection.request("POST", target.path, body, {**_HEADERS, **headers})
        response = connection.getresponse()
        return _read(response, target)
    except TimeoutError as error:
        what = "no connection in time" if failed is NotSentError else "no whole answer in time"
        raise failed(
            f"{target.shown}: {what} ({connect_timeout_s:g} s, {timeout_s:g} s in all)"
        ) from error
    except ssl.SSLCertVerificationError as error:
        reason = one_line(error.verify_message, 200)
        raise ClosedError(f"{target.shown}: its certificate does not hold: {reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        words = one_line(f"{type(error).__name__}: {error}", 300)
        raise failed(f"{target.shown}: {words}") from error
    finally:
        connection.close()


_HEADERS: Final = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "Content-Type": "application/json",
    "User-Agent": "trueline-judge",
}


def _read(response: http.client.HTTPResponse, target: Target) -> Answer:
    if 300 <= response.status < 400:
        raise ClosedError(
            f"{target.shown}: HTTP {response.status}: it sends the record on to another place, "
            "which nobody named; name the final URL"
        )
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("", "identity"):
        raise JudgeError(
            f"{target.shown}: the answer is packed ({one_line(packing, 40)}) though plain was asked"
        )
    body = response.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise JudgeError(f"{target.shown}: the answer is larger than {MAX_BODY} bytes")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(response.status, body, kind, response.headers.get("Retry-After", "").strip())


def is_json(answer: Answer) -> bool:
    """Return whether an answer says that it is JSON."""
    return answer.content_type in _JSON_TYPES
