"""Record conversations with third parties: kept even if nothing came of them, and corrected by a new row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse, tell_of
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Contract
from conflicts.models import Conversation
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action

FIELDS = ("stage", "on", "with_whom", "outcome", "note")


@action
def record_conversation(
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime,
    agreement: Agreement | None = None,
    contract: Contract | None = None,
    corrects: Conversation | None = None,
) -> Conversation:
    """Record a conversation about an agreement or a contract; ``corrects`` names the row that it takes the place of.

    Both rows stay; the newer counts. Raises NotPermitted, NotYours, NotNow (corrected already), ValidationError.
    """
    check_may(by, Permission.RECORD_DECLARATIONS)
    made = Conversation(agency=by.agency, agreement=agreement, contract=contract, by=by, at=now)
    if corrects:
        _check_may_correct(corrects, by)
        made.corrects, made.agreement, made.contract = corrects, corrects.agreement, corrects.contract
    for work in (made.agreement, made.contract):
        if work is not None and work.agency_id != by.agency.pk:
            raise NotYours(f"{work} belongs to another agency")
    for name in FIELDS:
        setattr(made, name, values.get(name, ""))
    if made.on and made.on > localdate(now):
        raise refuse("on", "Record it once you have talked: this day lies ahead")
    check_and_save(made)
    tell_of(Agreement.objects.filter(pk__in=agreements_of(made)), by, localdate(now))
    return made


def agreements_of(made: Conversation) -> list[int]:
    """The keys of the agreements that a conversation counts for: its own, or those that its contract serves."""
    if made.agreement_id:
        return [made.agreement_id]
    return list(made.contract.agreement_links.values_list("agreement", flat=True)) if made.contract else []


def _check_may_correct(wrong: Conversation, by: User) -> None:
    locked = Conversation.objects.select_for_update(of=("self",), no_key=True).get(pk=wrong.pk)
    if locked.agency_id != by.agency.pk or locked.person_id is not None:
        raise NotYours("This conversation is not yours to correct")
    if Conversation.objects.filter(corrects=locked).exists():
        raise NotNow("It was corrected already: correct the newer one")
