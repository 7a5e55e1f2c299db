"""A round that runs, and what was mailed in it."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from conflicts.actions.round import create_round, launch_round
from conflicts.models import Invitation, Round
from people.models import Person, User
from records.models import Mail
from tests.cast import Cast

LINK = re.compile(r"https?://\S+/conflicts/answer/(\S+)/")
VALUES = {"title": "Declarations of the year", "occasion": "annual", "roles": [], "senior_only": False, "note": ""}
LASTS = timedelta(days=20)


def prepared(cast: Cast, units: Any = (), **values: Any) -> Round:
    """A round that nobody was asked in yet."""
    today = timezone.localdate()
    given = {"opens_on": today, "due_on": today + LASTS} | VALUES | values
    return create_round(values=given, units=list(units), by=cast.integrity_champion)


def running(cast: Cast, units: Any = (), **values: Any) -> Round:
    """A round of everybody whom the cast has so far."""
    return launch_round(round_=prepared(cast, units, **values), by=cast.integrity_champion, now=timezone.now())


def invitation_of(who: User | Person, round_: Round) -> Invitation:
    """What somebody was asked in the round."""
    person = who.who if isinstance(who, User) else who
    return Invitation.objects.select_related("round", "person").get(round=round_, person=person)


def mailed_link(who: User | Person) -> str:
    """The newest link that was mailed to somebody, as an address of the test client."""
    person = who.who if isinstance(who, User) else who
    mail = Mail.objects.filter(to=person.email, key__startswith="declaration ").order_by("-pk")[0]
    found = LINK.search(mail.text)
    assert found, mail.text
    return f"/conflicts/answer/{found[1]}/"
