"""The other side of `sandbox`: a fresh process that shuts itself in, runs one function, and answers on its output.

It is started by its path, and imports of the program only the module that it is asked for. The packages around that
module stay bare: their own start is for the parent (`import caseapp` sets up Celery), and would cost more than the
work of most children.
"""

import importlib
import json
import mimetypes
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).resolve().parents[2]


def main() -> None:
    # What libraries print must not get between the lines of the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # The system's lists of media types would be read later, from where this process cannot read.
    mimetypes.init([])
    request = json.load(sys.stdin.buffer)
    _import_bare("caseapp.core")
    confinement = importlib.import_module("caseapp.core.confinement")
    confinement.die_with_parent(request["parent"])
    confinement.limit(**request["limits"])
    function = _function(request["function"])
    folder = Path(request["folder"])
    confinement.shut_in(folder, PROGRAM)
    with answers:
        answers.write(_answer(function, folder, request["arguments"]))


def _import_bare(package: str) -> None:
    """Let modules in this package be imported without running what stands in the package itself."""
    parts = package.split(".")
    for depth in range(1, len(parts) + 1):
        name = ".".join(parts[:depth])
        if name not in sys.modules:
            bare = types.ModuleType(name)
            bare.__path__ = [str(PROGRAM.joinpath(*parts[:depth]))]
            sys.modules[name] = bare


def _function(address: str) -> Callable[..., Any]:
    module, _, name = address.partition(":")
    if module.startswith("caseapp."):
        _import_bare(module.rpartition(".")[0])
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _answer(function: Callable[..., Any], folder: Path, arguments: dict[str, Any]) -> bytes:
    refused = importlib.import_module("caseapp.core.refused").Refused
    try:
        return json.dumps({"value": function(folder, **arguments)}).encode()
    except MemoryError:
        return b'{"ended": "memory"}'
    except refused as error:
        return json.dumps({"refused": error.code, "params": error.params}).encode()
    except Exception as error:  # whatever it is, the parent hears of it, and of nothing that stood in the file
        return json.dumps({"ended": "fault", "where": _where(error)}).encode()


def _where(error: BaseException) -> str:
    """The kind of an error and the line that it came from; never its words, which may be a client's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


if __name__ == "__main__":
    main()
