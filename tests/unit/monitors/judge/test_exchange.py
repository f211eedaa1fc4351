"""One HTTP exchange with servers that misbehave, real ones on loopback."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from trueline.errors import JudgeError
from trueline.monitors.judge.settings import JudgeSettings, Target, check
from trueline.monitors.judge.wire import exchange
from trueline.monitors.judge.wire.exchange import (
    Answer,
    ClosedError,
    NotSentError,
    UnreachedError,
    post,
)


class Endpoint(Protocol):
    """The scripted endpoint of `tests/conftest.py`."""

    url: str
    script: list[Callable[[Any], Any]]
    requests: list[Any]


def target_of(url: str) -> Target:
    """Return the target at a URL."""
    return check(JudgeSettings(endpoint=url, model="m"))


def sent(target: Target, *, timeout_s: float = 30.0, connect_timeout_s: float = 10.0) -> Answer:
    """Send an empty object."""
    return post(target, b"{}", {}, connect_timeout_s=connect_timeout_s, timeout_s=timeout_s)


@contextmanager
def raw_server(serve: Callable[[socket.socket, threading.Event], object]) -> Generator[Target]:
    """A server below HTTP: `serve` gets each connection and an event that ends it."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.02)

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                try:
                    serve(connection, over)
                except OSError:
                    continue

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield target_of(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
    finally:
        over.set()
        thread.join()
        listening.close()


def test_an_answer_comes_back_whole(endpoint: Endpoint) -> None:
    """Status, body and type; the request asks for plain JSON and closes."""
    endpoint.script = [lambda it: it.send('{"a": 1}', kind="application/json; charset=utf-8")]
    answer = sent(target_of(endpoint.url))
    assert (answer.status, answer.body, answer.content_type) == (
        200,
        b'{"a": 1}',
        "application/json",
    )
    headers = endpoint.requests[0].headers
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Connection"] == "close"
    assert endpoint.requests[0].path == "/v1/chat/completions"
    assert "Authorization" not in headers


def test_chunked_answers_are_read(endpoint: Endpoint) -> None:
    """Some servers do not know the size beforehand."""
    endpoint.script = [
        lambda it: it.send_raw(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
        )
    ]
    assert sent(target_of(endpoint.url)).body == b"{}"


def test_proxies_of_the_environment_are_not_used(
    endpoint: Endpoint, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record goes to the place that was named and through no other."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port}")
    endpoint.script = [lambda it: it.send("{}")]
    assert sent(target_of(endpoint.url)).status == 200


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("where", ["http://evil.example/v1", "/v2/chat/completions", ""])
def test_redirects_are_refused(endpoint: Endpoint, status: int, where: str) -> None:
    """Nobody named the other place, not even on the same host."""
    endpoint.script = [lambda it: it.send("", status=status, headers={"Location": where})]
    with pytest.raises(ClosedError, match="another place"):
        sent(target_of(endpoint.url))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "GZIP"])
def test_packed_answers_are_refused_unread(endpoint: Endpoint, packing: str) -> None:
    """A bomb is never unpacked."""
    bomb = gzip.compress(b"0" * 50_000_000, 1)
    endpoint.script = [lambda it: it.send(bomb, headers={"Content-Encoding": packing})]
    before = time.process_time()
    with pytest.raises(JudgeError, match="packed"):
        sent(target_of(endpoint.url))
    assert time.process_time() - before < 2.0


