"""The embedded broker: kombu's folder of messages, in which no message is ever half written.

kombu opens a message under its last name and then writes it. A worker that looks in between takes an empty file out of
the folder, and ends of it. Here a message is written aside, under a name that nobody looks for, and moved into place.
"""

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    # kombu calls it `message` in one class and `payload` in the next.
    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        """Names sort by time: the oldest message is taken first."""
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        place = Path(self.data_folder_out, name)
        aside = place.with_name(f".{name}")
        aside.write_text(dumps(payload), encoding="utf-8")
        os.replace(aside, place)


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """From now on, an address of filesystem:// means this broker."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
