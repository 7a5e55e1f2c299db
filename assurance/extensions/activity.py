"""What assurance work adds to agreements: a region of the page, and evidence that it rests on stays where it is."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from agreements.choices import Status
from agreements.extensions import Extension, Panel
from agreements.models import Agreement, Document
from assurance.models import Activity, ActivityEvidence, FindingStep, SampledAgreement
from people.models import User
from records.filters import Filter, Option, OptionFilter
from records.words import nz_date

NOT_YET = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.WITHDRAWN)


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """What comes round and what was found, once it was signed."""
    if agreement.status in NOT_YET:
        return []
    return [Panel("assurance", "Assurance", reverse("agreement_assurance", args=[agreement.reference]))]


def filters(user: User, on: date) -> list[Filter]:
    """Whether anybody ever looked, and whether somebody should have by now."""
    looked = Activity.objects.filter(agreement=OuterRef("pk"))
    never = ~Q(Exists(looked.filter(done_on__isnull=False)))
    late = Q(Exists(looked.open().filter(due_on__lt=on)))
    options = (Option("never", "Nobody ever looked", never), Option("late", "Somebody is late to look", late))
    return [OptionFilter("assured", "Assurance", options=options, folded=True)]


def points_at(document: Document) -> Iterator[str]:
    """Where an activity or an action shows the document; what was shown and sent back counts as well."""
    shown = ActivityEvidence.objects.filter(evidence=document).select_related("activity").order_by("pk")
    for one in shown:
        kind = one.activity.get_kind_display()
        yield f"the {kind[:1].lower()}{kind[1:]} of {nz_date(one.activity.done_on)}"
    for paper in SampledAgreement.objects.filter(evidence=document).select_related("sample").order_by("pk"):
        yield f"a working paper of the sample “{paper.sample}”"
    for step in FindingStep.objects.filter(evidence=document).select_related("finding").order_by("pk"):
        yield f"an action of the finding “{step.finding}”"


EXTENSION = Extension(
    "activities",
    panels="assurance.extensions.activity.panels",
    filters="assurance.extensions.activity.filters",
    points_at="assurance.extensions.activity.points_at",
)
