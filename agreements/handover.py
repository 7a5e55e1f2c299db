"""What a leaver answered for among agreements (settings.OWNED_ITEMS), and who takes it over (HANDOVER_TAKERS)."""

from django.db.models import Q

from agreements.actions.comment import ASKED, hand_over_comment
from agreements.actions.contract import hand_over_contract
from agreements.actions.handover import hand_over_agreement
from agreements.choices import Status
from agreements.errors import NotNow
from agreements.models import Agreement, Comment, Contract
from people.models import Handover, Person, User
from people.owned import OwnedItem

# How each part is named on the hand-over list; the first word finds the callable that re-assigns it.
PARTS = {
    "owner": "agreement owner",
    "manager": "agreement contract manager",
    "senior_owner": "agreement senior owner",
    "technical_adviser": "agreement technical adviser",
    "security_officer": "agreement security officer",
}
OVER = (Status.ENDED, Status.CLOSED_OUT, Status.WITHDRAWN)


def owned_agreements(person: Person) -> list[OwnedItem]:
    """The person's parts in agreements that are not over, by reference."""
    mine = Q()
    for field in PARTS:
        mine |= Q(**{field: person})
    agreements = Agreement.objects.filter(mine).exclude(status__in=OVER).order_by("reference")
    return [
        OwnedItem(kind, agreement.reference, agreement.title)
        for agreement in agreements
        for field, kind in PARTS.items()
        if getattr(agreement, f"{field}_id") == person.pk
    ]


def take_agreement(*, handover: Handover, to: Person, by: User) -> None:
    """Re-assign the agreement. Raises NotYours, NotPermitted, NotNow where somebody else has the part by now."""
    field = next(field for field, kind in PARTS.items() if kind == handover.kind)
    agreement = Agreement.objects.filter(reference=handover.subject).first()
    if agreement is None:
        raise NotNow("It is no longer in the register: the import that brought it in was undone")
    hand_over_agreement(agreement=agreement, field=field, leaver=handover.leaver, to=to, by=by)


def owned_contracts(person: Person) -> list[OwnedItem]:
    """The running contracts that the person manages, by number."""
    rows = Contract.objects.running().filter(manager=person).order_by("reference")
    return [OwnedItem("contract manager", row.reference, row.title) for row in rows]


def take_contract(*, handover: Handover, to: Person, by: User) -> None:
    """Give the contract to somebody else. Raises NotYours, NotPermitted, NotNow where the leaver has it no longer."""
    theirs = Contract.objects.filter(agency=handover.agency, manager=handover.leaver)
    # A number may have been corrected since the list was made; the title then says which it is.
    contract = theirs.filter(reference=handover.subject).first() or theirs.filter(title=handover.title).first()
    if contract is None:
        raise NotNow(f"{handover.leaver} does not manage {handover.subject} any more: nothing is left to hand over")
    hand_over_contract(contract=contract, leaver=handover.leaver, to=to, by=by)


def asked_comments(person: Person) -> list[OwnedItem]:
    """What comments ask of the person and nobody has said is done, the oldest first."""
    rows = Comment.objects.open_for(person).select_related("agreement", "contract").order_by("at", "pk")
    return [OwnedItem(ASKED, f"Comment {row.pk}", f"{row.about.reference}: {row}") for row in rows]


def take_comment(*, handover: Handover, to: Person, by: User) -> None:
    """Ask somebody else. Raises NotYours, NotPermitted, NotNow where they could not read it or it is answered."""
    hand_over_comment(pk=int(handover.subject.partition(" ")[2]), leaver=handover.leaver, to=to, by=by)
