"""What the plan for existing arrangements adds to agreements: a region of the page."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.lifecycle import AGREED_BEFORE
from agreements.models import Agreement
from assurance.days import cohort
from assurance.models import PlanItem
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """Where it stands in the plan, if it does. One query, and none for what was signed under the Standard."""
    terms = agreement.terms_now
    before = terms.state in AGREED_BEFORE if terms.signed_on is None else cohort(terms.signed_on) != "new"
    if not before or not PlanItem.objects.visible_to(user).filter(agreement=agreement).exists():
        return []
    return [Panel("plan", "Plan for existing arrangements", reverse("plan_item", args=[agreement.reference]))]


EXTENSION = Extension("plan", panels="assurance.extensions.plan.panels")
