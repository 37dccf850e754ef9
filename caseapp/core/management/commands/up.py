"""Serve the program: the web application and a worker, under one roof."""

import argparse
import http.client
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caseapp.core.supervisor import Child, Supervisor


def web_command(*, bind: str) -> list[str]:
    """gunicorn, listening on `bind`. The log leaves out addresses' questions: they may hold a client's words."""
    return [
        sys.executable,
        *("-m", "gunicorn", "caseapp.wsgi:application"),
        *("--bind", bind),
        *("--workers", str(settings.WEB_PROCESSES), "--threads", "8"),
        *("--timeout", "120", "--graceful-timeout", "30"),
        *("--log-level", "warning"),
        "--no-control-socket",
    ]


def worker_command() -> list[str]:
    """A Celery worker with its clock.

    Celery warns root that a pickled message could run code; ours takes JSON only, so the warning would mislead.
    """
    return [
        sys.executable,
        *("-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "--quiet", "--app", "caseapp", "worker", "--beat"),
        *("--concurrency", str(settings.WORKER_PROCESSES)),
        *("--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything starts, so that a taken one is known at once and a restart never loses it."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Cannot listen on {host}:{port} ({error.strerror}). If another program uses that port, stop it, "
            f"or choose another port: make run PORT={port + 1}"
        ) from error
    listener.listen(128)
    return listener


class Command(BaseCommand):
    help = "Serve the web application and a worker until Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--only",
            choices=["web", "worker"],
            help="become this one process, for a server that watches over its processes itself",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if options["only"] == "web":
            become(web_command(bind=f"{host}:{port}"))
        elif options["only"] == "worker":
            become(worker_command())
        else:
            self._serve_both(host, port)

    def _serve_both(self, host: str, port: int) -> None:
        with listen(host, port) as listener:
            fd = listener.fileno()
            children = [
                Child("The web server", web_command(bind=f"fd://{fd}"), pass_fds=[fd]),
                Child("The worker", worker_command()),
            ]
            Supervisor(children, say=self._say).run(while_running=self._announcement(host, port))

    def _say(self, message: str) -> None:
        self.stderr.write(message)
        self.stderr.flush()

    def _announcement(self, host: str, port: int) -> Callable[[], None]:
        """Says once that the program answers, when it does."""
        said = False

        def announce() -> None:
            nonlocal said
            if not said and answers(host, port):
                said = True
                self.stdout.write(f"\nReady: http://{host}:{port}   (Ctrl-C stops it)\n")
                self.stdout.flush()

        return announce


def become(command: list[str]) -> None:
    os.execv(command[0], command)  # noqa: S606 - our own command line, no shell


def answers(host: str, port: int) -> bool:
    """Whether the web application behind the port is up. Asks directly: a proxy would only see itself."""
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/health/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
