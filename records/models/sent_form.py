"""Forms that were sent, so that none does its work twice."""

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """The one-time number of a form that did its work, and the page that it led to; without history of its own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.UUIDField()
    led_to = models.CharField(max_length=4000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "number"], name="sent_form_once")]

    def __str__(self) -> str:
        return f"Form {self.number}"
