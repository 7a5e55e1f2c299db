"""The approval of an AISA and its amendments: recorded, shown, exported; an amendment waits for its Order (Part 7)."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.status import perform
from agreements.actions.variation import take_variation_step
from agreements.choices import Kind, Status, TermsState
from agreements.errors import NotReady
from agreements.models import Agreement
from assurance.actions.approval import save_amendment, save_approval
from assurance.models import Amendment, Approval, ConformanceEntry
from records.acting import acting
from tests.agreements_at import agreement_at, make_signable, organisation, variation_at
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ORDER = "Privacy (Sharing) Order 2026 (SL 2026/1)"
GIVEN = {
    "order": ORDER,
    "order_on": "1 June 2026",
    "address": "https://www.example.govt.nz/aisa",
    "public_services": "Help <b>at</b> school",
    "information": "=cmd|' /C calc'!A0",
    "notice_days": "5",
}


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def aisa(cast: Cast) -> Agreement:
    """A draft."""
    return agreement_at(Status.DRAFT, cast, kind=Kind.AISA)


def signed_aisa(cast: Cast) -> Agreement:
    """Signed, its Order recorded before."""
    draft = aisa(cast)
    make_signable(draft, cast.privacy_officer)
    save_approval(agreement=draft, values={"order": ORDER}, by=cast.privacy_officer, now=NOW)
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver), ("sign", cast.privacy_officer)):
        draft = perform(agreement=Agreement.objects.get(pk=draft.pk), step=step, by=who, now=NOW)
    return draft


def address(name: str, agreement: Agreement) -> str:
    return reverse(name, args=[agreement.reference])


def test_it_is_recorded_shown_and_met(officer: Client, cast: Cast) -> None:
    agreement = aisa(cast)
    assert address("approval", agreement) in officer.get(agreement.get_absolute_url()).text
    assert {"AISA-143", "AISA-145", "AISA-152", "AISA-154"} <= set(not_met(agreement))
    lead = organisation("Ministry of Social Development", state_services="yes")
    given = GIVEN | {"lead": lead.name, "notice_days": "10"}
    page = officer.post(address("approval_change", agreement), given, follow=True).text
    assert "Help &lt;b&gt;at&lt;/b&gt; school" in page
    assert f"{ORDER}, made 1" in page
    assert "10 working days" in page
    assert not {"AISA-143", "AISA-145", "AISA-152", "AISA-154"} & set(not_met(agreement))


def not_met(agreement: Agreement) -> list[str]:
    return ConformanceEntry.objects.get(agreement=agreement).not_met


def test_a_shorter_notice_needs_its_ground(officer: Client, cast: Cast) -> None:
    agreement = aisa(cast)
    officer.post(address("approval_change", agreement), GIVEN)
    assert "AISA-152" in not_met(agreement)
    officer.post(address("approval_change", agreement), GIVEN | {"notice_ground": "Suspected offending"})
    assert "AISA-152" not in not_met(agreement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"order_on": "1 June 2999"}, {"order_on": "soon"}, {"address": "javascript:alert(1)"}, {"notice_days": "-1"},
        {"notice_days": "99999999999"}, {"order": "x" * 201}, {"order": ""}, {"lead": "Nobody knows it"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_kept(officer: Client, cast: Cast, wrong: dict[str, str]) -> None:
    agreement = aisa(cast)
    page = officer.post(address("approval_change", agreement), GIVEN | wrong)
    assert "<title>Error: " in page.text
    assert "Help &lt;b&gt;at&lt;/b&gt; school" in page.text
    assert not Approval.objects.exists()


def test_matching_is_asked_for_nothing_that_only_an_order_has(officer: Client, cast: Cast) -> None:
    matching = agreement_at(Status.DRAFT, cast, kind=Kind.MATCHING)
    form = officer.get(address("approval_change", matching)).text
    assert "At least 5, to be confirmed" in form
    assert 'name="order"' not in form
    assert officer.post(address("approval_change", matching), {"lead": "", "notice_days": "5"}).status_code == 302
    page = officer.get(address("approval", matching)).text
    assert "5 working days" in page
    assert "Change what is recorded" in page


def test_only_these_kinds_have_one_and_only_their_agency_reads_it(officer: Client, cast: Cast, client: Client) -> None:
    plain, agreement = agreement_at(Status.DRAFT, cast, title="Plain"), aisa(cast)
    for name in ("approval", "approval_change"):
        assert officer.get(address(name, plain)).status_code == 404
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    for name in ("approval", "approval_change"):
        assert client.get(address(name, agreement)).status_code == 404
        assert client.post(address("approval_change", agreement), GIVEN).status_code == 404
    assert not Approval.objects.exists()


def test_a_reader_reads_and_changes_nothing(cast: Cast, client: Client) -> None:
    agreement = aisa(cast)
    client.force_login(cast.auditor)
    assert "Approval under the Privacy Act" in client.get(address("approval", agreement)).text
    client.post(address("approval_change", agreement), GIVEN)
    assert not Approval.objects.exists()


def test_who_begins_an_amendment_is_told_that_it_waits_for_its_order(officer: Client, cast: Cast) -> None:
    page = officer.get(reverse("agreements:start_variation", args=[signed_aisa(cast).reference])).text
    assert "AISA-157, an amendment has its Order before it takes effect: It was amended, and neither" in page


def test_an_amendment_is_not_in_effect_until_its_order(officer: Client, cast: Cast) -> None:
    varied = variation_at(TermsState.APPROVED, cast, signed_aisa(cast))
    with pytest.raises(NotReady, match=r"AISA-157.*neither a further Order nor a listed exception"):
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    place = reverse("amendment", args=[varied.reference, varied.terms_now.number])
    for nothing in ({}, {"order": "", "exception": ""}, {"exception": "because"}):
        assert "<title>Error: " in officer.post(place, nothing).text
    assert not Amendment.objects.exists()
    officer.post(place, {"order": "Amendment Order 2026", "order_on": "1 July 2026"})
    signed = take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    assert signed.terms_now.state == TermsState.IN_FORCE
    assert "AISA-157" not in not_met(signed)
    page = officer.post(place, {"exception": "fees"}).text
    assert "how it took effect stands" in page
    assert Amendment.objects.get().order == "Amendment Order 2026"


def test_a_listed_exception_needs_no_order(cast: Cast) -> None:
    varied = variation_at(TermsState.APPROVED, cast, signed_aisa(cast))
    save_amendment(agreement=varied, values={"exception": "names"}, by=cast.privacy_officer, now=NOW)
    take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)


def test_another_agency_amends_nothing(cast: Cast, client: Client) -> None:
    varied = variation_at(TermsState.DRAFT, cast, signed_aisa(cast))
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    place = reverse("amendment", args=[varied.reference, varied.terms_now.number])
    assert client.post(place, {"exception": "fees"}).status_code == 404
    assert not Amendment.objects.exists()


def test_the_five_public_columns_are_a_file_that_is_safe_to_open(officer: Client, cast: Cast) -> None:
    officer.post(address("approval_change", aisa(cast)), GIVEN)
    other = Cast("THR", "Community Service Agency")
    save_approval(agreement=aisa(other), values={"public_services": "Theirs"}, by=other.privacy_officer, now=NOW)
    sheet = b"".join(officer.get(reverse("schedule_2", args=["csv"]))).decode("utf-8-sig")
    heading, row = sheet.splitlines()
    assert heading == "Name,Public services,Internet address,Lead agency,Description of personal information"
    assert (
        row == "School attendance liaison,Help <b>at</b> school,https://www.example.govt.nz/aisa,,'=cmd|' /C calc'!A0"
    )


def test_the_columns_are_found_where_aisas_are_and_come_as_excel_too(officer: Client, cast: Cast) -> None:
    from openpyxl import load_workbook

    agreement = aisa(cast)
    officer.post(address("approval_change", agreement), GIVEN)
    excel = reverse("schedule_2", args=["xlsx"])
    register = reverse("agreements:register")
    for place in (address("approval", agreement), f"{register}?kind=aisa"):
        assert f'href="{excel}"' in officer.get(place).text
    assert excel not in officer.get(register).text
    sheet = load_workbook(BytesIO(b"".join(officer.get(excel)))).active
    assert sheet is not None
    assert [[cell.value for cell in row][:2] for row in sheet.rows] == [
        ["Name", "Public services"], ["School attendance liaison", "Help <b>at</b> school"],
    ]  # fmt: skip
    assert officer.get(reverse("schedule_2", args=["exe"])).status_code == 404


def test_neither_it_nor_an_amendment_is_in_force_before_its_order(officer: Client, cast: Cast) -> None:
    draft = aisa(cast)
    make_signable(draft, cast.privacy_officer)
    late = {"order": ORDER, "order_on": date(2026, 6, 1)}  # it starts on 1 January 2026
    save_approval(agreement=draft, values=late, by=cast.privacy_officer, now=NOW)
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver)):
        draft = perform(agreement=Agreement.objects.get(pk=draft.pk), step=step, by=who, now=NOW)
    with pytest.raises(NotReady, match=r"Its Order was made on 1.June 2026: it cannot be in force before that"):
        perform(agreement=draft, step="sign", by=cast.privacy_officer, now=NOW)
    save_approval(agreement=draft, values={"order_on": date(2025, 12, 1)}, by=cast.privacy_officer, now=NOW)
    signed = perform(agreement=draft, step="sign", by=cast.privacy_officer, now=NOW)
    page = officer.post(address("approval_change", signed), GIVEN).text
    assert "It is in force from 1\N{NO-BREAK SPACE}January 2026: that cannot be before its Order" in page
    assert Approval.objects.get().order_on == date(2025, 12, 1)
    varied = variation_at(TermsState.APPROVED, cast, signed)
    order = {"order": "Amendment Order 2026", "order_on": date(2026, 7, 10)}
    save_amendment(agreement=varied, values=order, by=cast.privacy_officer, now=NOW)
    sign: dict[str, Any] = {"agreement": varied, "step": "vary_sign", "by": cast.privacy_officer, "now": NOW}
    with pytest.raises(NotReady, match=r"Its Order was made on 10.July 2026"):
        take_variation_step(**sign, on=date(2026, 7, 1), in_force_from=date(2026, 7, 9))
    done = take_variation_step(**sign, on=date(2026, 7, 1), in_force_from=date(2026, 7, 10))
    assert done.terms_now.in_force_from == date(2026, 7, 10)


def test_the_database_keeps_no_day_without_an_order(cast: Cast) -> None:
    agreement = aisa(cast)
    day, by = date(2026, 6, 1), cast.privacy_officer
    amended = Amendment(terms=agreement.terms_now, exception="fees", order_on=day, by=by, at=NOW)
    made: list[Approval | Amendment] = [Approval(agreement=agreement, order_on=day), amended]
    for one in made:
        with pytest.raises(IntegrityError, match="day_of_an_order"), acting(by=by), atomic():
            one.save()


def test_each_change_of_it_and_of_an_amendment_is_a_page(officer: Client, cast: Cast, client: Client) -> None:
    signed = signed_aisa(cast)
    varied = variation_at(TermsState.DRAFT, cast, signed)
    made = save_amendment(agreement=varied, values={"exception": "names"}, by=cast.privacy_officer, now=NOW)
    officer.post(address("approval_change", signed), GIVEN | {"order_on": "1 December 2025"})
    page = officer.get(address("approval", signed)).text
    places = {
        reverse("approval_history", args=[Approval.objects.get().pk]): "https://www.example.govt.nz/aisa",
        reverse("amendment_history", args=[made.pk]): "party&#x27;s name",
    }
    for place, says in places.items():
        assert place in page
        assert says in officer.get(place).text
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    assert [client.get(place).status_code for place in places] == [404, 404]


def test_budget(officer: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    agreement = aisa(cast)
    save_approval(
        agreement=agreement, values={"order": ORDER, "order_on": date(2026, 6, 1)}, by=cast.privacy_officer, now=NOW
    )
    officer.get(address("approval", agreement))
    with django_assert_max_num_queries(15):
        officer.get(address("approval", agreement))