def test_a_body_without_end_is_refused(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops at the limit, also where no size was told."""
    monkeypatch.setattr(exchange, "MAX_BODY", 10_000)

    def endless(it: Any) -> None:
        it.send_raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not it.stall(0.0):
            it.send_raw(b"[" * 4_096)

    endpoint.script = [endless]
    with pytest.raises(JudgeError, match="larger than 10000 bytes"):
        sent(target_of(endpoint.url))


def test_a_size_that_is_a_lie_does_not_fill_the_memory(endpoint: Endpoint) -> None:
    """A declared terabyte is not reserved; what is missing is missing."""
    endpoint.script = [lambda it: it.send("{}", headers={"Content-Length": "1000000000000"})]
    assert sent(target_of(endpoint.url)).body == b"{}"


def test_a_server_that_hangs_ends_at_the_deadline(endpoint: Endpoint) -> None:
    """No byte ever comes."""
    endpoint.script = [lambda it: it.stall(30.0)]
    before = time.monotonic()
    with pytest.raises(UnreachedError, match="no whole answer in time"):
        sent(target_of(endpoint.url), timeout_s=0.3)
    assert time.monotonic() - before < 3.0


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["body", "header", "status", "chunk"],
)
def test_a_server_that_drips_ends_at_the_deadline(endpoint: Endpoint, start: bytes) -> None:
    """A byte now and then keeps no exchange alive, wherever it drips."""

    def drip(it: Any) -> None:
        it.send_raw(start)
        while not it.stall(0.02):
            it.send_raw(b"1")

    endpoint.script = [drip]
    before = time.monotonic()
    with pytest.raises(UnreachedError, match="in time"):
        sent(target_of(endpoint.url), timeout_s=0.4)
    assert time.monotonic() - before < 3.0


def test_continuations_without_end_end_at_the_deadline(endpoint: Endpoint) -> None:
    """`100 Continue` again and again is a way to hang too."""

    def again(it: Any) -> None:
        while not it.stall(0.01):
            it.send_raw(b"HTTP/1.1 100 Continue\r\n\r\n")

    endpoint.script = [again]
    with pytest.raises(UnreachedError, match="in time"):
        sent(target_of(endpoint.url), timeout_s=0.4)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x00",
    ],
    ids=["nothing", "garbage", "status", "headers", "header", "chunk", "tls"],
)
def test_what_is_no_http_is_a_failure(endpoint: Endpoint, answer: bytes) -> None:
    """Broken answers raise what callers expect and nothing else."""

    def broken(it: Any) -> None:
        it.send_raw(answer)
        it._handler.close_connection = True

    endpoint.script = [broken]
    with pytest.raises(UnreachedError):
        sent(target_of(endpoint.url))


def test_where_nothing_listens_nothing_is_sent(free_port: int) -> None:
    """The failure says that nothing left the machine."""
    with pytest.raises(NotSentError, match=f"127.0.0.1:{free_port}"):
        sent(target_of(f"http://127.0.0.1:{free_port}/v1"))


def test_a_reader_that_never_reads_ends_at_the_deadline() -> None:
    """Sending has the same deadline as receiving."""
    with (
        raw_server(lambda connection, over: bool(over.wait())) as target,
        pytest.raises(UnreachedError, match="in time"),
    ):
        post(target, b"0" * 50_000_000, {}, connect_timeout_s=1.0, timeout_s=0.4)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, made now."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("making a certificate needs the openssl program")
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    key, cert = made.with_name("key.pem"), made.with_name("cert.pem")
    subprocess.run(
        [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key),
         "-out", str(cert)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    made.write_text(key.read_text() + cert.read_text())
    return made


@contextmanager
def tls_server(certificate: Path, answer: bytes) -> Generator[Target]:
    """A server that speaks TLS and answers the same to everybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(connection: socket.socket, over: threading.Event) -> None:
        connection.settimeout(3.0)
        with context.wrap_socket(connection, server_side=True) as safe:
            got = b""
            while not got.endswith(b"{}"):
                got += safe.recv(65_536)
            safe.sendall(answer)

    with raw_server(serve) as target:
        yield Target(target.host, target.port, target.path, is_tls=True)


def test_tls_works_with_a_certificate_that_the_system_trusts(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trust store is the system's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with tls_server(certificate, answer) as target:
        assert sent(target).body == b"{}"


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    """Before a byte of the record is sent."""
    with tls_server(certificate, b"") as target, pytest.raises(ClosedError, match="certificate"):
        sent(target)


def test_a_handshake_that_never_ends_ends_at_the_deadline() -> None:
    """A server that says nothing to the greeting holds nobody up."""
    with raw_server(lambda connection, over: bool(over.wait())) as target:
        silent = Target(target.host, target.port, target.path, is_tls=True)
        before = time.monotonic()
        with pytest.raises(NotSentError, match="no connection in time"):
            sent(silent, timeout_s=0.3)
        assert time.monotonic() - before < 3.0
