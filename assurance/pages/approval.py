"""The page of an approval: what Part 7 asks to be recorded, and the amendments of an AISA."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agreements.choices import Kind
from agreements.models import Agreement, Terms
from agreements.policies.agreement import why_not
from agreements.sheets import Cell
from assurance.actions.approval import check_may_approve_record
from assurance.aisa.counting import NOTICE
from assurance.models import Amendment, Approval
from assurance.years import last_finished
from people.models import User
from people.permissions import may
from people.roles import Permission

COLUMNS = ("Name", "Public services", "Internet address", "Lead agency", "Description of personal information")


@dataclass(frozen=True)
class ApprovalPage:
    """Everything that the page shows."""

    agreement: Agreement
    approval: Approval
    varied: list[tuple[Terms, Amendment | None]]
    least_notice: int
    why_not: str
    may_export: bool
    may_read_history: bool
    last_year: int

    @property
    def is_aisa(self) -> bool:
        """Whether an Order in Council approves it."""
        return self.agreement.kind == Kind.AISA

    @property
    def verb(self) -> str:
        """What the button says."""
        return "Change what is recorded" if self.approval.pk else "Record the approval"


def approval_page(agreement: Agreement, user: User, on: date) -> ApprovalPage:
    """Three queries beside the agreement's own."""
    found = Approval.objects.visible_to(user).filter(agreement=agreement).select_related("lead").first()
    varied = Terms.objects.filter(agreement=agreement, based_on__isnull=False).order_by("-number")
    amended = {one.terms_id: one for one in Amendment.objects.filter(terms__agreement=agreement)}
    return ApprovalPage(
        agreement=agreement,
        approval=found or Approval(agreement=agreement),
        varied=[(terms, amended.get(terms.pk)) for terms in varied] if agreement.kind == Kind.AISA else [],
        least_notice=NOTICE[Kind(agreement.kind)],
        why_not=why_not(check_may_approve_record, agreement, user),
        may_export=may(user, Permission.EXPORT_AGREEMENTS),
        may_read_history=may(user, Permission.READ_HISTORY),
        last_year=last_finished(on),
    )


def amendment_of(terms: Terms) -> Amendment:
    """What is recorded of these terms, which the person may read; a blank one where nothing is yet."""
    return Amendment.objects.filter(terms=terms).first() or Amendment(terms=terms)


def schedule_rows(user: User) -> Iterator[list[Cell]]:
    """The five public columns of Schedule 2, a line for each AISA of the agency that was not withdrawn."""
    rows = Approval.objects.visible_to(user).filter(agreement__kind=Kind.AISA).exclude(agreement__status="withdrawn")
    for one in rows.select_related("agreement", "lead").order_by("agreement__title", "pk").iterator(chunk_size=500):
        lead = one.lead.name if one.lead else ""
        yield [one.agreement.title, one.public_services, one.address, lead, one.information]
