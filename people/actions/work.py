"""Ask for work that takes long; begin it, do it, or say why it was not done."""

from collections.abc import Callable
from datetime import datetime

from procrastinate.contrib.django import app

from people.long_work import kind_of
from people.models import User, Work, WorkState
from people.permissions import NotPermitted, check_may
from people.progress import progress, telling
from records.acting import Actor, action
from records.actions.issue import digest
from records.errors import Refused
from records.locks import hold

JOB = "do_work"  # people/tasks.py
ATTEMPTS = 2  # one interruption may be anybody's; two are most likely its own


@action
def ask_work(*, kind: str, about: str, given: dict[str, str], total: int | None, by: User, now: datetime) -> Work:
    """Let the worker do it; asked again while it waits or runs, the same work is given. Raises NotPermitted."""
    check_may(by, kind_of(kind).permission)
    key = digest(given)
    hold(f"work {by.pk} {kind} {key}")
    found = Work.objects.open().filter(asked_by=by, kind=kind, key=key).first()
    if found:
        return found
    work = Work(
        agency=by.agency, asked_by=by, asked_at=now, kind=kind, about=about[:300], given=given, key=key, total=total
    )
    work.save()
    app.configure_task(JOB).defer(pk=work.pk)
    return work


@action
def begin_work(*, pk: int, by: Actor, now: datetime) -> Work | None:
    """Take it in hand; None where it is over or a living process has it. One interruption is made good, no second.

    The connection takes its name before the row is let go, so that no two take the same work.
    """
    work = Work.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if work is None or work.over or (work.state == WorkState.RUNNING and progress(pk)):
        return None
    if work.attempts >= ATTEMPTS:
        _give_up(work, f"It was stopped twice before it was done. {kind_of(work.kind).nothing} Ask for it again.", now)
        return None
    telling(pk)(1, None)
    work.state, work.started_at, work.attempts = WorkState.RUNNING, now, work.attempts + 1
    work.save()
    return work


@action
def carry_out(*, work: Work, by: User, clock: Callable[[], datetime]) -> Work:
    """Do it as the person who asked: its outcome and that it is done are one transaction.

    What they may do is asked anew. Raises Refused and whatever its kind raises; then nothing is written.
    """
    locked = Work.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
    if locked.state != WorkState.RUNNING or locked.attempts != work.attempts:
        raise Refused("Somebody else has this in hand")
    _check_still_allowed(locked, by)
    kind = kind_of(locked.kind)
    outcome = kind.run(locked.given, by, clock(), telling(locked.pk))
    locked.url, locked.file, locked.file_name = outcome.url, outcome.file, outcome.file_name
    locked.state, locked.ended_at = WorkState.DONE, clock()
    locked.save()
    return locked


@action
def give_up(*, work: Work, sentence: str, by: Actor, now: datetime) -> Work:
    """Say why it was not done."""
    locked = Work.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
    if not locked.over:
        _give_up(locked, sentence, now)
    return locked


def _give_up(work: Work, sentence: str, now: datetime) -> None:
    work.state, work.ended_at, work.error = WorkState.FAILED, now, sentence[:500]
    work.save()


def _check_still_allowed(work: Work, by: User) -> None:
    if not by.is_active or by.agency.pk != work.agency_id:
        raise NotPermitted("You no longer act for the agency for which this was asked")
    check_may(by, kind_of(work.kind).permission)
