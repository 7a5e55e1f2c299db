"""A manager's conversation with a member of staff about interests: recorded even if nothing came of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from conflicts.actions.changes import check_and_save, refuse
from conflicts.models import Conversation
from conflicts.policies import check_may_record_conversation
from people.models import Person, User
from records.acting import action
from records.words import nz_date


@action
def record_staff_conversation(
    *, person: Person, values: Mapping[str, Any], by: User, now: datetime, today: date
) -> Conversation:
    """Record a conversation with one person: the day, what came of it and, where there is one, a note. It stands.

    Raises NotYours (nobody records one with themselves or with another agency's people), ValidationError.
    """
    check_may_record_conversation(person, by, today)
    if values["on"] > today:
        raise refuse("on", f"{nz_date(values['on'])} lies in the future: record it once you have talked")
    who = f"{by.who} and {person}"
    row = Conversation(agency=by.agency, person=person, with_whom=who[:300], by=by, at=now, **values)
    check_and_save(row)
    return row
