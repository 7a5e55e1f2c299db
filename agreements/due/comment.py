"""The step of the daily tick about comments (settings.TICK_STEPS): what they ask of a person."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate

from agreements.models import Comment
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.models import NoticeKind, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission


def comments_asked(on: date) -> int:
    """Tell of everything that a comment asked of somebody by that day and nobody has said is done."""
    kinds = [NoticeKind.COMMENT_ASKED]
    return keep_notices(kinds=kinds, found=list(_asked(on)), on=on, by=system_user("tick"))


def _asked(on: date) -> Iterator[Due]:
    """Only whoever was asked can answer. What was asked of somebody who left waits to be handed over."""
    readers = who_may(Permission.READ_AGREEMENTS, on)
    rows = Comment.objects.exclude(assigned_to=None).filter(done_at=None, at__date__lte=on)
    rows = rows.select_related("by__person", "agreement", "contract", "assigned_to")
    for one in rows.order_by("pk").iterator():
        person = one.assigned_to
        if person is not None and person.pk in readers.get(person.agency_id, ()):
            url = f"{one.about.get_absolute_url()}#panel-comments"
            text = f"{one.by} asks something of you about {one.about.reference}"
            yield Due(person.pk, NoticeKind.COMMENT_ASKED, f"Comment {one.pk}", localdate(one.at), text, url)


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The titles of what those comments are about, where the user may read them now (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    keys = [int(reference.partition(" ")[2]) for reference in references]
    rows = Comment.objects.visible_to(user).filter(pk__in=keys).select_related("agreement", "contract")
    return {f"Comment {one.pk}": one.about.title for one in rows}
