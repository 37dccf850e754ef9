"""What a process takes from itself before it looks at bytes that nobody vouches for: memory, time, files, network.

Landlock keeps it to the files that it needs; a system-call filter keeps it from the network, from other programs and
from other processes. Both last until the process ends, and need no privilege. Where the kernel has them not, `gaps`
says so.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

# From linux/prctl.h, linux/seccomp.h and linux/landlock.h.
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER, _SECCOMP_GET_ACTION_AVAIL = 2, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION, _LANDLOCK_PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
# Devices, sockets, pipes and symbolic links: nothing that our process should find where it expects a file.
_MAKE_OTHER_THAN_FILES = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12
# How many rights over files, over TCP and over other processes each version of Landlock knows.
_RIGHTS_OVER_FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP_SINCE, _TCP = 4, 0b11
_SCOPE_SINCE, _SCOPE = 6, 0b11

# (audit architecture, number of the seccomp call, numbers of the calls that are refused)
_CALLS = {
    "x86_64": (
        0xC000003E,
        317,
        # socket, connect, bind, execve, execveat, ptrace, process_vm_*, kill, tkill, pidfd_send_signal, unshare,
        # setns, bpf, keyctl, userfaultfd, perf_event_open, io_uring_setup
        (41, 42, 49, 59, 322, 101, 310, 311, 62, 200, 424, 272, 308, 321, 250, 323, 298, 425),
    ),
    "aarch64": (
        0xC00000B7,
        277,
        (198, 203, 200, 221, 281, 117, 270, 271, 129, 130, 424, 97, 268, 280, 219, 282, 241, 425),
    ),
}
_FOREIGN_NUMBERS = 0x40000000  # the same calls under other numbers (x32)

_READABLE = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/mime",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/urandom",
)
_DEVICES = ("/dev/null",)


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction))]


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


class NotConfined(Exception):
    """The kernel offers a protection and then refused it."""


def gaps() -> tuple[str, ...]:
    """What a child on this machine could still reach: nothing, or “files”, “network”, or both."""
    missing = []
    if not _landlock_version():
        missing.append("files")
    if not _has_filter() and _landlock_version() < _TCP_SINCE:
        missing.append("network")
    return tuple(missing)


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that waits for it is gone."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def limit(*, memory: int, cpu: int, file_size: int, files: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    if sys.platform == "linux":  # elsewhere the kernel does not know this limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def shut_in(folder: Path, program: Path) -> None:
    """From here on, this process writes in `folder`, reads that and the program, and reaches nothing else."""
    if sys.platform != "linux":
        return
    if _landlock_version() or _has_filter():
        _must(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if _landlock_version():
        _keep_to_files(folder, program)
    if _has_filter():
        _refuse_calls()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    return int(_libc().syscall(ctypes.c_long(number), *arguments))


def _must(result: int) -> int:
    if result < 0:
        raise NotConfined(os.strerror(ctypes.get_errno()))
    return result


def _landlock_version() -> int:
    """0 where the kernel has no Landlock, or has it switched off."""
    if sys.platform != "linux":
        return 0
    return max(_call(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_LANDLOCK_VERSION)), 0)


def _has_filter() -> bool:
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    action = ctypes.c_uint(_REFUSE & 0xFFFF0000)
    number = _CALLS[platform.machine()][1]
    return _call(number, ctypes.c_uint(_SECCOMP_GET_ACTION_AVAIL), ctypes.c_uint(0), ctypes.byref(action)) == 0


def _keep_to_files(folder: Path, program: Path) -> None:
    version = _landlock_version()
    over_files = (1 << _RIGHTS_OVER_FILES[min(version, max(_RIGHTS_OVER_FILES))]) - 1
    ruleset = _Ruleset(over_files, _TCP if version >= _TCP_SINCE else 0, _SCOPE if version >= _SCOPE_SINCE else 0)
    size = 24 if version >= _SCOPE_SINCE else 16 if version >= _TCP_SINCE else 8
    rules = _must(_call(_LANDLOCK_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint(0)))
    own = [Path(sys.prefix), Path(sys.base_prefix, "lib"), program / "caseapp", program / "templates"]
    _permit(rules, [*map(Path, _READABLE), *own], (_READ_FILE | _READ_FOLDER) & over_files)
    _permit(rules, map(Path, _DEVICES), (_READ_FILE | _WRITE_FILE | _TRUNCATE) & over_files)
    _permit(rules, [folder], over_files & ~(_EXECUTE | _MAKE_OTHER_THAN_FILES))
    _must(_call(_LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0)))
    os.close(rules)


def _permit(rules: int, places: Iterable[Path], rights: int) -> None:
    for place in places:
        if not place.exists():
            continue
        allowed = rights if place.is_dir() else rights & (_READ_FILE | _WRITE_FILE | _TRUNCATE)
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
        rule = _PathBeneath(allowed, opened)
        kind = ctypes.c_int(_LANDLOCK_PATH_BENEATH)
        _must(_call(_LANDLOCK_ADD, ctypes.c_int(rules), kind, ctypes.byref(rule), ctypes.c_uint(0)))
        os.close(opened)


def _refuse_calls() -> None:
    architecture, _, refused = _CALLS[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    steps = [(load, 0, 0, 4), (equal, 0, len(refused) + 3, architecture), (load, 0, 0, 0)]
    steps.append((at_least, len(refused) + 1, 0, _FOREIGN_NUMBERS))
    steps += [(equal, len(refused) - place, 0, number) for place, number in enumerate(refused)]
    steps += [(give, 0, 0, _ALLOW), (give, 0, 0, _REFUSE)]
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), instructions)
    _must(_libc().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0))
