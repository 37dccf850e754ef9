"""A small web on this machine, whose servers seem to stand at public addresses.

Only the way out is put in place of the real one; what is checked, and how, is the program's own.
"""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from caseapp.library.fetching.network import Network, Proxy

PUBLIC = "93.184.216.34"
Handler = Callable[[socket.socket, str], None]


def sending(*pieces: bytes) -> Handler:
    """Answers whatever is asked with these bytes."""

    def answer(connection: socket.socket, _request: str) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return answer


def page(body: bytes, *headers: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@dataclass
class Web:
    """`handler` answers every request; `requests` are those that came; `names` are known beside any other name."""

    trust: ssl.SSLContext
    handler: Handler = field(default_factory=lambda: sending(b""))
    requests: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    proxy: Proxy | None = None
    tunnels: bool = False
    greeting: Handler | None = None  # said before anything is asked
    port: int = 0

    @property
    def network(self) -> Network:
        return Network(self._resolve, self._connect, self.trust, self.proxy)

    def _resolve(self, host: str, _port: int) -> list[str]:
        return self.names.get(host, [PUBLIC])

    def _connect(self, host: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((host, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(5)
                if self.greeting:
                    self.greeting(connection, "")
                if self.tunnels:
                    self.requests.append(_head(connection))
                    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as stream:
                    request = _head(stream)
                    self.requests.append(request)
                    self.handler(stream, request)
            except OSError:
                pass  # the fetcher had enough


def _head(connection: socket.socket) -> str:
    received = b""
    while b"\r\n\r\n" not in received and (piece := connection.recv(65536)):
        received += piece
    return received.decode()


@pytest.fixture
def web():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        world = Web(trust=ssl.create_default_context(), port=listener.getsockname()[1])
        over = threading.Event()

        def accept() -> None:
            while True:
                connection, _peer = listener.accept()
                if over.is_set():
                    connection.close()
                    return
                threading.Thread(target=world.serve, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=accept)
        thread.start()
        yield world
        over.set()
        socket.create_connection(listener.getsockname()).close()
        thread.join()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The key and certificate of herald.example, which vouches for itself."""
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=herald.example", "-addext", "subjectAltName=DNS:herald.example",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate


@pytest.fixture
def secure_web(web, certificate):
    key, own = certificate
    web.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    web.tls.load_cert_chain(own, key)
    web.trust = ssl.create_default_context(cafile=own)
    return web
