"""Queue mail in the transaction of the change that it tells of, and keep what became of it (records/post.py sends)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from procrastinate.contrib.django import app

from records.acting import Actor, action
from records.errors import Refused
from records.models import Mail, MailState

# Pauses double from a minute to four hours; after three days nobody waits for the mail any more.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
ATTEMPTS = 25
KEPT = timedelta(days=90)  # of what was sent or given up
IN_HAND = timedelta(minutes=5)  # the longest that a living worker has a mail; each answer comes in ten seconds or not
JOB = "deliver_mail"  # people/tasks.py


@action
def queue_mail(
    *, agency: str, to: str, subject: str, text: str, about: str, by: Actor, now: datetime,
    readable: bool = False, key: str | None = None,
) -> Mail | None:  # fmt: skip
    """Put a mail into the outbox; it leaves after commit. None where one with this key was queued before.

    A subject is one line, whatever names in it hold. Raises ValidationError for what is no address.
    """
    if key and Mail.objects.filter(key=key).exists():
        return None
    mail = Mail(
        agency=agency, key=key, to=to, subject=" ".join(subject.split())[:300], text=text, about=about,
        readable=readable, made_at=now, next_at=now,
    )  # fmt: skip
    mail.full_clean()
    mail.save()
    _ask_worker(mail)
    return mail


@dataclass(frozen=True)
class Letter:
    """One of many mails. ``key`` is for what it is sent once only."""

    key: str
    to: str
    subject: str
    text: str
    about: str


@action
def queue_many(*, agency: str, letters: Sequence[Letter], by: Actor, now: datetime) -> int:
    """Put many mails into the outbox, but none whose key was queued before; how many are new.

    The worker finds them with its next minute: no job each. One to what is no address is kept as not sent, so that a
    single wrong address holds nobody else up.
    """
    known = set(Mail.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    new = {letter.key: letter for letter in letters if letter.key not in known}
    Mail.objects.bulk_create([_mail_of(letter, agency, now) for letter in new.values()], batch_size=500)
    return len(new)


def _mail_of(letter: Letter, agency: str, now: datetime) -> Mail:
    mail = Mail(
        agency=agency, key=letter.key, to=letter.to, subject=" ".join(letter.subject.split())[:300], text=letter.text,
        about=letter.about, made_at=now, next_at=now,
    )  # fmt: skip
    try:
        validate_email(mail.to)
    except ValidationError:
        mail.state, mail.error, mail.text = MailState.FAILED, "This is not an e-mail address", ""
    return mail


@action
def claim(*, pk: int, by: Actor, now: datetime) -> Mail | None:
    """Take a mail that waits and is due into hand; None where somebody else has it or it waits no more.

    Committed before the server is given the mail: if this worker dies then, nobody sends it again by itself.
    """
    waiting = Mail.objects.select_for_update(skip_locked=True, no_key=True)
    mail = waiting.filter(pk=pk, state=MailState.QUEUED, next_at__lte=now).first()
    if mail is None:
        return None
    mail.state, mail.claimed_at, mail.attempts = MailState.SENDING, now, mail.attempts + 1
    mail.save()
    return mail


@action
def keep_outcome(*, pk: int, problem: OSError | ValueError | None, by: Actor, now: datetime) -> Mail:
    """Keep what the server said of a mail that was claimed, be it late; ``problem`` None where it took it."""
    mail = Mail.objects.select_for_update(no_key=True).get(pk=pk)
    if mail.state not in (MailState.SENDING, MailState.UNSURE):
        return mail
    mail.claimed_at = None
    if problem is not None:
        _keep(mail, problem, now)
    else:
        mail.state, mail.sent_at, mail.error = MailState.SENT, now, ""
        mail.text = "" if settings.MAIL_SERVER else mail.text
    mail.save()
    return mail


@action
def keep_unreachable(*, pk: int, problem: OSError, by: Actor, now: datetime) -> Mail | None:
    """Keep that no server was there to be given the mail; None where somebody else has it in hand."""
    waiting = Mail.objects.select_for_update(skip_locked=True, no_key=True)
    mail = waiting.filter(pk=pk, state=MailState.QUEUED, next_at__lte=now).first()
    if mail is None:
        return None
    mail.attempts += 1
    _wait(mail, problem, now)
    mail.save()
    return mail


@action
def doubt_lost_mail(*, by: Actor, now: datetime) -> int:
    """Say of mail that has been in hand for too long that it was perhaps sent: its worker died. How many."""
    lost = Mail.objects.select_for_update(skip_locked=True, no_key=True)
    found = list(lost.filter(state=MailState.SENDING, claimed_at__lte=now - IN_HAND))
    for mail in found:
        mail.state, mail.claimed_at = MailState.UNSURE, None
        mail.error = "The worker was stopped before the mail server answered"
        mail.save()
    return len(found)


def _keep(mail: Mail, problem: OSError | ValueError, now: datetime) -> None:
    """What the server refuses for good is not tried again, nor what it may have taken; everything else is."""
    if isinstance(problem, SMTPServerDisconnected | TimeoutError | ConnectionError):
        mail.state, mail.error = MailState.UNSURE, _said(problem)
    elif isinstance(problem, SMTPRecipientsRefused) and all(code >= 500 for code, _ in problem.recipients.values()):
        mail.state, mail.error = MailState.BOUNCED, _said(problem)
    elif _is_final(problem):
        mail.state, mail.error = MailState.FAILED, _said(problem)
    else:
        _wait(mail, problem, now)


def _wait(mail: Mail, problem: OSError | ValueError, now: datetime) -> None:
    """Try again after a growing pause, for three days."""
    mail.error = _said(problem)
    mail.state = MailState.QUEUED if mail.attempts < ATTEMPTS else MailState.FAILED
    mail.next_at = now + pause_after(mail.attempts)


def _said(problem: OSError | ValueError) -> str:
    return f"{type(problem).__name__}: {problem}"[:500]


def _is_final(problem: OSError | ValueError) -> bool:
    """The mail itself is at fault: a header or address that cannot be written, or a text that is refused."""
    return isinstance(problem, ValueError) or (isinstance(problem, SMTPDataError) and problem.smtp_code >= 500)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


@action
def try_again(*, mail: Mail, by: Actor, now: datetime) -> Mail:
    """Send a mail that waits, was given up, refused or perhaps sent as soon as a worker is free.

    Raises Refused once it left, and while a worker has it in hand.
    """
    locked = Mail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    if locked.state == MailState.SENT:
        raise Refused("This mail was sent meanwhile")
    if locked.state == MailState.SENDING:
        raise Refused("This mail is being sent right now")
    locked.state, locked.next_at, locked.attempts = MailState.QUEUED, now, 0
    locked.save()
    _ask_worker(locked)
    return locked


@action
def forget_old_mail(*, by: Actor, now: datetime) -> int:
    """Delete mail of three months ago that was sent or given up; how many."""
    old = Mail.objects.filter(made_at__lt=now - KEPT).exclude(state__in=(MailState.QUEUED, MailState.SENDING))
    return old.delete()[0]


def _ask_worker(mail: Mail) -> None:
    """A job in the same transaction: no mail without a job, no job for a change that was taken back."""
    app.configure_task(JOB).defer(pk=mail.pk)
