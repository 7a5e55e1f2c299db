"""Answers that several apps share."""

from django.db import models


class YesNoUnknown(models.TextChoices):
    """A fact that may be unknown: unknown is an answer of its own and never counts as no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "We do not know yet"


def yes_no_unknown(label: str, help_text: str = "") -> "models.CharField[str, str]":
    """A column for such a fact, unknown until somebody says."""
    return models.CharField(
        label, max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN, help_text=help_text
    )
