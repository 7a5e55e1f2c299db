"""Where evidence points to a document: such a document is not set aside."""

from agreements.models import Advice, Assessment, Document


def pointing_at(document: Document) -> list[str]:
    """Every place that points to it, for the middle of a sentence; advice by no more than that it is some."""
    assessments = Assessment.objects.filter(evidence=document).order_by("pk")
    advice = Advice.objects.filter(evidence=document)
    return [
        *(f"the {one.of_kind.title[:1].lower()}{one.of_kind.title[1:]}" for one in assessments),
        *["advice"] * advice.count(),
    ]
