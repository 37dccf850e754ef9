"""The embedded broker hands over whole messages, in their order."""

import json

import pytest
from celery import Celery
from kombu import Connection

from caseapp.celery import SWEEP_TASKS, app, configuration
from caseapp.core import folder_broker


@pytest.fixture
def channel(tmp_path):
    settings = configuration("filesystem://localhost", tmp_path)
    with Connection("filesystem://localhost", transport_options=settings["broker_transport_options"]) as connection:
        yield connection.channel()


def test_the_program_uses_it():
    assert isinstance(app.connection("filesystem://localhost").transport, folder_broker.Transport)


def test_messages_come_whole_and_in_their_order(channel, monkeypatch):
    monkeypatch.setattr(folder_broker.time, "monotonic", iter((1.0, 2.0)).__next__)
    for number in (1, 2):
        channel._put("celery", {"number": number})
    assert [channel._get("celery")["number"] for _each in (1, 2)] == [1, 2]


def test_a_message_has_its_name_only_once_it_is_whole(channel, monkeypatch):
    seen = []

    def replace(aside, place):
        seen.append((channel._size("celery"), json.loads(aside.read_text())))
        aside.rename(place)

    monkeypatch.setattr(folder_broker.os, "replace", replace)
    channel._put("celery", {"number": 1})
    assert seen == [(0, {"number": 1})]
    assert channel._size("celery") == 1


def test_the_clock_does_not_wait_behind_all_that_people_brought(tmp_path, monkeypatch):
    """Seals and sweeps that come too late come never: their messages expire."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery heeds it more than what it is told
    celery = Celery("as the program is", set_as_current=False)
    celery.conf.update(configuration("filesystem://localhost", tmp_path))
    with celery.connection() as connection, celery.amqp.TaskConsumer(connection.channel()) as consumer:
        for number in range(20):
            celery.send_task("cases.read_document", [str(number)], connection=connection)
        for task in SWEEP_TASKS:
            celery.send_task(task, connection=connection, **celery.conf.beat_schedule[task]["options"])
        taken = []
        consumer.register_callback(lambda _body, message: (taken.append(message.headers["task"]), message.ack()))
        consumer.qos(prefetch_count=1)
        while len(taken) < 2 * len(SWEEP_TASKS):
            connection.drain_events(timeout=5)
    assert sorted(task for task in taken if task != "cases.read_document") == sorted(SWEEP_TASKS)
    assert taken.count("cases.read_document") == len(SWEEP_TASKS)
