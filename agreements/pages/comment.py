"""Comments of an agreement or a contract, and what they ask of a person."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from agreements.models import Agreement, Comment, Contract
from people.models import Person

MENTIONS_FOR = timedelta(days=14)  # how long home shows that somebody named a person
SHOWN = 100  # comments of one thing; more would make a book of a page


def comments_of(about: Agreement | Contract) -> list[Comment]:
    """The newest comments, each with who said it and whom it asks."""
    rows = about.comments.select_related("by__person", "assigned_to", "done_by__person")
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def asked_of(person: Person) -> "QuerySet[Comment]":
    """What comments ask of a person and nobody has said is done, the oldest first; with what each is about."""
    return _told(Comment.objects.open_for(person)).order_by("at", "pk")


def for_person(person: Person, now: datetime) -> list[Comment]:
    """What home shows: everything asked of the person, then what names them since two weeks ago. One query."""
    asked = Q(assigned_to=person, done_at=None)
    named = Q(mentions__person=person, at__gte=now - MENTIONS_FOR) & ~Q(by__person=person)
    rows = _told(Comment.objects.filter(asked | (named & ~Q(assigned_to=person)))).distinct()
    return sorted(rows.order_by("at", "pk"), key=lambda one: one.assigned_to_id != person.pk)


def _told(rows: "QuerySet[Comment]") -> "QuerySet[Comment]":
    return rows.select_related("by__person", "agreement", "contract", "assigned_to")
