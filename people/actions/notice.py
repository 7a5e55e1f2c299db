"""Keep what the tick found due, and take it off a person's list."""

from collections.abc import Collection, Iterable
from datetime import date

from people.actions.changes import check_and_save, lock
from people.errors import NotNow, NotYours
from people.models import Closed, Notice, NoticeKind, User
from people.notices import Due, Key
from records import bulk
from records.acting import action


@action
def keep_notices(*, kinds: Collection[NoticeKind], found: Iterable[Due], on: date, by: User) -> int:
    """Make a notice of everything found that has none yet, and settle those of these kinds that are due no more.

    ``found`` is everything of these kinds on that day; gives how many were made, opened again or settled. Run for a
    day that is over, it neither says what was said since nor settles what was found since.
    """
    wanted = {due.key: due for due in found}
    there = {_key(notice): notice for notice in _there(kinds, wanted.values())}
    said_later = {_matter(notice) for notice in there.values() if notice.made_on > on}
    new = [due for key, due in wanted.items() if key not in there and _matter_of(due) not in said_later]
    bulk.create([_notice(due, on) for due in new])
    again = [notice for key, notice in there.items() if key in wanted and notice.closed_as == Closed.SETTLED]
    over = [
        notice
        for key, notice in there.items()
        if key not in wanted and notice.closed_on is None and notice.made_on <= on
    ]
    _close(again, None, None)
    _close(over, on, Closed.SETTLED)
    return len(new) + len(again) + len(over)


def _there(kinds: Collection[NoticeKind], wanted: Iterable[Due]) -> list[Notice]:
    """The notices of these kinds that are open, or due on a day on which something was found, locked."""
    rows = Notice.objects.select_for_update(of=("self",), no_key=True).filter(kind__in=kinds)
    return list(rows.open() | rows.filter(due_on__in={due.due_on for due in wanted}))


def _key(notice: Notice) -> Key:
    return notice.recipient_id, notice.kind, notice.about, notice.due_on


def _matter(notice: Notice) -> tuple[int, str, str, date]:
    return notice.recipient_id, notice.matter, notice.about, notice.due_on


def _matter_of(due: Due) -> tuple[int, str, str, date]:
    return due.recipient, due.kind.value.partition("_")[0], due.about, due.due_on


def _notice(due: Due, on: date) -> Notice:
    return Notice(
        recipient_id=due.recipient, kind=due.kind, about=due.about, due_on=due.due_on, text=due.text, url=due.url,
        made_on=on,
    )  # fmt: skip


def _close(notices: list[Notice], on: date | None, how: Closed | None) -> None:
    for notice in notices:
        notice.closed_on, notice.closed_as = on, how
    bulk.update(notices, ["closed_on", "closed_as"])


@action
def settle_notices(*, kind: NoticeKind, about: str, on: date, by: User) -> int:
    """Take what is no longer due off the lists at once, without waiting for the tick; how many there were."""
    rows = Notice.objects.open().filter(kind=kind, about=about)
    open_now = list(rows.select_for_update(of=("self",), no_key=True))
    _close(open_now, on, Closed.SETTLED)
    return len(open_now)


@action
def close_notice(*, notice: Notice, how: Closed, on: date, by: User) -> Notice:
    """Take a notice off its reader's own list: done, or hidden because it is not for them.

    The record itself stays as it is. Raises NotYours, NotNow.
    """
    locked = lock(notice)
    if locked.recipient_id != by.person_id:
        raise NotYours("This was said to somebody else")
    if locked.closed_on:
        raise NotNow("This is off your list already")
    locked.closed_on, locked.closed_as = on, how
    check_and_save(locked)
    return locked
