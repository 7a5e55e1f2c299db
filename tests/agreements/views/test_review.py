"""Reviews recorded and looked ahead by month; provisions used, which is not the same as present."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions.review import record_exercise, record_review
from agreements.actions.row import add_row
from agreements.choices import Status
from agreements.errors import NotYours
from agreements.models import Agreement, Exercise, Review
from agreements.rows import KINDS
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer, contract_of, organisation
from tests.assessed import final
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
REVIEWED = {"done_on": "1 July 2026", "outcome": "keep", "next_due_on": "1 July 2030", "findings": "All as agreed"}
SAID = {"done_on": date(2026, 7, 1), "outcome": "keep", "findings": "", "gmc_considered": "yes"}
USED = {"code": "C14", "on": "1 July 2026", "found": "Two leavers still had access", "evidence_note": "Audit 7, page 2"}


@pytest.fixture
def signed(cast: Cast) -> Agreement:
    """A signed agreement whose review was due a fortnight ago."""
    agreement = agreement_at(Status.SIGNED, cast)
    return answer(agreement, "ownership", cast.privacy_officer, review_due_on=TODAY - timedelta(days=14))


def at(agreement: Agreement, rest: str) -> str:
    return f"/agreements/{agreement.reference}/{rest}"


def test_a_review_sets_the_day_of_the_next_one(officer: Client, cast: Cast, signed: Agreement) -> None:
    officer.post(at(signed, "reviews/add/"), REVIEWED)
    review = Review.objects.get()
    assert (review.by, review.due_on, review.gmc_considered) == (cast.privacy_officer, signed.review_due_on, "unknown")
    assert Agreement.objects.get(pk=signed.pk).review_due_on == date(2030, 7, 1)
    assert "All as agreed" in officer.get(at(signed, "reviews/")).text
    page = officer.get(signed.get_absolute_url()).text
    assert "Reviewed: keep it as it is" in page
    assert f'hx-get="{at(signed, "reviews/")}"' in page


def test_one_that_ends_it_needs_no_next_day_and_says_what_comes(officer: Client, signed: Agreement) -> None:
    response = officer.post(at(signed, "reviews/add/"), REVIEWED | {"outcome": "end", "next_due_on": ""}, follow=True)
    assert "Next: end the agreement" in response.text
    assert Agreement.objects.get(pk=signed.pk).review_due_on is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"next_due_on": ""}, "say when it is looked at next"),
        ({"next_due_on": "1 July 2026"}, "The next review comes after this one"),
        ({"done_on": "1 July 2040", "next_due_on": "1 July 2041"}, "lies in the future"),
        ({"outcome": "forget"}, "Select a valid choice"),
        ({"findings": "x" * 100_000}, "at most 5000 characters"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_saved(
    officer: Client, signed: Agreement, typed: dict[str, str], says: str
) -> None:
    assert says in officer.post(at(signed, "reviews/add/"), REVIEWED | typed).text
    assert not Review.objects.exists()
    assert Agreement.objects.get(pk=signed.pk).review_due_on == signed.review_due_on


def test_who_may_not_edit_it_records_nothing(cast: Cast, sign_in: SignIn, signed: Agreement) -> None:
    stranger = Cast("OTH", "Other Ministry").privacy_officer
    for rest in ("reviews/", "reviews/add/", "uses/add/"):
        assert sign_in(stranger).get(at(signed, rest)).status_code == 404
    page = sign_in(cast.business_owner).post(at(signed, "reviews/add/"), REVIEWED).text
    assert "Only a privacy officer, or someone who owns or manages" in page
    with pytest.raises(NotYours):
        record_review(agreement=signed, values=SAID | {"next_due_on": TODAY}, by=stranger, now=NOW)
    with pytest.raises(NotYours):
        record_exercise(agreement=signed, values={**USED, "on": TODAY}, by=cast.business_owner, now=NOW)
    assert not Review.objects.exists()


def test_used_and_present_are_two_facts(officer: Client, cast: Cast, signed: Agreement) -> None:
    draft = agreement_at(Status.DRAFT, cast, title="Under way")
    present = {"code": "C14", "answer": "present", "clause": "12"}
    add_row(agreement=draft, kind=KINDS["provision"], values=present, by=cast.privacy_officer)
    page = officer.get(draft.get_absolute_url()).text
    assert "Never recorded" in page
    assert f"{at(draft, 'uses/add/')}?code=C14" in page
    assert '<option value="C14" selected' in officer.get(at(draft, "uses/add/"), {"code": "C14"}).text
    for day in ("1 July 2026", "1 May 2026"):
        officer.post(at(draft, "uses/add/"), USED | {"on": day})
    page = officer.get(draft.get_absolute_url()).text
    assert "Never recorded" not in page
    assert "1\xa0July 2026" in page
    assert "Provision C14 used: " in page
    assert "Audit 7, page 2" in officer.get(at(draft, "reviews/")).text
    assert draft.terms_now.provisions.get().answer == "present"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"code": "C99"}, "Select a valid choice"),
        ({"found": ""}, "needs another look"),
        ({"on": "1 July 2040"}, "lies in the future"),
    ],
)
def test_a_use_that_makes_no_sense_is_refused(
    officer: Client, signed: Agreement, typed: dict[str, str], says: str
) -> None:
    assert says in officer.post(at(signed, "uses/add/"), USED | typed).text
    assert not Exercise.objects.exists()


def test_the_signed_face_tells_no_other_agency_of_any_of_it(cast: Cast, sign_in: SignIn) -> None:
    other = Cast("OTH", "Other Ministry")
    organisation(other.name, agency=other.agency)
    agreement = agreement_at(Status.SIGNED, cast, parties=(other.name,))
    record_exercise(agreement=agreement, values={**USED, "on": TODAY}, by=cast.privacy_officer, now=NOW)
    face = sign_in(other.privacy_officer).get(agreement.get_absolute_url()).text
    assert "Two leavers" not in face
    assert "Last used" not in face
    assert "panel-reviews" not in face


def test_reviews_stand_by_month_and_late_ones_first(officer: Client, cast: Cast) -> None:
    today = timezone.localdate()
    days = {"Late": today - timedelta(days=40), "Soon": today + timedelta(days=10), "Far": today + timedelta(days=400)}
    for title, day in days.items():
        agreement = agreement_at(Status.SIGNED, cast, title=title)
        answer(agreement, "ownership", cast.privacy_officer, review_due_on=day)
    agreement_at(Status.SIGNED, cast, title="Nobody said when")
    agreement_at(Status.DRAFT, cast, title="Not signed")
    response = officer.get("/reviews/")
    shown = [(month.title, [row.title for row in month.rows]) for month in response.context["months"]]
    assert shown[0] == ("Late", ["Late"])
    assert shown[1] == (f"{days['Soon']:%B %Y}", ["Soon"])
    assert shown[-1] == ("No day is recorded", ["Nobody said when"])
    assert officer.get("/reviews/?when=late&when=soon").context["found"].count == 2
    assert officer.get("/reviews/?when=whenever").status_code == 400
    sheet = officer.get("/reviews/export.csv?when=late").getvalue().decode()
    assert "Late" in sheet
    assert "Soon" not in sheet
    assert 'href="/reviews/?when=late&amp;when=soon"' in officer.get("/").text


def test_mine_are_mine_and_others_see_none(cast: Cast, sign_in: SignIn, signed: Agreement) -> None:
    answer(signed, "ownership", cast.privacy_officer, owner=cast.business_owner.person)
    client = sign_in(cast.business_owner)
    assert client.get("/reviews/?whose=me").context["found"].count == 1
    assert sign_in(cast.contract_manager).get("/reviews/?whose=me").context["found"].count == 0
    other = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert other.get("/reviews/").context["found"].count == 0


def test_assessments_and_contracts_that_come_stand_below(cast: Cast, sign_in: SignIn, signed: Agreement) -> None:
    today, manager = timezone.localdate(), cast.contract_manager
    one = final(signed, "pta", cast.privacy_officer, cast.chief_executive, again_on=today - timedelta(days=3))
    final(signed, "security", cast.privacy_officer, cast.chief_executive, again_on=today + timedelta(days=91))
    contract_of(cast, manager=manager.who, ends_on=today + timedelta(days=90))
    contract_of(cast, reference="C-2", title="Cleaning", ends_on=today - timedelta(days=1))
    contract_of(cast, reference="C-3", title="Long over", ends_on=today - timedelta(days=1), stage="ended")
    client = sign_in(manager)
    page = client.get("/reviews/").text
    for said in (str(one), "3 days late", "Navigation services", "In 90 days", "Cleaning", "1 day late"):
        assert said in page
    assert "Long over" not in page
    assert "Security" not in page.partition('id="again"')[2]
    query = html.unescape(page.partition("/contracts/?ends_before")[2].partition('"')[0])
    assert client.get(f"/contracts/?ends_before{query}&stage=in_service").context["found"].count == 2
    mine = client.get("/reviews/?whose=me").text
    assert "Navigation services" in mine
    assert "Cleaning" not in mine
    assert str(one) not in mine
    other = sign_in(Cast("OTH", "Other Ministry").privacy_officer).get("/reviews/").text
    assert "Navigation services" not in other
    assert str(one) not in other.partition('id="again"')[2]


@pytest.mark.parametrize("rows", [1, 50])
def test_queries_do_not_grow(cast: Cast, officer: Client, django_assert_max_num_queries: Any, rows: int) -> None:
    agreements = many_agreements(rows, cast.privacy_officer, NOW, bodies=5)
    for _ in range(rows):
        record_exercise(agreement=agreements[0], values={**USED, "on": TODAY}, by=cast.privacy_officer, now=NOW)
    officer.get("/")  # the session is touched once in five minutes
    for address, most in (("/reviews/", 8), (at(agreements[0], "reviews/"), 8), ("/reviews/?sort=owner", 8)):
        with django_assert_max_num_queries(most):
            assert officer.get(address).status_code == 200
