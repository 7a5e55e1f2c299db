"""Provisions, who does what and who has access come in from an untidy sheet, and unknown stays not recorded."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions.import_run import undo_import
from agreements.actions.provision import BLANK, provision_values, provisions_digest, save_provisions
from agreements.errors import NotNow
from agreements.models import AccessHolder, Agreement, ImportBatch, Organisation, Provision, Responsibility
from assurance.models import PlanItem, PlanMove
from people.actions.system import system_user
from records.acting import acting
from records.verify import verify
from tests.agreements.imports import steps
from tests.agreements_at import organisation
from tests.cast import Cast
from tests.records.conftest import seal

pytestmark = pytest.mark.django_db
HEADINGS = ["Title", "Party", "C1", "C.2 Purpose", "Training", "C8", "Provisions", "Lead agency",
            "Roles and responsibilities", "Who has access"]  # fmt: skip
TRUST, POLICE = "Te Whare Tautoko Trust", "New Zealand Police"
ROWS = [
    ["One", TRUST, "Yes", "cl 4.2, p 7", "No - contract has it", "No onward disclosure without our consent in writing",
     "C10; C12-C13; Snacks", "us", f"Complaints: {TRUST} (Ana Faleolo); Breach lead: MCW; Parking: us",
     "Case workers; Managers (MCW)"],
    ["Two", f"{TRUST}; {POLICE}", "TBC", "", "n/a", "partly", "", "John Smith", "see the deed",
     "Analysts at New Zealand Police; Somebody"],
    ["Three", "Kererū Couriers", "n/a - nothing personal", "unknown", "-", "", "various", "Kererū Couriers", "",
     "Drivers"],
]  # fmt: skip


def sheet() -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *ROWS])
    return text.getvalue().encode()


@pytest.fixture
def checked(officer: Client, cast: Cast) -> ImportBatch:
    """The sheet, its columns as guessed and its questions answered."""
    for name in (TRUST, POLICE):
        organisation(name)
    if not Organisation.objects.filter(agency=cast.agency).exists():
        own(cast)
    return steps.as_guessed(officer, steps.upload(officer, sheet()))


def own(cast: Cast) -> None:
    """The agency itself among the organisations."""
    with acting(by=system_user("test")):
        body = Organisation(agency=cast.agency)
        body.set_name(cast.agency.name)
        body.save()


def terms_of(title: str) -> dict[str, Provision]:
    return {row.code: row for row in Provision.objects.filter(terms__agreement__title=title)}


def said(batch: ImportBatch, number: int) -> str:
    return " | ".join(problem["text"] for problem in batch.rows.get(number=number).problems)


def test_columns_are_guessed(checked: ImportBatch) -> None:
    assert list(checked.mapping.values()) == [
        "title", "parties", "provision_C1", "provision_C2", "provision_C20", "provision_C8", "provisions", "duty_lead",
        "responsibilities", "access_holders",
    ]  # fmt: skip


def test_a_doubt_waits_for_a_person(checked: ImportBatch) -> None:
    assert "waits for your answer: C8" in said(checked, 2)
    assert "“partly” waits for your answer: C8" in said(checked, 3)
    assert checked.summary["open"] >= 2


@pytest.fixture
def done(officer: Client, checked: ImportBatch) -> ImportBatch:
    """Imported: sentences are wording, "partly" stays not recorded."""
    return steps.run(officer, steps.as_suggested(officer, checked, **{"provision:wording": "present"}))


def test_provisions_come_in_as_the_sheet_says(done: ImportBatch) -> None:
    one = terms_of("One")
    assert (one["C1"].answer, one["C2"].where, one["C20"].answer) == ("present", "Clause 4.2, page 7", "absent")
    assert one["C20"].why_absent == "contract has it"
    assert {one[code].answer for code in ("C8", "C10", "C12", "C13")} == {"present"}
    assert "“Snacks” is none of the provisions" in said(done, 2)


def test_unknown_stays_not_recorded(done: ImportBatch) -> None:
    assert terms_of("Two") == {}
    three = terms_of("Three")
    assert list(three) == ["C1"]
    assert (three["C1"].answer, three["C1"].why_absent) == ("not_applicable", "nothing personal")
    assert "“TBC” does not say whether C1 is there" in said(done, 3)


def test_who_does_what_names_parties_of_the_row_only(done: ImportBatch, cast: Cast) -> None:
    held = {(row.duty, row.party.organisation.name, row.person_named)
            for row in Responsibility.objects.filter(terms__agreement__title="One")}  # fmt: skip
    assert held == {
        ("lead", cast.agency.name, ""),
        ("complaints", TRUST, "Ana Faleolo"),
        ("breach_lead", cast.agency.name, ""),
    }
    assert "“Parking: us” does not say who does what" in said(done, 2)
    assert not Responsibility.objects.filter(terms__agreement__title="Two").exists()
    assert "“John Smith” is not recorded: it is no party of this row (lead)" in said(done, 3)
    assert Responsibility.objects.get(terms__agreement__title="Three").party.organisation.name == "Kererū Couriers"


def test_who_has_access_stands_at_a_party(done: ImportBatch, cast: Cast) -> None:
    held = {(row.agreement.title, row.described_as, row.organisation.name) for row in AccessHolder.objects.all()}
    assert held == {
        ("One", "Case workers", TRUST),
        ("One", "Managers", cast.agency.name),
        ("Two", "Analysts", POLICE),
        ("Three", "Drivers", "Kererū Couriers"),
    }
    assert "“Somebody” is not recorded: it is not said at which party" in said(done, 3)


@pytest.mark.assessed
def test_it_verifies_and_is_undone_as_a_whole(done: ImportBatch, cast: Cast) -> None:
    assert PlanItem.objects.count() == Agreement.objects.count() == 3
    undo_import(batch=done, reason="Wrong sheet", by=cast.privacy_officer, now=timezone.now())
    seal()
    assert verify().problems == []
    assert not Agreement.objects.exists()
    assert not PlanItem.objects.exists()
    assert not Provision.objects.exists() and not Responsibility.objects.exists()  # noqa: PT018
    assert not AccessHolder.objects.exists()
    assert not Organisation.objects.filter(name="Kererū Couriers").exists()


def test_a_changed_provision_stands_in_the_way_of_undoing(done: ImportBatch, cast: Cast) -> None:
    agreement = Agreement.objects.get(title="Two")
    answers = provision_values(agreement) | {"C5": {**BLANK, "answer": "present"}}
    save_provisions(agreement=agreement, answers=answers, seen=provisions_digest(agreement), by=cast.privacy_officer)
    with pytest.raises(NotNow, match="had its provision changed since"):
        undo_import(batch=done, reason="Wrong sheet", by=cast.privacy_officer, now=timezone.now())


@pytest.mark.assessed
def test_a_move_in_the_plan_stands_in_the_way_of_undoing(done: ImportBatch, cast: Cast) -> None:
    item = PlanItem.objects.get(agreement__title="Two")
    with acting(by=cast.privacy_officer):
        PlanMove(item=item, said="Started", why="It is next", by=cast.privacy_officer, at=timezone.now()).save()
    with pytest.raises(NotNow, match=f"{item.agreement.reference} has a plan move since"):
        undo_import(batch=done, reason="Wrong sheet", by=cast.privacy_officer, now=timezone.now())
    assert PlanItem.objects.count() == 3
