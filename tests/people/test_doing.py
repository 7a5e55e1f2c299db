"""A worker that is killed in the middle of an import: nothing of it stands, and another does it whole."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from agreements.long_work import ask_import
from agreements.models import Agreement, ImportBatch, Party, SearchEntry
from people.actions.system import system_user
from people.models import Work
from people.progress import progress
from records.acting import acting
from records.verify import verify
from tests.agreements.imports import steps
from tests.cast import Cast
from tests.config.processes import start
from tests.workers import empty_the_queue

PATIENCE = 60  # seconds
SHEET = "\n".join(["Title,Party", *(f"Shelter {at},Te Whare {at % 7}" for at in range(120))]).encode()


def wait_until(true: Callable[[], Any], what: str) -> None:
    """Until it is so; fails when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"Not in {PATIENCE} seconds: {what}"
        time.sleep(0.1)


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """The queue as it was found."""
    yield
    empty_the_queue()


def asked(cast: Cast) -> Work:
    """A sheet of 120 rows that waits for the worker."""
    client = Client()
    client.force_login(cast.privacy_officer)
    batch = steps.as_suggested(client, steps.as_guessed(client, steps.upload(client, SHEET)))
    assert batch.summary["good"] == 120
    return ask_import(batch, 120, by=cast.privacy_officer, now=timezone.now())


def step_of(work: Work) -> int:
    found = progress(work.pk)
    return found.step if found else 0


def kill_in_the_middle(work: Work) -> None:
    """Kill the worker after it has written every agreement, in front of a table that somebody holds."""
    worker = start("work")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SearchEntry._meta.db_table} IN EXCLUSIVE MODE")
            wait_until(lambda: step_of(work) == 4, "it makes them findable")
            worker.kill()
            worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    wait_until(lambda: progress(work.pk) is None, "its connection is gone")


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_an_import_nothing_stands_and_it_is_done_whole() -> None:
    work = asked(Cast())
    kill_in_the_middle(work)
    assert (Agreement.objects.count(), Agreement.history.count(), Party.objects.count()) == (0, 0, 0)
    assert ImportBatch.objects.get().state == "checked"
    stopped = Work.objects.get()
    assert (stopped.state, stopped.attempts) == ("running", 1)
    with acting(by=system_user("test")):
        stopped.started_at = timezone.now() - timedelta(minutes=2)  # nobody waits a minute in a test
        stopped.save()
    with suppress(AlreadyEnqueued):  # it comes by itself with the next minute, and may be there already
        app.configure_task("do_what_was_left", queueing_lock="do_what_was_left").defer(timestamp=0)
    other = start("work")
    try:
        wait_until(lambda: Work.objects.get().over, "another worker has done it")
    finally:
        other.terminate()
        other.communicate(timeout=PATIENCE)
    assert (Work.objects.get().state, Work.objects.get().attempts) == ("done", 2)
    assert (Agreement.objects.count(), ImportBatch.objects.get().state) == (120, "done")
    assert verify().problems == []
