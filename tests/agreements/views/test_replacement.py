"""One agreement takes the place of another: both say so, and what makes no sense is refused."""

import pytest
from django.test import Client

from agreements.actions.replacement import set_replaced
from agreements.choices import Status
from agreements.errors import NotYours
from agreements.models import Agreement
from tests.agreements_at import agreement_at
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(cast: Cast) -> Agreement:
    return agreement_at(Status.ENDED, cast, title="Old deed")


@pytest.fixture
def new(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast, title="New deed")


def place(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/replaces/"


def test_both_show_it_and_it_can_be_taken_back(officer: Client, old: Agreement, new: Agreement) -> None:
    officer.post(place(new), {"replaced": old.reference.lower()})
    page = officer.get(new.get_absolute_url()).content.decode()
    assert f"{old.reference} Old deed" in page
    assert "Put in the place of another by" in page
    assert f"{new.reference} New deed" in officer.get(old.get_absolute_url()).content.decode()
    officer.post(place(new), {"replaced": ""})
    assert f"{old.reference} Old deed" not in officer.get(new.get_absolute_url()).content.decode()


def test_what_makes_no_sense_is_refused(officer: Client, cast: Cast, old: Agreement, new: Agreement) -> None:
    third = agreement_at(Status.DRAFT, cast, title="Third")
    gone = agreement_at(Status.WITHDRAWN, cast, title="Gone")
    officer.post(place(new), {"replaced": old.reference})
    tried = [(new, new, "does not replace itself"), (old, new, "the other way round"), (third, old, "already")]
    for agreement, other, sentence in [*tried, (third, gone, "was withdrawn")]:
        assert sentence in officer.post(place(agreement), {"replaced": other.reference}).content.decode()
    assert "no agreement MCW-1999-0001" in officer.post(place(third), {"replaced": "MCW-1999-0001"}).content.decode()


def test_another_agency_has_no_part_in_it(cast: Cast, old: Agreement, new: Agreement, client: Client) -> None:
    theirs = Cast("OTH", "Other Ministry")
    client.force_login(theirs.privacy_officer)
    assert client.post(place(new), {"replaced": old.reference}).status_code == 404
    foreign = agreement_at(Status.DRAFT, theirs, title="Theirs")
    with pytest.raises(NotYours):
        set_replaced(agreement=new, replaced=foreign, by=cast.privacy_officer, now=NOW)
