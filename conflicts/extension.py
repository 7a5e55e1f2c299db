"""What conflicts add to agreements: cleared, a plan in force, or a gap and what is missing; and the conversations.

Never a name, and nothing of what was declared: readers of agreements see no declarations (domain.md 9.5).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When, prefetch_related_objects
from django.urls import reverse

from agreements.columns import Column
from agreements.extensions import Event, Extension, Panel, Part
from agreements.models import Agreement, AgreementContract, Contract, Organisation
from conflicts.actions.clearance import keep_clearance
from conflicts.actions.match import fold_matches, match_organisations
from conflicts.choices import ConversationOutcome, Stage
from conflicts.clearance import Clear
from conflicts.models import ClearanceEntry, Conversation
from conflicts.standing import standings
from people.models import User
from records.filters import Filter, Option, OptionFilter

TITLE = "Conflicts of interest"
WORDS = {
    Clear.CLEARED: "Cleared",
    Clear.PLAN: "Plan in force",
    Clear.GAP: "Gap",
    Clear.NOTHING: "Nothing is asked, and nothing was declared",
}
COLUMNS = (Column("conflicts", TITLE, "Cleared, plan in force, or gap; empty where nothing is asked.", imported=False),)


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Find again how the agreement stands, in the same transaction as the change."""
    keep_clearance(agreements=[agreement.pk], on=on, by=by)


def after_changes(agreements: Sequence[Agreement], by: User, on: date) -> None:
    """The same for many at once."""
    keep_clearance(agreements=[agreement.pk for agreement in agreements], on=on, by=by)


def organisations_named(organisations: Sequence[int], by: User, on: date) -> None:
    """Match them with every declared interest, in the same transaction."""
    match_organisations(organisations=organisations, by=by, on=on)


def before_merge(gone: Organisation, stays: Organisation, by: User) -> None:
    """Fold the matches of both."""
    fold_matches(gone=gone, stays=stays, by=by)


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """How it stands, and the conversations; never on the signed face, which has no panels."""
    return [Panel("conflicts", TITLE, reverse("conflicts:of_agreement", args=[agreement.reference]))]


def contract_panels(contract: Contract, user: User) -> list[Panel]:
    """The conversations of a contract."""
    return [Panel("conflicts", TITLE, reverse("conflicts:of_contract", args=[contract.pk]))]


def summary(agreements: Sequence[Agreement], on: date) -> dict[int, dict[str, Any]]:
    """The cell of each agreement; one query where lists did not fetch it along."""
    relation = Agreement._meta.get_field("clearance")
    if not all(relation.is_cached(one) for one in agreements):
        prefetch_related_objects(agreements, "clearance")
    found: dict[int, ClearanceEntry | None] = {one.pk: getattr(one, "clearance", None) for one in agreements}
    return {key: {"conflicts": WORDS[Clear(one.state)] if one and one.state else ""} for key, one in found.items()}


def filters(user: User, on: date) -> list[Filter]:
    """By how an agreement stands."""
    states = (Clear.GAP, Clear.PLAN, Clear.CLEARED)
    options = tuple(Option(one.value, WORDS[one], Q(clearance__state=one.value)) for one in states)
    return [OptionFilter("conflicts", TITLE, options=options, folded=True)]


def pdf_sections(agreement: Agreement, on: date) -> list[Part]:
    """How the terms that stand are clear of conflicts, and what is missing. One query."""
    found = standings([agreement.pk], on).get(agreement.pk)
    if agreement.terms_now.pk != agreement.current_terms_id or found is None or not found.clear.state:
        return []
    last = found.conversations[-1].on if found.conversations else None
    had = [("Last conversation with the third parties", f"{last:%-d %B %Y}")] if last else []
    missing = [("Missing", "\n".join(found.clear.missing))] if found.clear.missing else []
    return [Part(TITLE, [("How it stands", WORDS[found.clear.state]), *had, *missing])]


def conversations_about(agreement: int) -> "QuerySet[Conversation]":
    """Conversations with the third parties of an agreement, those of its contracts too; no declaration ever.

    ``came`` is the outcome, empty where a later row corrects it.
    """
    contracts = AgreementContract.objects.filter(agreement=agreement).values("contract")
    rows = Conversation.objects.filter(Q(agreement=agreement) | Q(contract__in=contracts), person=None)
    return rows.annotate(came=Case(When(corrected_by=None, then=F("outcome")), default=Value("")))


def conversation_event(
    agreement: Agreement, at: datetime, on: date, by: str, with_whom: str, stage: str, came: str
) -> Event:
    """A conversation on the timeline."""
    url = reverse("conflicts:of_agreement", args=[agreement.reference])
    note = f"{ConversationOutcome(came).label}. With {with_whom}" if came else "Corrected since"
    return Event(at, f"Conversation about conflicts: {Stage(stage).label.lower()}", by, on=on, note=note, url=url)


EXTENSION = Extension(
    "conflicts",
    after_change="conflicts.extension.after_change",
    after_changes="conflicts.extension.after_changes",
    panels="conflicts.extension.panels",
    contract_panels="conflicts.extension.contract_panels",
    summary="conflicts.extension.summary",
    filters="conflicts.extension.filters",
    columns=COLUMNS,
    along=("clearance__state",),
    organisations_named="conflicts.extension.organisations_named",
    before_merge="conflicts.extension.before_merge",
    pdf_sections="conflicts.extension.pdf_sections",
    goes_with=("conflicts.ClearanceEntry",),
)
