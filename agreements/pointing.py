"""Where evidence points to a document: such a document is not set aside."""

from agreements.choices import TermsState
from agreements.extensions import points_at
from agreements.models import Advice, Assessment, Document, Exercise, Oversight, Provision, Review
from records.words import nz_date


def pointing_at(document: Document) -> list[str]:
    """Every place that points to it, for the middle of a sentence; advice by no more than that it is some."""
    assessments = Assessment.objects.filter(evidence=document).order_by("pk")
    advice = Advice.objects.filter(evidence=document)
    provisions = Provision.objects.filter(evidence=document).exclude(terms__state=TermsState.WITHDRAWN)
    # An entry that a later one puts right no longer counts.
    logged = Oversight.objects.filter(evidence=document, corrected_by=None).order_by("-on", "-pk")
    reviews = Review.objects.filter(evidence=document).order_by("-done_on", "-pk")
    uses = Exercise.objects.filter(evidence=document).order_by("-on", "-pk")
    return [
        *(f"the {one.of_kind.title[:1].lower()}{one.of_kind.title[1:]}" for one in assessments),
        *["advice"] * advice.count(),
        *(
            f"provision {one.code} of terms {one.terms.number}"
            for one in provisions.select_related("terms").order_by("pk")
        ),
        *(f"the entry in the log for {nz_date(one.on)}" for one in logged),
        *(f"the review of {nz_date(one.done_on)}" for one in reviews),
        *(f"the use of {one.code} on {nz_date(one.on)}" for one in uses),
        *points_at(document),
    ]
