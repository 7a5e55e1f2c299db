"""Agreements that are reported on each year, led by the cast's agency, and one of each thing that the year leaves."""

from datetime import date, datetime
from typing import Any

from agreements.actions.agreement import record_existing
from agreements.actions.row import add_row
from agreements.choices import Kind
from agreements.models import Agreement
from agreements.rows import KINDS
from assurance.actions.adverse_notice import record_notices
from assurance.actions.approval import save_approval
from assurance.actions.automated_decision import add_decision
from assurance.actions.policy import add_policy, add_policy_file
from assurance.models import AdverseNotice, AutomatedDecision, Policy
from assurance.pdf.aisa_appendix import issue_appendix
from people.models import User
from tests.agreements_at import organisation
from tests.cast import NOW, Cast
from tests.files import PDF

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
    about = {"reference": one.reference}
    kept = policy_of(cast)
    file = add_policy_file(policy=kept, name="policy.pdf", content=PDF, by=cast.business_owner, now=NOW)
    year, policy, decision = about | {"year": YEAR}, {"pk": kept.pk}, {"pk": decision_of(one, by).pk}
    return {
        **dict.fromkeys(("aisa_report", "aisa_complete", "aisa_reopen", "aisa_share"), year),
        "aisa_enter": year | {"part": "figures"},
        "notice_add": {"reference": one.reference},
        "notice_outcome": {"pk": noticed(one, by).pk},
        **dict.fromkeys(("policy", "policy_attach", "policy_change", "policy_history", "policy_step"), policy),
        **dict.fromkeys(("automated_decision", "automated_change", "automated_history", "automated_review"), decision),
        "policy_file": policy | {"key": file.pk},
        **dict.fromkeys(("automated_of", "automated_add"), about),
        "aisa_copy": {"pk": issue_appendix(year=YEAR, by=by, now=NOW).pk},
    }


def policy_of(
    cast: Cast, title: str = "Sharing policy", area: str = "privacy", *, now: datetime = NOW, **values: Any
) -> Policy:
    """A policy of a year ago, owned by the business owner."""
    given = {
        "title": title, "area": area, "owner": cast.business_owner.who, "address": "", "document": "",
        "approved_on": date(2025, 7, 1), "next_review": date(2026, 7, 1),
    }  # fmt: skip
    return add_policy(values=given | values, by=cast.privacy_officer, now=now)


def decision_of(agreement: Agreement, by: User, **values: Any) -> AutomatedDecision:
    """Something that a machine prepares, of which half is not known yet."""
    given = {
        "what": "Whose case is looked at first", "means": "", "how": "supports", "uses_ai": "unknown",
        "can_ask": "yes", "charter": "unknown", "charter_note": "", "next_review": date(2026, 8, 1),
    }  # fmt: skip
    return add_decision(agreement=agreement, values=given | values, by=by, now=NOW)
