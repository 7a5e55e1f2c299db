"""Which agreements somebody may read: their agency's own, and the signed faces of those to which it is a party."""

from typing import TypeVar

from django.db.models import F, Q, QuerySet

from agreements.models import Agreement, Flow, Party
from people.models import User

Row = TypeVar("Row", Party, Flow)


def readable(user: User) -> Q:
    """A condition on agreements."""
    faces = Agreement.objects.signed_faces_for(user.agency).order_by().values("pk")
    return Q(pk__in=Agreement.objects.visible_to(user).values("pk")) | Q(pk__in=faces)


def of_present_terms(rows: "QuerySet[Row]", user: User) -> "QuerySet[Row]":
    """Those rows that stand in the present terms of agreements the person may read and nobody withdrew."""
    agreements = Agreement.objects.in_use().filter(readable(user)).values("pk")
    return rows.filter(terms__agreement__in=agreements, terms__agreement__current_terms=F("terms"))
