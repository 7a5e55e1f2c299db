"""The list of policies: the one whose review comes first on top, and which areas have none."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from assurance.models import Policy, PolicyArea
from people.models import User

LOOKS = {
    "": "In use",
    "overdue": "Review overdue",
    "mine": "Mine",
    **dict(PolicyArea.choices),
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True)
class PolicyList:
    """What an address asks for; ``overdue`` and ``missing`` are of all that are in use."""

    look: str
    rows: "QuerySet[Policy]"
    overdue: int
    missing: list[str]


def policy_list(user: User, look: str, on: date) -> PolicyList:
    """The list for one look of LOOKS. One query, besides the rows."""
    every = Policy.objects.visible_to(user)
    used = list(every.in_use().values_list("area", "next_review"))
    areas = {area for area, _ in used}
    rows = every.filter(_asked(look, user, on)).select_related("owner").order_by("next_review", "title", "pk")
    return PolicyList(
        look=look,
        rows=rows,
        overdue=sum(next_review < on for _, next_review in used),
        missing=[str(label) for value, label in PolicyArea.choices if value not in areas],
    )


def _asked(look: str, user: User, on: date) -> Q:
    used = Q(ended_on=None)
    if look in PolicyArea.values:
        return used & Q(area=look)
    return {
        "overdue": used & Q(next_review__lt=on),
        "mine": used & Q(owner=user.person_id),
        "withdrawn": ~used,
    }.get(look, used)
