"""Tests reach no other machine, and no data but their own.

A plugin rather than a conftest: it must be loaded before the settings are, because they make `DATA_DIR`.
"""

import atexit
import gc
import ipaddress
import os
import shutil
import sys
import tempfile

if "DATA_DIR" not in os.environ:
    # The workers of one run inherit this, and each has a database of its own in it.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="evidence-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)


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
    # Thousands of tests make much that lives until the end. As often as Python looks through it by itself, that took
    # a fifth of all the time; what is let go is found all the same, a little later.
    gc.set_threshold(10_000, 20, 20)


def pytest_collection_finish() -> None:
    gc.freeze()
