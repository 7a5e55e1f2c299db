"""What the actions of breaches, concerns and complaints ask alike: words, an open record, a link, somebody for it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from agreements.actions.changes import refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from people.models import Person, User
from people.notices import who_may
from people.permissions import check_may
from people.roles import Permission
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


def why_not_to(owner: Person, permission: Permission, on: date) -> str:
    """Why somebody cannot take it on: only who may read it does. Empty where they can."""
    if owner.pk in who_may(permission, on).get(owner.agency_id, ()):
        return ""
    return f"Choose somebody whose role allows it ({permission.lower()}): nobody else reads it"


def check_give(owner: Person, record: Any, permission: Permission, on: date) -> None:
    """Somebody of the agency who may read it. Raises ValidationError at the field owner."""
    why = why_not_to(owner, permission, on) if owner.agency_id == record.agency_id else f"{owner} works elsewhere"
    if why:
        raise refuse("owner", why)


def check_hand_over(record: Any, leaver: Person, to: Person, permission: Permission, by: User, on: date) -> None:
    """Of the agency, still the leaver's, and for somebody who may read it. Raises NotPermitted, NotYours, NotNow."""
    check_may(by, Permission.HAND_OVER)
    if record.agency_id != by.agency.pk or to.agency_id != by.agency.pk:
        raise NotYours(f"{record.reference} is another agency’s")
    if record.owner_id != leaver.pk:
        raise NotNow(f"{record.owner or 'Nobody'} looks into {record.reference} by now: nothing is left to hand over")
    why = why_not_to(to, permission, on)
    if why:
        raise NotYours(why)
