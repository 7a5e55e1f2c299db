"""What a leaver decided on or approved (settings.OWNED_ITEMS), and who takes it over (HANDOVER_TAKERS).

A declaration that nobody has taken up yet is routed again by the tick instead. No row says who declared, or what.
"""

from django.utils import timezone

from conflicts.actions.routing import hand_over_declaration
from conflicts.choices import OVER, DeclarationStatus
from conflicts.errors import NotNow
from conflicts.models import Declaration
from people.models import Handover, Person, User
from people.owned import OwnedItem

PARTS = {"decider": "declaration decider", "approver": "declaration plan"}
TITLES = {
    "decider": "A declaration of interests: who decides on it and looks after its plan",
    "approver": "A declaration of interests: who approves its plan",
}
ROUTED_AGAIN = (DeclarationStatus.DRAFT, DeclarationStatus.RETURNED, DeclarationStatus.SUBMITTED)
DONE_WITH_APPROVING = (DeclarationStatus.NO_CONFLICT, DeclarationStatus.UNMANAGEABLE)


def owned_declarations(person: Person) -> list[OwnedItem]:
    """The person's parts in declarations that are not over, by their code."""
    rows = Declaration.objects.exclude(status__in=(*OVER, *ROUTED_AGAIN)).order_by("pk")
    return [
        OwnedItem(PARTS[part], one.code, TITLES[part])
        for part in PARTS
        for one in rows.filter(**{part: person})
        if part == "decider" or one.status not in DONE_WITH_APPROVING
    ]


def take_declaration(*, handover: Handover, to: Person, by: User) -> None:
    """Give the part to somebody else. Raises NotYours, NotPermitted, NotNow where somebody else has it by now."""
    part = next(part for part, kind in PARTS.items() if kind == handover.kind)
    declaration = Declaration.objects.filter(agency=handover.agency_id, code=handover.subject).first()
    if declaration is None:
        raise NotNow("Nothing is left to hand over")
    now = timezone.now()
    hand_over_declaration(declaration=declaration, part=part, leaver=handover.leaver, to=to, by=by, now=now)
