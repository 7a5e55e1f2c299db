"""The command rebuild_search puts right what lists and search look through, and changes no record."""

import pytest
from django.core.management import call_command

from agreements.choices import Status
from agreements.models import Agreement, SearchEntry
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_lost_and_spoilt_entries_come_back_with_their_times(capsys: pytest.CaptureFixture[str]) -> None:
    cast = Cast()
    lost, spoilt = agreement_at(Status.DRAFT, cast), agreement_at(Status.SIGNED, cast, title="Another")
    before = SearchEntry.objects.get(agreement=spoilt)
    history = Agreement.history.count()
    SearchEntry.objects.filter(agreement=lost).delete()
    SearchEntry.objects.filter(agreement=spoilt).update(parties=["Nobody"], names="nobody")
    call_command("rebuild_search")
    assert "Rebuilt the search of 2 agreements" in capsys.readouterr().out
    entry = SearchEntry.objects.get(agreement=spoilt)
    assert (entry.parties, entry.names, entry.touched_at) == (before.parties, before.names, before.touched_at)
    assert SearchEntry.objects.filter(agreement=lost).exists()
    assert Agreement.history.count() == history
