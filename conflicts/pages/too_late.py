"""Plans that were approved after the work began: found from dates, listed for the integrity team, never ticked away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F

from conflicts.in_advance import InAdvance, began_without_a_plan
from conflicts.models import Declaration
from people.request import SignedInRequest

A_PAGE = 50


@dataclass(frozen=True)
class TooLate:
    """One declaration whose work began first, and what the dates say."""

    declaration: Declaration
    begins: date
    approved: date | None
    says: str


def too_late(request: SignedInRequest, on: date) -> "Page[Any]":
    """One page of them, the newest work first; two queries."""
    mine = Declaration.objects.visible_to(request.user)
    rows = began_without_a_plan(mine, on).select_related("person", "supplier", "agreement", "contract")
    page: Page[Any] = Paginator(rows.order_by(F("begins").desc(), "-pk"), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [_row(one) for one in page.object_list]
    return page


def _row(one: Any) -> TooLate:
    says = InAdvance.LATE if one.first_approved else InAdvance.MISSING
    return TooLate(one, one.begins, one.first_approved, says.value)
