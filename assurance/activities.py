"""What assurance work adds to agreements: evidence that activities and findings rest on stays where it is."""

from collections.abc import Iterator

from agreements.extensions import Extension
from agreements.models import Document
from assurance.models import ActivityEvidence, FindingStep
from records.words import nz_date


def points_at(document: Document) -> Iterator[str]:
    """Where an activity or an action shows the document; what was shown and sent back counts as well."""
    shown = ActivityEvidence.objects.filter(evidence=document).select_related("activity").order_by("pk")
    for one in shown:
        kind = one.activity.get_kind_display()
        yield f"the {kind[:1].lower()}{kind[1:]} of {nz_date(one.activity.done_on)}"
    for step in FindingStep.objects.filter(evidence=document).select_related("finding").order_by("pk"):
        yield f"an action of the finding “{step.finding}”"


EXTENSION = Extension("activities", points_at="assurance.activities.points_at")
