"""Whoever administers people hands over by reference and part; what agreements are called is not theirs to read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from people.actions.agency import change_agency
from people.actions.person import mark_left
from people.models import Handover, Person, User
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TITLE = "Whānau violence referrals"


@pytest.fixture
def leaver(cast: Cast) -> Person:
    """Someone who owns and manages an agreement with a telling title, and leaves today."""
    leaver = cast.contract_manager.who
    agreement = agreement_at(Status.DRAFT, cast, title=TITLE)
    answer(agreement, "ownership", cast.privacy_officer, owner=leaver, manager=leaver)
    on = timezone.localdate()
    mark_left(person=leaver, left_on=on, on=on, by=cast.administrator)
    return leaver


def read(user: User, *names: str, about: Person) -> dict[str, str]:
    """The text of pages about a leaver, by name."""
    client = Client()
    client.force_login(user)
    arguments = {"hand_over": list(Handover.objects.order_by("pk").values_list("pk", flat=True)[:1]), "handovers": []}
    pages = {name: client.get(reverse(f"people:{name}", args=arguments.get(name, [about.pk]))) for name in names}
    assert {page.status_code for page in pages.values()} == {200}
    return {name: page.content.decode() for name, page in pages.items()}


def test_an_administrator_reads_reference_and_part_only(cast: Cast, leaver: Person) -> None:
    seen = read(cast.administrator, "handovers", "hand_over", "person", about=leaver)
    for name, text in seen.items():
        assert TITLE not in text, name
        assert "MCW-2026-0001" in text, name
        assert "contract manager" in text.lower() or "agreement owner" in text.lower(), name


def test_nor_before_somebody_leaves(cast: Cast) -> None:
    owner = cast.contract_manager.who
    answer(agreement_at(Status.DRAFT, cast, title=TITLE), "ownership", cast.privacy_officer, owner=owner)
    for name, text in read(cast.administrator, "deactivate", "leave", about=owner).items():
        assert TITLE not in text, name
        assert "MCW-2026-0001" in text, name


def test_who_reads_agreements_reads_their_titles_here_too(cast: Cast, leaver: Person) -> None:
    seen = read(cast.privacy_officer, "handovers", "hand_over", "person", about=leaver)
    assert all(TITLE in text for text in seen.values())


def test_parts_go_by_the_agencys_own_words(cast: Cast, leaver: Person) -> None:
    labels = {"contract_manager": "Relationship lead", "business_owner": "Kaitiaki"}
    change_agency(agency=cast.agency, values={}, labels=labels, by=cast.administrator)
    text = read(cast.administrator, "handovers", about=leaver)["handovers"]
    assert "Agreement relationship lead" in text
    assert "Agreement kaitiaki" in text
    assert "greement contract manager" not in text
