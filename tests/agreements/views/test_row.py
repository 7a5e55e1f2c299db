"""Repeating rows: added, changed, removed, each on a page of its own."""

import pytest
from django.test import Client

from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row, remove_row, row_values
from agreements.choices import Answer, Duty, PartyRole, Status
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.models import Agreement, Flow, Information, Party, Provision, Responsibility
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


def hold(party: Party, *duties: str) -> None:
    """Make a party accountable for duties."""
    agreement = party.terms.agreement
    wanted = {(duty, party.pk) for duty in duties}
    seen, by = responsibilities_digest(agreement), agreement.created_by
    save_responsibilities(agreement=agreement, wanted=wanted, seen=seen, by=by)


def test_the_action_refuses_it_too_whatever_the_page_says(cast: Cast, officer: Client, draft: Agreement) -> None:
    first, second = parties(draft)
    for sender, receiver in ((first, second), (second, first)):
        data = {"sender": sender.pk, "receiver": receiver.pk, "control": "api", "frequency": "daily"}
        officer.post(rows(draft, "flow/add/"), data)
        with pytest.raises(NotNow, match="Remove or change the flow first"):
            remove_row(agreement=draft, kind=KINDS["party"], pk=second.pk, by=cast.privacy_officer)
        officer.post(rows(draft, f"flow/{Flow.objects.get().pk}/remove/"))


def test_the_page_names_what_goes_with_a_party(officer: Client, draft: Agreement) -> None:
    gone = parties(draft)[1]
    assert "This goes with it" not in officer.get(rows(draft, f"party/{gone.pk}/remove/")).text
    hold(gone, "complaints", "breach_lead")
    page = officer.get(rows(draft, f"party/{gone.pk}/remove/"))
    assert "Its responsibility: Complaints" in page.text
    assert "Its responsibility: Leads on a privacy breach" in page.text
    officer.post(rows(draft, f"party/{gone.pk}/remove/"), {"seen": page.context["seen"]})
    assert not Responsibility.objects.exists()
    assert Responsibility.history.filter(history_type="-").count() == 2


def test_the_page_names_the_information_that_goes_with_a_flow(officer: Client, draft: Agreement) -> None:
    first, second = parties(draft)
    data = {"sender": first.pk, "receiver": second.pk, "control": "api", "frequency": "daily"}
    officer.post(rows(draft, "flow/add/"), data)
    flow = Flow.objects.get()
    values = {"flow": flow, "name": "Names & <addresses>"}
    add_row(agreement=draft, kind=KINDS["information"], values=values, by=draft.created_by)
    page = officer.get(rows(draft, f"flow/{flow.pk}/remove/"))
    assert "The information it carries: Names &amp; &lt;addresses&gt;" in page.text
    officer.post(rows(draft, f"flow/{flow.pk}/remove/"), {"seen": page.context["seen"]})
    assert not Information.objects.exists()


def test_what_came_to_a_party_meanwhile_is_not_removed_unseen(officer: Client, draft: Agreement) -> None:
    gone = parties(draft)[1]
    opened = officer.get(rows(draft, f"party/{gone.pk}/remove/")).context["seen"]
    hold(gone, "complaints")
    page = officer.post(rows(draft, f"party/{gone.pk}/remove/"), {"seen": opened}).text
    assert "What goes with it was changed meanwhile" in page
    assert Responsibility.objects.exists()


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
