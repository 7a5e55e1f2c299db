"""What the actions of breaches, concerns and complaints ask alike: words, an open record, an agreement to link."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from agreements.actions.changes import refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from people.models import User
from records.words import nz_date


def in_words(field: str, text: str, sentence: str) -> str:
    """What somebody wrote, without the blanks around it. Where that is nothing, ValidationError: ``sentence``."""
    if not text.strip():
        raise refuse(field, sentence)
    return text.strip()


def check_unanswered(closed_on: date | None) -> None:
    """What is answered is opened again before anything more is done. Raises NotNow."""
    if closed_on:
        raise NotNow(f"It was answered on {nz_date(closed_on)}: open it again first")


def check_answered(closed_on: object) -> None:
    """Only what is closed can be opened again. Raises NotNow."""
    if closed_on is None:
        raise NotNow("It is open")


def check_may_link(agreement: Agreement, links: "QuerySet[Any]", by: User) -> None:
    """An agreement of the agency that is not linked yet. Raises NotYours, ValidationError."""
    if agreement.agency_id != by.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if links.filter(agreement=agreement).exists():
        raise refuse("agreement", f"{agreement.reference} is linked already")
