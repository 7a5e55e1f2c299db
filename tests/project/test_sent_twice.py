"""A form sent twice makes one record: a double click, going back and sending again, two requests at one moment."""

import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.choices import Status
from agreements.models import (
    Agreement,
    AgreementContract,
    Comment,
    Contract,
    ContractStageChange,
    Exercise,
    Flow,
    ImportBatch,
    LegalProvision,
    Organisation,
    Oversight,
    Review,
    StatusChange,
    Subcontractor,
    Terms,
)  # fmt: skip
from conflicts.models import Conversation
from people.models import Delegation, Person, Unit, User
from records.actions.sent_form import note_sent
from records.models import SentForm
from tests.agreements_at import agreement_at, contract_of, organisation
from tests.cast import NOW, Cast
from tests.declaring import Team
from tests.mailing import deliver_all

DRAFT = {"title": "Housing navigators", "kind": "sharing_agreement", "purpose": "To find homes."}
CONTRACT = {"template": "own", "value_band": "1m", "gmc_considered": "no"}
ENTRY = {"log-kind": "meeting", "log-on": "1 July 2026", "log-note": "Met"}
AGAIN = "nothing was done a second time"
Case = Callable[[Cast], tuple[User, str, dict[str, Any], type[Model]]]


def number_on(page: str) -> str:
    """The one-time number of the form on a page."""
    found = re.search(r'name="once" value="([0-9a-f-]{36})"', page)
    assert found, "the form carries no number"
    return found[1]


def _new(cast: Cast) -> Any:
    return cast.privacy_officer, reverse("agreements:new_agreement"), DRAFT, Agreement


def _record(cast: Cast) -> Any:
    data = {"title": "Night shelter", "kind": "deed", "status": "signed", "signed_on": "1 July 2014"}
    return cast.privacy_officer, reverse("agreements:record_agreement"), data, Agreement


def _duplicate(cast: Cast) -> Any:
    source = agreement_at(Status.SIGNED, cast)
    return cast.privacy_officer, reverse("agreements:duplicate", args=[source.reference]), {"title": "Copy"}, Agreement


def _upload(cast: Cast) -> Any:
    return cast.privacy_officer, reverse("agreements:imports"), {"file": b"Title,Parties\nShelter,Trust\n"}, ImportBatch


def _organisation(cast: Cast) -> Any:
    data = {"name": "Harakeke House", "kind": "ngo", "state_services": "no", "public_service": "no", "country": "NZ"}
    return cast.privacy_officer, reverse("agreements:organisation_add"), data, Organisation


def _provision(cast: Cast) -> Any:
    data = {
        "act": "Shelter Act",
        "year": "2001",
        "provision": "section 5",
        "title": "Shelter",
        "what_it_allows": "It",
        "basis_kind": "enactment",
    }
    return cast.privacy_officer, reverse("agreements:legal_provision_add"), data, LegalProvision


def _flow(cast: Cast) -> Any:
    draft = agreement_at(Status.DRAFT, cast)
    first, second = draft.terms_now.parties.order_by("pk")
    data = {"sender": first.pk, "receiver": second.pk, "control": "api", "frequency": "daily"}
    return cast.privacy_officer, reverse("agreements:add_row", args=[draft.reference, "flow"]), data, Flow


def _step(cast: Cast) -> Any:
    draft = agreement_at(Status.DRAFT, cast)
    return cast.privacy_officer, reverse("agreements:step", args=[draft.reference, "submit"]), {}, StatusChange


def _variation(cast: Cast) -> Any:
    signed = agreement_at(Status.SIGNED, cast)
    address = reverse("agreements:start_variation", args=[signed.reference])
    return cast.privacy_officer, address, {"kind": "change", "why": "It grows"}, Terms


def _person(cast: Cast) -> Any:
    data = {"name": "Mere Parata", "email": "mere@mcw.example.nz", "engagement": "staff"}
    return cast.administrator, reverse("people:add_person"), data, Person


def _unit(cast: Cast) -> Any:
    return cast.administrator, reverse("people:add_unit"), {"name": "Housing"}, Unit


def _delegation(cast: Cast) -> Any:
    people = (cast.chief_executive.person, cast.business_owner.person)
    giver, holder = (f"{person.name} ({person.email})" for person in people if person)
    data = {"giver": giver, "holder": holder, "power": "approve", "starts_on": "1 July 2026", "document": "Instrument"}
    return cast.administrator, reverse("people:add_delegation"), data, Delegation


def _contract(cast: Cast) -> Any:
    organisation()
    data = {"reference": "C-1", "title": "Navigation", "supplier": "Te Whare Tautoko Trust", "stage": "planned"}
    return cast.privacy_officer, reverse("agreements:contract_add"), data | CONTRACT, Contract


def _link(cast: Cast) -> Any:
    contract, agreement = contract_of(cast), agreement_at(Status.DRAFT, cast)
    address = reverse("agreements:contract_link", args=[contract.pk])
    return cast.privacy_officer, address, {"agreement": agreement.reference}, AgreementContract


def _stage(cast: Cast) -> Any:
    address = reverse("agreements:contract_step", args=[contract_of(cast).pk, "end"])
    return cast.privacy_officer, address, {"reason": "The service ended"}, ContractStageChange


def _subcontractor(cast: Cast) -> Any:
    address = reverse("agreements:subcontractor_add", args=[contract_of(cast).pk])
    return cast.privacy_officer, address, {"organisation": organisation("Harakeke House").name}, Subcontractor


