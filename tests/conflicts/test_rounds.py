"""A worker killed in the middle of a launch: nobody was asked, and another asks everybody once."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from conflicts.models import Invitation, Round
from conflicts.rounds import ask_launch
from people.actions.system import system_user
from people.models import Person, Work
from people.progress import progress
from records import bulk
from records.acting import acting
from records.models import Mail
from records.verify import verify
from tests.cast import Cast
from tests.config.processes import start
from tests.conflicts.rounds import prepared
from tests.people.test_doing import PATIENCE, wait_until
from tests.workers import empty_the_queue

PEOPLE = 1_200  # more than two batches


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    yield
    empty_the_queue()


def asked(cast: Cast) -> Work:
    """A launch that waits for the worker."""
    round_ = prepared(cast)
    with acting(by=system_user("test")), transaction.atomic():
        people = [Person(agency=cast.agency, name=f"Ana {at}", email=f"ana{at}@mcw.example.nz") for at in range(PEOPLE)]
        bulk.create(people)
    return ask_launch(round_, Person.objects.count(), by=cast.integrity_champion, now=timezone.now())


def kill_in_the_middle(work: Work) -> None:
    """Kill the worker after its first batch, in front of the outbox that somebody holds."""
    worker = start("work")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Mail._meta.db_table} IN EXCLUSIVE MODE")
            wait_until(lambda: progress(work.pk) is not None, "it asks people")
            time.sleep(0.5)
            worker.kill()
            worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    wait_until(lambda: progress(work.pk) is None, "its connection is gone")


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_launch_nobody_is_asked_and_then_everybody_once() -> None:
    work = asked(Cast())
    kill_in_the_middle(work)
    assert (Invitation.objects.count(), Mail.objects.count(), Round.objects.get().launched_at) == (0, 0, None)
    with acting(by=system_user("test")):
        stopped = Work.objects.get()
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
    people = Person.objects.count()
    assert Invitation.objects.values("person").distinct().count() == Invitation.objects.count() == people
    assert Mail.objects.values("to").distinct().count() == Mail.objects.count() == people
    assert verify().problems == []
