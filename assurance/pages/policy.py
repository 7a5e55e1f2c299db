"""The list of policies: the one whose review comes first on top, and which areas have none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agreements.sheets import Cell
from assurance.models import Policy, PolicyArea
from people.models import User
from records.words import NOT_RECORDED

LOOKS = {
    "": "In use",
    "overdue": "Review overdue",
    "mine": "Mine",
    **dict(PolicyArea.choices),
    "withdrawn": "Withdrawn",
}


HEADINGS = (
    "Policy", "Area", "Owner", "Approved on", "Last reviewed on", "Next review", "Overdue", "Withdrawn on", "Address",
    "Document", "Kept here",
)  # fmt: skip


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


def sheet_rows(rows: "QuerySet[Policy]", on: date) -> Iterator[list[Cell]]:
    """One line a policy, in the order of HEADINGS."""
    for one in rows.prefetch_related("files").iterator(chunk_size=250):
        newest = max(one.files.all(), key=lambda file: file.pk, default=None)
        yield [
            one.title, one.get_area_display(), str(one.owner), one.approved_on, one.reviewed_on,
            None if one.ended_on else one.next_review, "Yes" if one.is_overdue(on) else "No", one.ended_on, one.address,
            one.document, newest.file_name if newest else NOT_RECORDED,
        ]  # fmt: skip


def _asked(look: str, user: User, on: date) -> Q:
    used = Q(ended_on=None)
    if look in PolicyArea.values:
        return used & Q(area=look)
    return {
        "overdue": used & Q(next_review__lt=on),
        "mine": used & Q(owner=user.person_id),
        "withdrawn": ~used,
    }.get(look, used)
