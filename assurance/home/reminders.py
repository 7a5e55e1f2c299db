"""Reminders on home: what stands on the viewer's own list of what is due and in no other part of their home."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from assurance.home.base import EACH, Asks, Found, Queue, Viewer, Work, first, numbers
from people.models import Notice, NoticeKind, User
from people.models.notice import WITHOUT_A_DAY


def elsewhere(user: User) -> frozenset[NoticeKind]:
    """The kinds of notices whose matter another part of the user's home lists, with its lateness."""
    from assurance.home.blocks import BLOCKS

    viewer = Viewer(user, timezone.localdate(), timezone.now())
    return reduce(or_, (block.tells for block in BLOCKS if block.is_for(viewer)), frozenset())


def _rows(viewer: Viewer) -> "QuerySet[Notice]":
    return Notice.objects.visible_to(viewer.user).open().exclude(kind__in=elsewhere(viewer.user))


def ask_reminders(viewer: Viewer) -> Asks:
    """The earliest day first."""
    rows, late = _rows(viewer), Q(due_on__lt=viewer.on) & ~Q(kind__in=WITHOUT_A_DAY)
    shown = first(rows.order_by("due_on", "pk"), EACH, kind="kind", text="text", url="url", day="due_on")
    return {"counts": numbers(rows, {"all": Q(), "late": late}), "rows": shown}


def reminders(viewer: Viewer, found: Found) -> Queue:
    """As the list of what is due says them."""
    lines, counts = [_line(viewer.on, one) for one in found["rows"]], found["counts"]
    return Queue("Reminders", lines, counts["all"], counts["late"], f"{reverse('people:due')}?rest=1")


def _line(on: date, one: Found) -> Work:
    day = date.fromisoformat(one["day"])
    notice = Notice(kind=one["kind"], due_on=day)
    tone = "bad" if notice.is_late(on) else "info" if one["kind"] in WITHOUT_A_DAY else "warn"
    return Work(tone, "late", notice.how_far(on).capitalize(), one["text"], one["url"], "Open",
                notice.get_kind_display(), day=day)  # fmt: skip
