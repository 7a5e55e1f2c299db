"""An agency that renamed roles and its head reads its own words everywhere, and none of the register's."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from agreements.choices import Status
from agreements.columns import COLUMNS
from agreements.errors import NotYours
from agreements.models import Agreement
from agreements.pdf.answers import glance
from agreements.policies.agreement import check_may_edit
from people.actions.agency import change_agency
from people.models import Agency, User
from people.roles import Role
from tests.agreements.imports import steps
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
NAMES = {
    Role.PRIVACY_OFFICER: "Hinemoa Tāwhai",
    Role.APPROVER: "Ngaire Whitcombe",
    Role.CONTRACT_MANAGER: "Sina Faleolo",
    Role.BUSINESS_OWNER: "Tom Abernethy",
    Role.CHIEF_EXECUTIVE: "Mereana Te Kani",
    Role.ADMINISTRATOR: "Kevin Brandt",
    Role.STAFF_MEMBER: "Aroha Parata",
}
OWN: dict[str, str] = {
    Role.PRIVACY_OFFICER: "Privacy lead",
    Role.APPROVER: "Delegate",
    Role.CONTRACT_MANAGER: "Relationship lead",
    Role.BUSINESS_OWNER: "Kaitiaki",
    Role.ADMINISTRATOR: "Registrar",
}
STOCK = re.compile(
    r"privacy officer|approver|contract manager|business owner|chief executive|administrator", re.IGNORECASE
)


@pytest.fixture
def cast() -> Cast:
    """People whose own names hold no role."""
    cast = Cast()
    cast._users.update({role: cast.user(role, name) for role, name in NAMES.items()})
    change_agency(
        agency=cast.agency, values={"head_title": "commissioner"}, labels=OWN, by=cast.administrator
    )  # fmt: skip
    cast.agency = Agency.objects.get(pk=cast.agency.pk)
    return cast


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    agreement = agreement_at(Status.DRAFT, cast)
    people = {"owner": cast.business_owner.who, "manager": cast.contract_manager.who}
    return answer(agreement, "ownership", cast.privacy_officer, **people)


def words(client: Client, user: User, address: str) -> str:
    """What somebody reads on a page: text, and what screen readers say."""
    client.force_login(user)
    response = client.get(address)
    assert response.status_code in {200, 403}, address
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    said = re.findall(r"(?:aria-label|data-label|title|placeholder)=\"([^\"]*)\"", page)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *said]))


def test_its_words_and_no_others(cast: Cast, agreement: Agreement, client: Client) -> None:
    agreement_at(Status.IN_REVIEW, cast)
    own = agreement.get_absolute_url()
    lead, register = cast.privacy_officer, cast.administrator
    expected = {
        ("/", lead): "waiting for a delegate",
        ("/agreements/", lead): "Kaitiaki|Relationship lead",
        (f"/agreements/bulk/?pick={agreement.reference}", lead): "Kaitiaki",
        (own, lead): "Kaitiaki|Relationship lead",
        (f"{own}sections/ownership/", lead): "Kaitiaki|Relationship lead",
        (f"{own}history/", lead): "Kaitiaki|Relationship lead",
        (f"{own}as-at/?on={timezone.localdate()}", lead): "Kaitiaki|Relationship lead",
        (f"{own}steps/submit/", lead): "It goes to a delegate",
        ("/people/roles/", lead): "Privacy lead|Commissioner",
        ("/people/", register): "Relationship lead",
        ("/people/add/", register): "Commissioner, or reports to them",
        (f"/people/{lead.who.pk}/", register): "Privacy lead",
        ("/agreements/import/", cast.approver): "ask your agency’s registrar",
        ("/", cast.staff_member): "ask the registrar of your agency for the role of relationship lead or kaitiaki",
        ("/people/me/", register): "Registrar",
    }
    for (address, user), wanted in expected.items():
        text = words(client, user, address)
        for word in wanted.split("|"):
            assert word in text, (address, word)
        assert STOCK.findall(text) == [], address


def test_in_review_it_waits_for_whom_the_agency_calls_so(cast: Cast, client: Client) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    assert "By a delegate" in words(client, cast.privacy_officer, agreement.get_absolute_url())


def test_a_refusal_says_whom_to_ask_in_its_words(cast: Cast, agreement: Agreement) -> None:
    stranger = cast.user(Role.CONTRACT_MANAGER, "Somebody Else")
    with pytest.raises(NotYours, match=r"^Only a privacy lead, or someone who owns or manages"):
        check_may_edit(agreement, stranger)


def test_the_pdf_says_it_too(cast: Cast, agreement: Agreement) -> None:
    whole = Agreement.objects.whole().get(pk=agreement.pk)
    said = dict(glance(whole, TODAY, face=False))
    assert said["Kaitiaki"].startswith("Tom Abernethy")
    assert said["Relationship lead"].startswith("Sina Faleolo")


def test_another_agencys_reader_meets_the_owners_words(cast: Cast, agreement: Agreement) -> None:
    """What belongs to an agreement is in the words of the agency that it belongs to, whoever reads."""
    from agreements.pages.agreement import answered
    from agreements.sections import BY_NAME

    whole = Agreement.objects.whole().get(pk=agreement.pk)
    assert {"Kaitiaki", "Relationship lead"} <= {line.label for line in answered(whole, BY_NAME["ownership"]).answers}


def test_an_import_knows_them_and_offers_them(cast: Cast, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    batch = steps.upload(client, b"Title,Kaitiaki,Relationship lead\nSchool buses,Tom Abernethy,Nobody\n")
    assert batch.mapping == {"0": "title", "1": "owner", "2": "manager"}
    text = words(client, cast.privacy_officer, f"/agreements/import/{batch.pk}/columns/")
    assert "Relationship lead" in text
    assert STOCK.findall(text) == []


def test_what_programs_read_stays(cast: Cast, agreement: Agreement, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    response = client.get("/agreements/export.csv")
    heads = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[0]  # type: ignore[attr-defined]
    assert heads.startswith(",".join(column.heading for column in COLUMNS))
    assert "Contract manager" in heads
    assert client.get("/agreements/", {"manager": "me"}).status_code == 200
