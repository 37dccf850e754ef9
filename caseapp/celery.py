"""Background work: the Celery application, its settings and its clock.

A row in the database is the truth about long work; Celery only rings the bell. A message that is lost with its
broker or its worker is sent again by the sweep, so nothing here tries to make messages safe.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery, signals
from django.conf import settings
from kombu.entity import Exchange, Queue

from caseapp.core import folder_broker
from caseapp.core.lifeline import die_with
from caseapp.core.starting import refuse_unless_in_order

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseapp.settings")

SWEEP_TASKS = (
    "audit.seal_events",
    "packets.sweep_builds",
    "cases.sweep_documents",
    "library.sweep_comparisons",
    "library.sweep_imports",
    "library.sweep_recaptures",
    "library.learn_themes",
)
SWEEP_EVERY_SECONDS = 10
# What the clock asks for has a queue of its own, from which workers take in turn with what people ask for: behind a
# thousand files its messages would be read too late.
CLOCK = "clock"
# Each asks first whether it is its time.
NIGHTLY_TASKS = ("audit.inspect_record", "packets.inspect_files", "cases.keep_coverage")
ASK_EVERY_SECONDS = 10 * 60
HARD_LIMIT_SECONDS = 15 * 60


def configuration(broker_url: str, data_dir: Path) -> dict[str, Any]:
    """Celery's settings for one broker."""
    return {
        "broker_url": broker_url,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": _transport_options(broker_url, data_dir),
        "worker_enable_remote_control": not broker_url.startswith("filesystem:"),
        # Messages are ids in JSON. A pickled message would run code, so it is refused.
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_queues": [Queue(name, Exchange(name), routing_key=name) for name in ("celery", CLOCK)],
        "task_ignore_result": True,
        "task_acks_late": True,
        # True would run a job that kills its process again and again, for ever; the sweep counts attempts.
        "task_reject_on_worker_lost": False,
        "task_time_limit": HARD_LIMIT_SECONDS,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 50,
        "worker_hijack_root_logger": False,
        # Each worker carries its own clock, in memory: a sweep too many does nothing, a clock too few loses work.
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_schedule": {
            task: {
                "task": task,
                "schedule": seconds,
                # While every process is busy, sweeps would pile up unread.
                "options": {"expires": seconds, "queue": CLOCK},
            }
            for tasks, seconds in ((SWEEP_TASKS, SWEEP_EVERY_SECONDS), (NIGHTLY_TASKS, ASK_EVERY_SECONDS))
            for task in tasks
        },
    }


def _transport_options(broker_url: str, data_dir: Path) -> dict[str, Any]:
    if broker_url.startswith("filesystem:"):
        folders = {name: data_dir / "broker" / name for name in ("messages", "processed", "control")}
        for folder in folders.values():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "data_folder_in": str(folders["messages"]),
            "data_folder_out": str(folders["messages"]),
            "processed_folder": str(folders["processed"]),
            "control_folder": str(folders["control"]),
            "polling_interval": 0.2,
        }
    # A message comes back when its worker has been silent for an hour, which is well over the hard limit.
    return {"visibility_timeout": 3600, "unacked_restore_interval": 15, "unacked_restore_throttle": 1}


def _configuration_from_django() -> dict[str, Any]:
    # Celery calls this when it first needs a setting; Django's settings may not be there when this module loads.
    return configuration(settings.CELERY_BROKER_URL, settings.DATA_DIR)


folder_broker.use()
app = Celery("caseapp")
app.add_defaults(_configuration_from_django)
app.autodiscover_tasks()


@signals.setup_logging.connect
def _log_as_the_program_does(**_: object) -> None:
    """That somebody listens keeps Celery from setting up a log of its own, with the arguments of tasks in it."""


@signals.worker_init.connect
def _remember_worker(**_: object) -> None:
    refuse_unless_in_order()
    app.worker_pid = os.getpid()


@signals.worker_process_init.connect
@signals.beat_embedded_init.connect
def _die_with_worker(**_: object) -> None:
    die_with(app.worker_pid)


@signals.worker_ready.connect
def _sweep_at_once(**_: object) -> None:
    """What a dead worker left behind is picked up as soon as there is a new one."""
    for task in SWEEP_TASKS:
        app.send_task(task, expires=SWEEP_EVERY_SECONDS, queue=CLOCK)
