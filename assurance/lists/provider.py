"""The list of what providers were asked: its filters and sorts, and the same as a sheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate

from agreements.sheets import Cell
from assurance.found import every_word
from assurance.models import WAITING, WITH_A_GAP, AskedAgreement, NamedSubcontractor, ProviderRequest, followed_by
from people.models import User
from records.filters import DateFilter, Option, OptionFilter
from records.lists import Address, ListSpec, Plain, Sort

HEADINGS = (
    "Reference", "Organisation", "Who was asked", "Asked on", "To be answered by", "Agreements", "Answered on",
    "Answered by", "Position", "Receipt", "With a gap", "Withdrawn on", "Reached somebody else on",
)  # fmt: skip


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    new = Exists(NamedSubcontractor.objects.filter(asked__asking=OuterRef("pk"), taken_up_at=None))
    gap = Exists(AskedAgreement.objects.filter(asking=OuterRef("pk"), outcome__in=WITH_A_GAP))
    looks = (
        Option("waiting", "Waiting for an answer", WAITING),
        Option("late", "Late", WAITING & Q(due_on__lt=on)),
        Option("astray", "Reached somebody else", WAITING & Q(misdirected_at__isnull=False)),
        Option("gap", "Answered with a gap", Q(gap)),
        Option("subcontractor", "A subcontractor to take up", Q(new)),
        Option("answered", "Answered", Q(submitted_at__isnull=False)),
    )
    filters = (
        OptionFilter("look", "Needs a look", options=looks),
        OptionFilter("whose", "Whose", options=(Option("me", "Mine to follow up", followed_by(user.person_id)),)),
        DateFilter("from", "Due from", lookup="due_on__gte"),
        DateFilter("to", "Due until", lookup="due_on__lte"),
    )
    sorts = (
        Sort("due", "To be answered by", ("due_on",), filled=True),
        Sort("organisation", "Organisation", (Plain("organisation__name"),), filled=True),
    )
    return Address(ListSpec(filters=filters, sorts=sorts, default="-due"), data)


def rows_for(user: User) -> "QuerySet[ProviderRequest]":
    """The requests of the user's agency."""
    return ProviderRequest.objects.visible_to(user).select_related("organisation")


# Every word stands in the reference, the organisation's name or who was asked.
named_by = every_word("contact", codes=("reference", "organisation__normalised"))


def sheet_rows(rows: "QuerySet[Any]") -> Iterator[list[Cell]]:
    """One line a request, in the order of HEADINGS."""
    for one in rows.prefetch_related("asked__agreement").iterator(chunk_size=250):
        asked: list[AskedAgreement] = list(one.asked.all())
        yield [
            one.reference, str(one.organisation), one.contact, localdate(one.asked_at), one.due_on,
            ", ".join(each.agreement.reference for each in asked), _day(one.submitted_at), one.answered_by,
            one.position, one.receipt if one.submitted_at else "", "Yes" if one.with_a_gap else "",
            _day(one.withdrawn_at), _day(one.misdirected_at),
        ]  # fmt: skip


def _day(moment: Any) -> date | None:
    return localdate(moment) if moment else None
