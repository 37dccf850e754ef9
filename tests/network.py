"""The network is shut in tests, except to this machine itself."""

import ipaddress
import sys


class NetworkIsShutError(RuntimeError):
    """A test tried to reach another machine."""


def _is_this_machine(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, arguments: tuple) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if not isinstance(address, tuple):  # a socket of this machine's file system
            return
        host = address[0]
    else:
        return
    if not _is_this_machine(host):
        raise NetworkIsShutError(f"{event} {host!r}: tests reach no other machine")


def pytest_configure() -> None:
    sys.addaudithook(_refuse_other_machines)
