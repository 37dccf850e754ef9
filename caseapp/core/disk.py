"""How much room is left where the program writes."""

import shutil

from django.conf import settings

NEARLY_FULL = 0.10


def free_share() -> float:
    """The free part of the disk of the data folder, between 0 and 1."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    return usage.free / usage.total if usage.total else 0.0


def is_nearly_full() -> bool:
    return free_share() < NEARLY_FULL
