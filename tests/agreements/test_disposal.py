"""Content that was disposed of is not found by searching either."""

import pytest
from django.utils import timezone

from agreements.choices import Status
from agreements.models import Organisation, Party, SearchEntry, Terms
from records.actions.disposal import dispose
from records.models import Recorded
from tests.agreements_at import agreement_at
from tests.cast import Cast


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), [(Terms, "purpose"), (Organisation, "normalised"), (Party, "contact")])
def test_search_forgets_too(model: type[Recorded], field: str) -> None:
    cast = Cast()
    agreement = agreement_at(Status.SIGNED, cast)
    SearchEntry.objects.filter(agreement=agreement).update(names="what was there before")
    rows = {Terms: agreement.terms.all(), Party: Party.objects.filter(terms__agreement=agreement)}
    found = rows.get(model, Organisation.objects.filter(parties__terms__agreement=agreement)[:1])
    dispose(
        model=model,
        pks=[row.pk for row in found],
        fields=[field],
        authority="DA452",
        reason="Seven years",
        approved_by=cast.chief_executive,
        by=cast.privacy_officer,
        at=timezone.now(),
    )
    assert "what was there before" not in SearchEntry.objects.get(agreement=agreement).names
