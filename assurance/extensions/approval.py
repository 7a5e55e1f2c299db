"""What the approval adds to an AISA or a matching programme: a panel on its page, and from when it can be in force."""

from datetime import date

from django.urls import reverse

from agreements.choices import Kind
from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from assurance.actions.approval import APPROVED_KINDS
from assurance.models import Amendment, Approval
from people.models import User
from records.words import nz_date


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """Only for the kinds that have one, and only in its own agency."""
    if agreement.kind not in APPROVED_KINDS or agreement.agency_id != user.agency.pk:
        return []
    return [Panel("approval", "Approval under the Privacy Act", reverse("approval", args=[agreement.reference]))]


def from_day(agreement: Agreement, day: date) -> list[str]:
    """An AISA, and an amendment of it, is not in force before its Order (sections 145 and 157). One query, of AISAs."""
    if agreement.kind != Kind.AISA:
        return []
    terms = agreement.terms_now
    amended = Amendment.objects.filter(terms=terms).values_list("order_on", flat=True)
    approved = Approval.objects.filter(agreement=agreement).values_list("order_on", flat=True)
    made = (amended if terms.based_on_id else approved).first()
    return [f"Its Order was made on {nz_date(made)}: it cannot be in force before that"] if made and day < made else []


EXTENSION = Extension(
    "approval", panels="assurance.extensions.approval.panels", from_day="assurance.extensions.approval.from_day"
)
