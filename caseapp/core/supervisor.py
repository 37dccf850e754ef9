"""Run several programs as one: start them, restart the one that dies, stop them all together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from caseapp.core.lifeline import signal_on_parent_death

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0
# A worker finishes the task in hand, which may be a long part of a packet.
STOP_WITHIN_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.1


@dataclass
class Child:
    """One program under supervision. It runs in a session of its own, so a Ctrl-C reaches only us."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS

    def start(self, now: float) -> None:
        self.started_at = now
        self.process = subprocess.Popen(  # our own command line, no shell
            self.command,
            env=self.environment,
            pass_fds=self.pass_fds,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=signal_on_parent_death,  # noqa: PLW1509 - no other thread runs here
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_death(self, now: float) -> None:
        """Sweep up what it left in its session, and choose when to start it again."""
        self.signal_group(signal.SIGKILL)
        self.process = None
        if now - self.started_at >= HEALTHY_AFTER_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        self.start_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            # The child leads its session, so its number is also that of the group its own children are in.
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


@dataclass
class Supervisor:
    """Keeps `children` running until SIGINT, SIGTERM or SIGHUP; a second signal stops them at once."""

    children: Sequence[Child]
    say: Callable[[str], None]
    stop_within: float = STOP_WITHIN_SECONDS
    signals_seen: int = field(default=0, init=False)

    def run(self, while_running: Callable[[], None] = lambda: None) -> None:
        """Return when everything has stopped. `while_running` is called after every look at the children."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)
        try:
            while not self.signals_seen:
                self._start_what_is_due(time.monotonic())
                while_running()
                time.sleep(_LOOK_EVERY_SECONDS)
        finally:
            self._stop()

    def _note_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.signals_seen += 1

    def _start_what_is_due(self, now: float) -> None:
        for child in self.children:
            if child.is_running():
                continue
            if child.process is not None:
                self.say(
                    f"{child.name} ended with code {child.process.returncode}. Starting it again in "
                    f"{child.pause:.0f} s."
                )
                child.note_death(now)
            elif now >= child.start_at:
                child.start(now)

    def _stop(self) -> None:
        """SIGTERM to each program, which stops its own children; SIGKILL to whatever is left at the end."""
        self.say("Stopping. Work in hand is finished first; press Ctrl-C again to stop at once.")
        for child in self.children:
            if child.is_running() and child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + self.stop_within
        while (
            any(child.is_running() for child in self.children) and time.monotonic() < deadline and self.signals_seen < 2
        ):
            time.sleep(_LOOK_EVERY_SECONDS)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        self.say("Stopped.")
