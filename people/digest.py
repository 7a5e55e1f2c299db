"""One mail a working day with everything that is due for somebody: never twenty (a step of the daily tick)."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from people.actions.system import system_user
from people.fetch import reminders_of
from people.models import DigestChoice, Notice, User
from people.notices import Shown, due_for
from people.sign_in.backend import user_now
from records.actions.mail import queue_mail
from records.models import Mail
from records.working_days import is_working_day

LETTER = "people/email/digest"
LONGEST = 30  # things in one mail; the page has them all


def digests_queued(on: date) -> int:
    """Queue the mail of the day for everyone who wants one and has something due; nobody gets two.

    A day that is over gets none: what was due then is either done or in today's mail. Nor does a day on which nobody
    works: what fell due then comes with the mail of the next working day.
    """
    if on != timezone.localdate() or not is_working_day(on):
        return 0
    waiting = Notice.objects.open().filter(recipient__user__is_active=True)
    users = waiting.values_list("recipient__user", flat=True).distinct().order_by("recipient__user")
    return sum(_queue(user, on) for pk in users if (user := user_now(pk)))


def _queue(user: User, on: date) -> bool:
    due = due_for(user)
    if not _wanted(user, due, on):
        return False
    mail = queue_mail(
        agency=user.agency.code, to=user.email, subject=subject(due, on), text=text(user, due, on),
        about="What is due, for the day", key=_key(user, on), by=system_user("tick"), now=timezone.now(),
    )  # fmt: skip
    return mail is not None


def _wanted(user: User, due: list[Shown], on: date) -> bool:
    """Whether this person wants a mail on this day: nobody wants one about nothing."""
    reminders = reminders_of(user)
    choice = reminders.digest if reminders else DigestChoice.WHEN_DUE
    if not due or choice == DigestChoice.NONE:
        return False
    if choice == DigestChoice.DAILY:
        return True
    before = _last_told(user)
    return any(each.notice.made_on > before or before < each.notice.due_on <= on for each in due)


def _last_told(user: User) -> date:
    """The day of the last mail, which its key ends with."""
    keys = Mail.objects.filter(key__startswith=_key(user, None)).order_by("-key").values_list("key", flat=True)
    last = keys.first()
    return date.fromisoformat(last.split()[-1]) if last else date.min


def _key(user: User, on: date | None) -> str:
    return f"digest {user.person_id} {on or ''}"


def subject(due: list[Shown], on: date) -> str:
    """How much, and how much of it is late."""
    late = _late(due, on)
    said = f"{len(due)} thing{'s are' if len(due) > 1 else ' is'} due for you"
    return f"{said}, {late} of them late" if late and len(due) > 1 else f"{said}, and it is late" if late else said


def _late(due: list[Shown], on: date) -> int:
    return sum(each.notice.is_late(on) for each in due)


def text(user: User, due: list[Shown], on: date) -> str:
    """Plain text, by date, with links; no titles, since mail travels further than the register."""
    here = settings.PUBLIC_ADDRESS.rstrip("/")
    lines = [
        {"when": each.notice.how_far(on).capitalize(), "text": each.notice.text, "url": here + each.notice.url}
        for each in due[:LONGEST]
    ]
    context = {
        "name": user.get_full_name().split()[0], "lines": lines, "more": len(due) - len(lines), "count": len(due),
        "register": settings.REGISTER_NAME, "due_url": here + reverse("people:due"),
        "me_url": here + reverse("people:reminders"),
    }  # fmt: skip
    return render_to_string(f"{LETTER}_message.txt", context).replace("\N{NO-BREAK SPACE}", " ").strip() + "\n"
