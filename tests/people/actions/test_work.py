"""Work that takes long: asked for once, done as whoever asked, given up with a sentence, and never half done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from agreements.long_work import ask_export
from people.actions.system import system_user
from people.actions.work import ask_work, begin_work
from people.doing import do_work
from people.long_work import left_behind
from people.models import RoleGrant, Work
from people.permissions import NotPermitted
from people.progress import over, progress
from records.acting import acting
from records.models import StoredFile
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast: Cast) -> Work:
    """An export that waits."""
    return ask_export("csv", "", 3, by=cast.privacy_officer, now=NOW)


def begun(work: Work, **values: Any) -> Work:
    """The work, begun by a process that has gone since."""
    found = begin_work(pk=work.pk, by=system_user("worker"), now=NOW, **values)
    over()
    assert found is not None
    return found


def again(work: Work) -> Work:
    return Work.objects.get(pk=work.pk)


def test_it_is_asked_for_with_a_job_and_done_as_whoever_asked(cast: Cast, work: Work) -> None:
    assert ProcrastinateJob.objects.filter(task_name="do_work", args={"pk": work.pk}).exists()
    do_work(work.pk, lambda: NOW)
    done = again(work)
    assert (done.state, done.attempts, done.file_name) == ("done", 1, "agreements-2026-07-14.csv")
    assert done.file is not None
    assert done.file.read().startswith("\ufeffReference,Title".encode())
    assert done.history.latest().history_user == cast.privacy_officer


def test_the_same_is_not_waited_for_twice(cast: Cast, work: Work) -> None:
    assert ask_export("csv", "", 3, by=cast.privacy_officer, now=NOW) == work
    assert ask_export("xlsx", "", 3, by=cast.privacy_officer, now=NOW) != work
    do_work(work.pk, lambda: NOW)
    assert ask_export("csv", "", 3, by=cast.privacy_officer, now=NOW) != work


def test_who_may_not_export_cannot_ask(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        ask_work(kind="export", about="x", given={}, total=1, by=cast.adviser, now=NOW)
    assert not Work.objects.exists()


def test_a_role_that_ended_meanwhile_ends_it(cast: Cast, work: Work) -> None:
    grant = RoleGrant.objects.get(person=cast.privacy_officer.person)
    with acting(by=system_user("test")):
        grant.delete()
    do_work(work.pk, lambda: NOW)
    assert again(work).error.startswith("Your roles do not let you do this")
    assert again(work).error.endswith("No file was made.")


def test_a_closed_sign_in_ends_it(cast: Cast, work: Work) -> None:
    user = cast.privacy_officer
    with acting(by=system_user("test")):
        user.is_active = False
        user.save()
    do_work(work.pk, lambda: NOW)
    assert again(work).error == "You no longer act for the agency for which this was asked. No file was made."


def test_an_error_of_ours_is_a_sentence_and_leaves_nothing(
    work: Work, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any) -> Any:
        StoredFile(sha256="0" * 64, size=1, sniffed_type="text/plain").save()
        raise ZeroDivisionError

    monkeypatch.setattr("agreements.long_work.csv_lines", breaks)
    do_work(work.pk, lambda: NOW)
    assert again(work).state == "failed"
    assert again(work).error == "The register made an error; those who run it find it in its log. No file was made."
    assert not StoredFile.objects.exists()
    assert "ZeroDivisionError" in caplog.text


def test_what_lives_is_let_be_and_what_died_is_taken_up_once(work: Work) -> None:
    worker = system_user("worker")
    assert begin_work(pk=work.pk, by=worker, now=NOW) is not None
    assert progress(work.pk) is not None
    assert begin_work(pk=work.pk, by=worker, now=NOW) is None  # its connection lives
    over()
    begun(work)
    assert begin_work(pk=work.pk, by=worker, now=NOW) is None
    assert again(work).error == "It was stopped twice before it was done. No file was made. Ask for it again."
    assert again(work).attempts == 2


def test_only_what_is_left_behind_is_looked_for(work: Work) -> None:
    late = NOW + timedelta(minutes=2)
    assert left_behind(NOW) == []
    assert left_behind(late) == [work.pk]
    begun(work)
    assert left_behind(NOW + timedelta(seconds=30)) == []
    assert left_behind(late) == [work.pk]
    do_work(work.pk, lambda: late)
    assert left_behind(late + timedelta(hours=1)) == []


def test_what_is_over_is_never_done_again(work: Work) -> None:
    do_work(work.pk, lambda: NOW)
    first = again(work).history.count()
    do_work(work.pk, lambda: NOW)
    assert again(work).history.count() == first


def test_the_connection_has_its_own_name_back_once_it_is_over(work: Work) -> None:
    do_work(work.pk, lambda: NOW)
    assert progress(work.pk) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('application_name')")
        assert "work" not in cursor.fetchone()[0]
