"""Agreements that are reported on each year, led by the cast's agency, and one of each thing that the year leaves."""

from datetime import date
from typing import Any

from agreements.actions.agreement import record_existing
from agreements.actions.row import add_row
from agreements.choices import Kind
from agreements.models import Agreement
from agreements.rows import KINDS
from assurance.actions.adverse_notice import record_notices
from assurance.actions.approval import save_approval
from assurance.models import AdverseNotice
from assurance.pdf.aisa_appendix import issue_appendix
from people.models import User
from tests.agreements_at import organisation
from tests.cast import NOW, Cast

YEAR = 2026  # 1 July 2025 to 30 June 2026: over on the day that the cast plays on


def led(
    cast: Cast, title: str = "Family support", kind: Kind = Kind.AISA, other: str = "Community Agency"
) -> Agreement:
    """Signed, the cast's agency in the lead, one other party."""
    by = cast.privacy_officer
    own = organisation(f"{cast.agency.name} itself", agency=cast.agency, state_services="yes")
    values = {"title": title, "kind": kind, "purpose": "To help families."}
    made = record_existing(values=values, status="signed", by=by, now=NOW)
    party = {"organisation": organisation(other, state_services="yes"), "role": "exchanges"}
    add_row(agreement=made, kind=KINDS["party"], values=party, by=by)
    save_approval(agreement=made, values={"lead": own, "order": "Order 2026"}, by=by, now=NOW)
    return Agreement.objects.get(pk=made.pk)


def noticed(agreement: Agreement, by: User, given_on: date = date(2026, 4, 1), number: int = 1) -> AdverseNotice:
    """Notices given on a day."""
    values = {"given_on": given_on, "number": number, "reference": ""}
    return record_notices(agreement=agreement, values=values, by=by, now=NOW)


def of_the_year(cast: Cast, by: User) -> dict[str, dict[str, Any]]:
    """One of each, as the addresses that are about it name it."""
    one = led(cast)
    year = {"reference": one.reference, "year": YEAR}
    return {
        **dict.fromkeys(("aisa_report", "aisa_complete", "aisa_reopen"), year),
        "aisa_enter": year | {"part": "figures"},
        "notice_add": {"reference": one.reference},
        "notice_outcome": {"pk": noticed(one, by).pk},
        "aisa_copy": {"pk": issue_appendix(year=YEAR, by=by, now=NOW).pk},
    }
