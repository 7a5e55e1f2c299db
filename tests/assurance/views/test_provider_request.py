"""Asking providers: the list, the form, the page of a request, and who may do what."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from assurance.models import ProviderRequest
from records import bulk
from records.acting import acting
from records.models import Mail, MailState
from tests.assurance.asking import TRUST, agreed, answered, asked_about, link, sent_in
from tests.cast import Cast
from tests.mailing import deliver_all

pytestmark = pytest.mark.django_db
HERE = "/assurance/providers/"


def test_a_contract_manager_asks_one_provider_about_two_agreements_and_follows_its_mail(
    client: Client, cast: Cast
) -> None:
    first, second, other = agreed(cast), agreed(cast, title="Homes"), agreed(cast, title="Else", body="Another Trust")
    client.force_login(cast.contract_manager)
    page = client.get(f"{HERE}ask/")
    assert TRUST in page.text
    assert "Another Trust" in page.text
    form = client.get(f"{HERE}ask/?organisation={TRUST}&agreement={second.reference}").text
    assert first.reference in form
    assert other.reference not in form
    due = timezone.localdate() + timedelta(days=90)
    values = {"contact": "Ana Rewi", "email": "ana@tautoko.example.nz", "ring": "Mele, 04 000 0000", "due_on": due,
              "agreements": [first.pk, second.pk], "note": ""}  # fmt: skip
    assert "A link opens for 60 days" in client.post(f"{HERE}ask/?organisation={TRUST}", values).text
    slipped = client.post(f"{HERE}ask/?organisation={TRUST}", values | {"agreements": [other.pk]})
    assert "Select a valid choice" in slipped.text
    assert not ProviderRequest.objects.exists()
    values["due_on"] = timezone.localdate() + timedelta(days=20)
    page = client.post(f"{HERE}ask/?organisation={TRUST}", values, follow=True)
    assert "Asked. The link goes to ana@tautoko.example.nz." in page.text
    asking = ProviderRequest.objects.get()
    assert asking.asked.count() == 2

    deliver_all()
    (letter,) = mail.outbox
    address = next(line for line in str(letter.body).splitlines() if "/provider/" in line)
    assert client.get("/provider/" + address.partition("/provider/")[2]).status_code == 200
    assert "- Homes" in letter.body


def test_a_request_that_waits_is_sent_anew_given_more_time_and_withdrawn(client: Client, cast: Cast) -> None:
    client.force_login(cast.contract_manager)
    asking = asked_about(cast)
    Mail.objects.update(state=MailState.BOUNCED, sent_at=None)
    assert "The mail came back:" in client.get(asking.get_absolute_url()).text
    new = {"contact": "Hemi", "email": "h@tautoko.example.nz"}
    page = client.post(f"{asking.get_absolute_url()}replace/", new, follow=True)
    assert "Earlier ones open no more" in page.text
    assert "h@tautoko.example.nz" in page.text
    client.post(f"{asking.get_absolute_url()}again/")
    more = {"due_on": timezone.localdate() + timedelta(days=40), "why": "They moved house"}
    page = client.post(f"{asking.get_absolute_url()}extend/", more, follow=True)
    assert all(words in page.text for words in ("Given more time", "They moved house", "Sent again", "opens until"))
    assert Mail.objects.count() == 4
    page = client.post(f"{asking.get_absolute_url()}withdraw/", {"why": "Asked by telephone"}, follow=True)
    assert "Asked by telephone" in page.text
    assert client.post(f"{asking.get_absolute_url()}again/").text.count("It was withdrawn on") > 0


def test_the_list_says_what_waits_is_late_or_has_a_gap_in_as_few_queries_for_fifty_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    agreement = agreed(cast)
    client.force_login(cast.contract_manager)
    assert "Ask a provider" in client.get(f"/agreements/{agreement.reference}/assurance/").text
    gap = sent_in(asked_about(cast, agreement), C7=("no", "Shared sign-in"))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert "With a gap" in client.get(HERE).text
    waiting = asked_about(cast, agreement)
    same = {name: getattr(waiting, name) for name in ("organisation", "due_on", "asked_by", "asked_at", "contact")}
    same |= {"agency": cast.agency, "email": "ana@tautoko.example.nz", "ring": "Mele, 04 000 0000"}
    copies = [ProviderRequest(reference=f"X-{number}", **same) for number in range(49)]
    with acting(by=cast.contract_manager), transaction.atomic():
        bulk.create(copies)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(HERE)
    assert "51 asked" in page.text
    narrowed = client.get(f"{HERE}?look=gap").text
    assert gap.reference in narrowed
    assert waiting.reference not in narrowed
    sheet = b"".join(client.get(f"{HERE}providers.csv?look=gap")).decode()
    assert gap.receipt in sheet
    assert "Shared sign-in" not in sheet
    panel = client.get(f"/agreements/{agreement.reference}/assurance/").text
    assert all(words in panel for words in (f"Asked of {TRUST}", "does not confirm 1 of 3", "Nothing is being done"))
    assert f"organisation={TRUST}" not in panel  # it is asked already
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        own = client.get(gap.get_absolute_url()).text
    assert all(words in own for words in ("Shared sign-in", "Not satisfactory", gap.receipt, "Ana Rewi, Manager"))
    assert "does not confirm 1 of 3" in own.split("Findings opened")[1]
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        behind = Client().get(link(waiting)).text
    assert "0 of 3 questions answered" in behind
    answered(waiting.asked.get())
    assert "Saved so far, not sent in." in client.get(waiting.get_absolute_url()).text
    client.force_login(cast.business_owner)
    assert "Ask a provider" not in client.get(HERE).text
    client.force_login(Cast("OTH", "Other Ministry").contract_manager)
    assert client.get(gap.get_absolute_url()).status_code == 404
