"""The worker as a process of its own: it sends what was queued, dies, and another goes on where it stopped."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from config.management.commands import serve, work
from people.actions.system import system_user
from people.tasks import DEATHS
from records.actions.mail import IN_HAND, queue_mail
from records.models import Mail
from tests.config.processes import start
from tests.smtp_server import mailbox

PATIENCE = 40  # seconds


def wait_until(true: Callable[[], Any], what: str) -> None:
    """Until it is so; fails when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"Not in {PATIENCE} seconds: {what}"
        time.sleep(0.1)


def queued(subject: str) -> Mail:
    """A mail in the outbox, committed."""
    made = queue_mail(
        agency="MCW", to="aroha@mcw.example.nz", subject=subject, text="Kia ora", about="Sign-in",
        by=system_user("test"), now=timezone.now(),
    )  # fmt: skip
    assert made is not None
    return made


def stop(worker: "subprocess.Popen[str]") -> None:
    """Ask it to stop, as a scheduler or Ctrl-C would; it ends well."""
    worker.terminate()
    _, problem = worker.communicate(timeout=PATIENCE)
    assert worker.returncode in {0, -15}, problem


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """Django empties no tables that are not its own."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_nothing_is_lost_and_nothing_doubled() -> None:
    with mailbox() as server:
        server.hangs = True
        queued("First")
        killed = start("work", EMAIL_URL=server.url)
        assert server.called.wait(PATIENCE), "the worker never called the mail server"
        killed.kill()
        killed.communicate(timeout=PATIENCE)
        assert Mail.objects.get().state == "queued"
        stalled = ProcrastinateJob.objects.get(status="doing", task_name="deliver_mail")
        server.hangs = False
        second = queued("Second")
        with suppress(AlreadyEnqueued):  # it comes by itself with the next minute, and may be there already
            app.configure_task("deliver_what_waits", queueing_lock="deliver_what_waits").defer(timestamp=0)
        other = start("work", EMAIL_URL=server.url)
        try:
            wait_until(lambda: Mail.objects.filter(state="sent").count() == 2, "both are sent")
            app.job_manager.retry_job_by_id(stalled.pk, retry_at=timezone.now())  # as take_up_stalled_jobs does
            wait_until(lambda: not ProcrastinateJob.objects.filter(task_name="deliver_mail").exists(), "no job is left")
        finally:
            stop(other)
        subjects = sorted(line for mail in server.taken for line in mail.splitlines() if line.startswith("Subject"))
    assert subjects == ["Subject: First", "Subject: Second"]
    second.refresh_from_db()
    assert second.text == ""


def began(said: Path, times: int) -> bool:
    """Whether a job said so often that it began."""
    return said.exists() and said.read_text().count("began") == times


def take_up_now() -> None:
    """As if a minute had passed since a worker was killed: nobody heard of it since, and jobs are looked after."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with suppress(AlreadyEnqueued):
        app.configure_task("take_up_stalled_jobs", queueing_lock="take_up_stalled_jobs").defer(timestamp=0)


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_killed_once_the_server_had_the_mail_nobody_sends_it_again_by_itself() -> None:
    with mailbox() as server:
        server.then = "hang"
        mail = queued("First")
        killed = start("work", EMAIL_URL=server.url)
        assert server.has_it.wait(PATIENCE), "the mail never came"
        killed.kill()
        killed.communicate(timeout=PATIENCE)
        mail.refresh_from_db()
        assert mail.state == "sending"
        server.then = "taken"
        Mail.objects.update(claimed_at=timezone.now() - IN_HAND)
        take_up_now()
        with suppress(AlreadyEnqueued):
            app.configure_task("deliver_what_waits", queueing_lock="deliver_what_waits").defer(timestamp=0)
        other = start("work", EMAIL_URL=server.url)
        try:
            wait_until(lambda: Mail.objects.get().state == "unsure", "it is in doubt")
            wait_until(lambda: not ProcrastinateJob.objects.filter(task_name="deliver_mail").exists(), "no job is left")
        finally:
            stop(other)
        assert len(server.taken) == 1


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_taken_up_once_by_the_next(tmp_path: Path) -> None:
    said = tmp_path / "said"
    app.configure_task("tell_and_wait").defer(path=str(said), patient=1)
    killed = start("work")
    wait_until(lambda: said.exists() and said.read_text(), "it began")
    killed.kill()
    killed.communicate(timeout=PATIENCE)
    take_up_now()
    both = [start("work"), start("work")]
    try:
        wait_until(lambda: not ProcrastinateJob.objects.filter(task_name="tell_and_wait").exists(), "it is done")
    finally:
        for worker in both:
            stop(worker)
    assert said.read_text().split() == ["began", "began", "done"]


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_a_job_under_which_workers_keep_dying_is_given_up(tmp_path: Path) -> None:
    said = tmp_path / "said"
    app.configure_task("tell_and_wait").defer(path=str(said), patient=9)
    for times in range(1, DEATHS + 1):
        killed = start("work")
        wait_until(partial(began, said, times), f"it began {times} times")
        killed.kill()
        killed.communicate(timeout=PATIENCE)
        take_up_now()
    last = start("work")
    try:
        failed = ProcrastinateJob.objects.filter(task_name="tell_and_wait", status="failed")
        wait_until(failed.exists, "it is given up")
    finally:
        stop(last)
    assert said.read_text().count("began") == DEATHS


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_with_the_server_that_started_it() -> None:
    parent = subprocess.Popen(["sleep", "60"])
    try:
        worker = start("work", "--with-parent", str(parent.pid))
        worker.communicate(timeout=PATIENCE)
        assert worker.returncode in {0, -15}
    finally:
        parent.kill()
        parent.wait()


def test_the_worker_stops_itself_once_its_parent_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(work, "LOOK", 0)
    monkeypatch.setattr("os.getppid", iter([7, 7, 1]).__next__)
    monkeypatch.setattr("os.kill", lambda *said: told.append(said))
    work.stop_with(7)
    assert len(told) == 1


def test_serving_starts_one_that_keeps_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: started.append(command))
    serve.start_worker()
    assert started[0][1:3] == ["-m", "config.keep_worker"]
