"""Repeating rows: added, changed, removed, each on a page of its own."""

import pytest
from django.test import Client

from agreements.actions.row import row_values
from agreements.choices import Answer, Duty, PartyRole, Status
from agreements.digest import digest
from agreements.models import Agreement, Flow, Party, Provision, Responsibility
from agreements.provisions import PROVISIONS
from agreements.rows import KINDS
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def rows(agreement: Agreement, rest: str) -> str:
    return f"/agreements/{agreement.reference}/rows/{rest}"


@pytest.fixture
def draft(cast: Cast) -> Agreement:
    """A draft with two parties."""
    return agreement_at(Status.DRAFT, cast)


def parties(agreement: Agreement) -> list[Party]:
    return list(Party.objects.filter(terms__agreement=agreement).order_by("id"))


def test_a_subcontractor_hangs_under_its_party(officer: Client, draft: Agreement) -> None:
    body, above = organisation("Northpoint Analytics (NZ) Limited"), parties(draft)[1]
    data = {"organisation": body.name, "role": PartyRole.SUBCONTRACTOR, "parent": above.pk, "acts_as": "agent"}
    officer.post(rows(draft, "party/add/"), data)
    assert Party.objects.get(organisation=body).parent == above
    page = officer.get(draft.get_absolute_url()).content.decode().partition('class="tree"')[2]
    assert page.index(above.organisation.name) < page.index(body.name)


def test_a_flow_goes_from_one_party_to_another(officer: Client, draft: Agreement) -> None:
    first, second = parties(draft)
    same = {"sender": first.pk, "receiver": first.pk, "control": "view", "frequency": "daily"}
    assert "choose two different parties" in officer.post(rows(draft, "flow/add/"), same).content.decode()
    officer.post(rows(draft, "flow/add/"), same | {"receiver": second.pk, "volume": "4200"})
    assert Flow.objects.get().volume == 4200


def test_a_party_of_another_agreement_is_not_offered_nor_taken(officer: Client, cast: Cast, draft: Agreement) -> None:
    stranger = parties(agreement_at(Status.DRAFT, cast, title="Other", parties=("Pūkeko Housing",)))[1]
    data = {"sender": parties(draft)[0].pk, "receiver": stranger.pk, "control": "view", "frequency": "daily"}
    officer.post(rows(draft, "flow/add/"), data)
    assert not Flow.objects.exists()


def test_a_party_that_a_flow_names_cannot_go(officer: Client, draft: Agreement) -> None:
    first, second = parties(draft)
    officer.post(
        rows(draft, "flow/add/"), {"sender": first.pk, "receiver": second.pk, "control": "api", "frequency": "daily"}
    )
    page = officer.post(rows(draft, f"party/{second.pk}/remove/")).content.decode()
    assert "A flow names Te Whare Tautoko Trust" in page
    assert Party.objects.filter(pk=second.pk).exists()


def test_a_removed_row_leaves_its_history(officer: Client, draft: Agreement) -> None:
    gone = parties(draft)[1]
    officer.post(rows(draft, f"party/{gone.pk}/remove/"))
    assert not Party.objects.filter(pk=gone.pk).exists()
    assert [row.history_type for row in Party.history.filter(id=gone.pk).order_by("history_id")] == ["+", "-"]
    assert officer.post(rows(draft, f"party/{gone.pk}/remove/")).status_code == 404


def test_a_row_changed_by_two_people_keeps_both_answers(officer: Client, draft: Agreement) -> None:
    party = parties(draft)[1]
    data = {
        "organisation": party.organisation.name,
        "role": "receives",
        "acts_as": "agent",
        "contact": "Mine",
        "seen": "old",
    }
    page = officer.post(rows(draft, f"party/{party.pk}/"), data).content.decode()
    assert "saved this" in page
    assert 'value="Mine"' in page
    data["seen"] = digest(row_values(KINDS["party"], party))
    officer.post(rows(draft, f"party/{party.pk}/"), data)
    assert Party.objects.get(pk=party.pk).contact == "Mine"


def test_another_agency_reaches_no_row(cast: Cast, sign_in: SignIn, draft: Agreement) -> None:
    outsider = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    party = parties(draft)[1]
    for rest in ("party/add/", f"party/{party.pk}/", f"party/{party.pk}/remove/"):
        assert outsider.get(rows(draft, rest)).status_code == 404
        assert outsider.post(rows(draft, rest)).status_code == 404


def test_a_row_of_another_agreement_is_not_found_under_this_one(officer: Client, cast: Cast, draft: Agreement) -> None:
    stranger = parties(agreement_at(Status.DRAFT, cast, title="Other"))[1]
    assert officer.get(rows(draft, f"party/{stranger.pk}/")).status_code == 404
    assert officer.get(rows(draft, "nonsense/add/")).status_code == 404


def provisions_data(draft: Agreement, officer: Client, **answers: str) -> dict[str, str]:
    page = officer.get(f"/agreements/{draft.reference}/sections/provisions/").content.decode()
    seen = page.partition('name="seen" value="')[2][:16]
    return {f"{kind.code}-answer": Answer.UNKNOWN.value for kind in PROVISIONS} | answers | {"seen": seen}


def test_all_provisions_are_saved_at_once_and_only_the_changed_written(officer: Client, draft: Agreement) -> None:
    answers = {
        "C9-answer": "present",
        "C9-clause": "12.3",
        "C14-answer": "absent",
        "C14-why_absent": "Left out in 2014",
    }
    officer.post(f"/agreements/{draft.reference}/sections/provisions/", provisions_data(draft, officer, **answers))
    kept = list(Provision.objects.order_by("code").values_list("code", "answer", "clause", "why_absent"))
    assert kept == [("C14", "absent", "", "Left out in 2014"), ("C9", "present", "12.3", "")]


def test_not_applicable_says_why(officer: Client, draft: Agreement) -> None:
    data = provisions_data(draft, officer, **{"C21-answer": "not_applicable"})
    page = officer.post(f"/agreements/{draft.reference}/sections/provisions/", data).content.decode()
    assert "Say why it is not applicable" in page
    assert not Provision.objects.exists()


def test_the_matrix_is_saved_at_once_and_shows_blanks_and_doubles(officer: Client, draft: Agreement) -> None:
    first, second = parties(draft)
    url = f"/agreements/{draft.reference}/sections/responsibilities/"
    seen = officer.get(url).content.decode().partition('name="seen" value="')[2][:16]
    ticked = [
        f"{Duty.LEAD}:{first.pk}",
        f"{Duty.COMPLAINTS}:{first.pk}",
        f"{Duty.COMPLAINTS}:{second.pk}",
        "nonsense:1",
    ]
    officer.post(url, {"seen": seen, "held": ticked})
    assert Responsibility.objects.count() == 3
    page = officer.get(draft.get_absolute_url()).content.decode()
    assert "2 are accountable" in page
    assert "Nobody yet" in page
    assert "saved this" in officer.post(url, {"seen": seen, "held": []}).content.decode()
    assert Responsibility.objects.count() == 3
