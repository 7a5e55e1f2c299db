"""Queue mail in the transaction of the change that it tells of, and send it after that committed."""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from procrastinate.contrib.django import app

from records.acting import Actor, action
from records.errors import Refused
from records.models import Mail, MailState

# Pauses double from a minute to four hours; after three days nobody waits for the mail any more.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
ATTEMPTS = 25
KEPT = timedelta(days=90)  # of what was sent or given up
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


@action
def deliver(*, pk: int, by: Actor, now: datetime) -> Mail | None:
    """Send one mail that waits and is due; None where somebody else has it in hand or it waits no more.

    The row is locked until the server has taken the mail. A worker killed between the two sends it again, under the
    same Message-ID, so that mailboxes can tell.
    """
    waiting = Mail.objects.select_for_update(skip_locked=True, no_key=True)
    mail = waiting.filter(pk=pk, state=MailState.QUEUED, next_at__lte=now).first()
    if mail is None:
        return None
    mail.attempts += 1
    try:
        _message(mail).send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSError; a header of two lines is a ValueError
        _keep(mail, problem, now)
    else:
        mail.state, mail.sent_at, mail.error = MailState.SENT, now, ""
        mail.text = "" if settings.MAIL_SERVER else mail.text
    mail.save()
    return mail


def _message(mail: Mail) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname
    headers = {"Message-ID": f"<register-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)


def _keep(mail: Mail, problem: OSError | ValueError, now: datetime) -> None:
    """What the server refuses for good is not tried again; everything else is, after a growing pause."""
    mail.error = f"{type(problem).__name__}: {problem}"[:500]
    if isinstance(problem, SMTPRecipientsRefused) and all(code >= 500 for code, _ in problem.recipients.values()):
        mail.state = MailState.BOUNCED
    elif _is_final(problem) or mail.attempts >= ATTEMPTS:
        mail.state = MailState.FAILED
    else:
        mail.next_at = now + pause_after(mail.attempts)


def _is_final(problem: OSError | ValueError) -> bool:
    """The mail itself is at fault: a header or address that cannot be written, or a text that is refused."""
    return isinstance(problem, ValueError) or (isinstance(problem, SMTPDataError) and problem.smtp_code >= 500)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


@action
def try_again(*, mail: Mail, by: Actor, now: datetime) -> Mail:
    """Send a mail that waits, was given up or was refused as soon as a worker is free. Raises Refused once it left."""
    locked = Mail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    if locked.state == MailState.SENT:
        raise Refused("This mail was sent meanwhile")
    locked.state, locked.next_at, locked.attempts = MailState.QUEUED, now, 0
    locked.save()
    _ask_worker(locked)
    return locked


@action
def forget_old_mail(*, by: Actor, now: datetime) -> int:
    """Delete mail of three months ago that was sent or given up; how many."""
    old = Mail.objects.filter(made_at__lt=now - KEPT).exclude(state=MailState.QUEUED)
    return old.delete()[0]


def _ask_worker(mail: Mail) -> None:
    """A job in the same transaction: no mail without a job, no job for a change that was taken back."""
    app.configure_task(JOB).defer(pk=mail.pk)
