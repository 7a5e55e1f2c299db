"""Who does what: a blank and a double are said in words and marked as wrong, one accountable party is not (L1.4)."""

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.choices import Duty, Status
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_blanks_and_doubles_are_wrong_in_words_and_in_colour(officer: Client, cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    one, two = draft.terms_now.parties.order_by("pk")
    wanted = {(duty, one.pk) for duty in Duty.values if duty != Duty.COMPLAINTS} | {(Duty.LEAD.value, two.pk)}
    save_responsibilities(agreement=draft, wanted=wanted, seen=responsibilities_digest(draft), by=cast.privacy_officer)
    page = officer.get(reverse("agreements:responsibilities", args=[draft.reference])).text
    assert page.count('class="wrong"') == 2
    assert "Nobody yet" in page
    assert "2 are accountable" in page
    assert page.count("<td>One party</td>") == len(Duty) - 2
