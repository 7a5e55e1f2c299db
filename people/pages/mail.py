"""The operators' page: mail of the agency, and what runs by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator

from people.models import Agency, User
from people.worker import SILENCE, heard_at
from records.models import Mail, MailState, TickRun

SIZE = 50  # rows a page
LOOKS = {
    MailState.QUEUED: ("info", "not-yet"),
    MailState.SENDING: ("info", "not-yet"),
    MailState.UNSURE: ("warn", "alert"),
    MailState.SENT: ("good", "met"),
    MailState.FAILED: ("bad", "alert"),
    MailState.BOUNCED: ("bad", "alert"),
}


@dataclass(frozen=True)
class Row:
    """A mail, its state in words, and whether its text may be read and it may be sent from here."""

    mail: Mail
    word: str
    tone: str
    icon: str
    can_be_read: bool
    can_be_sent: bool


@dataclass(frozen=True)
class MailPage:
    """What the page shows. ``worker_at`` is when a worker was last heard of."""

    rows: Sequence[Row]
    page: "Page[Mail]"
    sent: bool
    has_server: bool
    runs: list[TickRun]
    worker_at: datetime | None
    worker_is_here: bool


def mail_page(user: User, *, sent: bool, number: str, now: datetime) -> MailPage:
    """Mail of the user's own agency: what waits or failed, or what was sent; the newest first. Four queries."""
    mails = Mail.objects.visible_to(user)
    mails = mails.filter(state=MailState.SENT) if sent else mails.undelivered()
    page = Paginator(mails.order_by("-made_at", "-pk"), SIZE).get_page(number)
    worker_at = heard_at()
    return MailPage(
        rows=[_row(mail) for mail in page],
        page=page,
        sent=sent,
        has_server=settings.MAIL_SERVER,
        runs=sorted(TickRun.objects.newest_of_each_step(), key=lambda run: (run.at, run.pk)),
        worker_at=worker_at,
        worker_is_here=worker_at is not None and now - worker_at < SILENCE,
    )


def can_read_all(agency: Agency) -> bool:
    """In the demonstration, where everybody is invented and no mail leaves, anybody may read anybody's mail."""
    return agency.demo and settings.PRIVATE_DATABASE and not settings.MAIL_SERVER


def all_mail(user: User, *, to: str, number: str) -> "Page[Mail]":
    """What the demonstration mailed, to everybody or to one address, the newest first. Two queries."""
    mails = Mail.objects.visible_to(user)
    mails = mails.filter(to__iexact=to.strip()) if to.strip() else mails
    return Paginator(mails.order_by("-made_at", "-pk"), SIZE).get_page(number)


def _row(mail: Mail) -> Row:
    tone, icon = LOOKS[MailState(mail.state)]
    word = "Kept here" if mail.state == MailState.SENT and not settings.MAIL_SERVER else mail.get_state_display()
    can_be_sent = mail.state not in (MailState.SENT, MailState.SENDING)
    return Row(mail, word, tone, icon, can_be_read(mail), can_be_sent)


def can_be_read(mail: Mail) -> bool:
    """Without a mail server somebody must be able to pass a letter on: one about people and their sign-ins only."""
    return mail.readable and not settings.MAIL_SERVER and bool(mail.text)