def _oversight(cast: Cast) -> Any:
    address = reverse("agreements:contract_log", args=[contract_of(cast).pk])
    return cast.privacy_officer, address, ENTRY, Oversight


def _oversight_of_agreement(cast: Cast) -> Any:
    address = reverse("agreements:agreement_log", args=[agreement_at(Status.DRAFT, cast).reference])
    return cast.privacy_officer, address, ENTRY, Oversight


def _review(cast: Cast) -> Any:
    data = {"done_on": "1 July 2026", "outcome": "keep", "next_due_on": "1 July 2030"}
    return _about_agreement(cast, "review_add", data, Review)


def _use(cast: Cast) -> Any:
    return _about_agreement(cast, "exercise_add", {"code": "C14", "on": "1 July 2026", "found": "All well"}, Exercise)


def _comment(cast: Cast) -> Any:
    return _about_agreement(cast, "comments_of", {"comment-text": "Look"}, Comment)


def _about_agreement(cast: Cast, name: str, data: dict[str, str], model: type[Model]) -> Any:
    agreement = agreement_at(Status.SIGNED, cast)
    return cast.privacy_officer, reverse(f"agreements:{name}", args=[agreement.reference]), data, model


def _staff_conversation(cast: Cast) -> Any:
    team = Team(cast)
    data = {"person": "Ana Staff (ana.staff@mcw.example.nz)", "outcome": "nothing", "on": "1 July 2026"}
    return team.manager, reverse("conflicts:staff_conversation_record"), data, Conversation


CONTRACTS = [_contract, _link, _stage, _subcontractor, _oversight, _oversight_of_agreement, _review, _use, _comment]
CASES = [
    *CONTRACTS,
    _staff_conversation,
    _new,
    _record,
    _duplicate,
    _upload,
    _organisation,
    _provision,
    _flow,
    _step,
    _variation,
    _person,
    _unit,
    _delegation,
]


def prepared(case: Case) -> tuple[Client, str, dict[str, Any], type[Model]]:
    """A browser that has opened the form, its address, and what is typed there with the form's own number."""
    user, address, data, model = case(Cast())
    client = Client()
    client.force_login(user)
    return client, address, data | {"once": number_on(client.get(address).text)}, model


def send(client: Client, address: str, data: dict[str, Any]) -> HttpResponse:
    """Post the form; bytes go as a file."""
    files = {name: SimpleUploadedFile("list.csv", value) for name, value in data.items() if isinstance(value, bytes)}
    return client.post(address, data | files)  # type: ignore[return-value]


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_back_and_sent_again_leads_to_what_the_first_made(case: Case) -> None:
    client, address, data, model = prepared(case)
    before = model.objects.count()  # type: ignore[attr-defined]
    first, second = send(client, address, data), send(client, address, data)
    assert model.objects.count() == before + 1  # type: ignore[attr-defined]
    assert (first.status_code, second.status_code) == (302, 302), first.content.decode()
    assert second["Location"] == first["Location"]
    assert AGAIN in client.get(second["Location"]).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", [_new, _record, _duplicate, _upload, _organisation, _person])
def test_two_requests_at_one_moment_make_one(case: Case) -> None:
    client, address, data, model = prepared(case)
    before = model.objects.count()  # type: ignore[attr-defined]
    start, led_to = Barrier(2), list[str]()

    def click() -> None:
        browser = Client()
        browser.cookies = client.cookies
        start.wait()
        try:
            led_to.append(send(browser, address, data)["Location"])
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert model.objects.count() == before + 1  # type: ignore[attr-defined]
    assert len(led_to) == 2
    assert len(set(led_to)) == 1


@pytest.mark.django_db
def test_a_form_that_was_refused_keeps_its_number_and_then_works_once() -> None:
    client, address, data, _ = prepared(_new)
    page = send(client, address, data | {"title": ""}).content.decode()
    assert number_on(page) == data["once"]
    for _ in range(2):
        send(client, address, data)
    assert Agreement.objects.count() == 1


@pytest.mark.django_db
def test_two_empty_forms_make_two() -> None:
    client, address, data, _ = prepared(_new)
    send(client, address, data)
    send(client, address, data | {"once": number_on(client.get(address).text)})
    assert Agreement.objects.count() == 2


@pytest.mark.django_db
def test_the_number_of_somebody_else_leads_nowhere() -> None:
    client, address, data, _ = prepared(_new)
    first = send(client, address, data)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    second = send(client, address, data)
    assert second["Location"] != first["Location"]
    assert Agreement.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "1", "' OR 1=1", "x" * 10_000, "\x00"])
def test_a_number_that_is_none_is_not_remembered(number: str) -> None:
    client, address, data, _ = prepared(_new)
    assert send(client, address, data | {"once": number}).status_code == 302
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_one_click_too_many_sends_one_invitation() -> None:
    cast = Cast()
    client = Client()
    client.force_login(cast.administrator)
    send(client, reverse("people:add_person"), {"name": "Mere", "email": "mere@mcw.example.nz", "engagement": "staff"})
    pk = Person.objects.get(name="Mere").pk
    number = number_on(client.get(reverse("people:person", args=[pk])).text)
    for _ in range(2):
        client.post(reverse("people:invite", args=[pk]), {"once": number})
    deliver_all()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_database_itself_takes_a_number_once_and_forgets_after_a_month() -> None:
    by, number = Cast().privacy_officer, uuid4()
    note_sent(number=number, led_to="/", by=by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        note_sent(number=number, led_to="/", by=by, now=NOW)
    note_sent(number=uuid4(), led_to="/", by=by, now=timezone.now())
    assert not SentForm.objects.filter(number=number).exists()
