"""The outbox: mail that is to leave, has left, or could not."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from records.constraints import one_of


class MailState(models.TextChoices):
    """Where a mail stands. Bounced: the server said that nobody has this address.

    Unsure: the worker or the connection was lost after the server was given the mail and before it answered.
    """

    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    UNSURE = "unsure", "Perhaps sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    BOUNCED = "bounced", "Refused"


class MailQuerySet(models.QuerySet["Mail"]):
    """Mail as someone may see it."""

    def visible_to(self, user: Any) -> Self:
        """The mail of the user's own agency."""
        return self.filter(agency=user.agency.code)

    def undelivered(self) -> Self:
        """Waiting, being sent, perhaps sent, given up or refused."""
        return self.exclude(state=MailState.SENT)


class Mail(models.Model):
    """One mail to one address, without a history of its own: what it tells of has one.

    Once a server has taken it, its text is forgotten: links in it open doors. ``readable`` says that it is about people
    and their sign-ins, so that whoever administers them may read it where there is no mail server.
    """

    agency = models.CharField(max_length=20, help_text="The code of the agency whose mail it is.")
    key = models.CharField(
        max_length=120, unique=True, null=True, blank=True, help_text="For what it is sent once only."
    )
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    about = models.CharField(max_length=120, help_text="What it is about, without what records hold.")
    readable = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField("not before")
    claimed_at = models.DateTimeField("being sent since", null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="queued"), name="mail_waiting"),
            models.Index(fields=["agency", "-made_at"], name="mail_of_agency"),
        ]
        constraints = [
            one_of("state", MailState.values, "mail_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="mail_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_at__isnull=False) | (~Q(state="sending") & Q(claimed_at=None)),
                name="mail_claimed_while_being_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
