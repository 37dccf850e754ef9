"""The way out to the web: names to numbers, and a connection to one number. Tests put a small web of their own here."""

import queue
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True)
class Proxy:
    """A proxy for HTTP that opens tunnels; `credentials` are "name:password" or empty."""

    host: str
    port: int
    credentials: str = ""

    @classmethod
    def parse(cls, address: str) -> "Proxy":
        parts = urlsplit(address)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError("FETCH_PROXY must look like http://proxy.example.org:3128")
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
        return cls(parts.hostname, parts.port or 3128, credentials)


@dataclass(frozen=True)
class Network:
    """`resolve` gives every IP of a name; `connect` opens a connection to one IP (or to the proxy) and port."""

    resolve: Resolve
    connect: Connect
    trust: ssl.SSLContext
    proxy: Proxy | None = None


def the_web() -> Network:
    proxy = Proxy.parse(settings.FETCH_PROXY) if settings.FETCH_PROXY else None
    return Network(_resolve, _connect, ssl.create_default_context(), proxy)


def resolved(network: Network, host: str, port: int, seconds: float) -> list[str]:
    """Every IP of the name; none where there is no such name. Raises TimeoutError.

    The system's resolver cannot be told to hurry, so it works in a thread that nobody waits for longer than that.
    """
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(network.resolve(host, port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        return answers.get(timeout=max(seconds, 0))
    except queue.Empty as error:
        raise TimeoutError from error


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_rest, address in found))


def _connect(host: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((host, port), timeout=seconds)
