"""Arrangements that exist already: recorded as they stand, completed, reopened, and withdrawn when it was a mistake."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from agreements.actions.agreement import record_existing
from agreements.actions.import_batch import decide, map_columns, upload
from agreements.actions.import_run import run_import
from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row
from agreements.actions.status import check_may_take, perform
from agreements.choices import Status, TermsState
from agreements.errors import NotNow
from agreements.lifecycle import BY_NAME
from agreements.models import Agreement, StatusChange, Terms
from agreements.policies.agreement import check_may_edit_terms, why_not
from agreements.rows import KINDS
from people.models import User
from people.permissions import NotPermitted
from tests.agreements_at import agreement_at, answer, organisation
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
WHAT = {"title": "Night shelter feed", "kind": "letter"}


def recorded(by: User, status: str = "signed", **values: Any) -> Agreement:
    """Recorded by hand."""
    ended_on = values.pop("ended_on", date(2024, 6, 30) if status == "ended" else None)
    return record_existing(values=WHAT | values, status=status, ended_on=ended_on, by=by, now=NOW)


def imported(by: User, status: str = "signed") -> Agreement:
    """One row of a sheet."""
    sheet = f"Title,Kind,Status,Parties\nOld feed,Letter of agreement,{status},Te Whare Tautoko Trust\n".encode()
    batch = upload(content=sheet, file_name="old.csv", by=by, now=NOW)
    batch = map_columns(batch=batch, mapping=batch.mapping, by=by, on=TODAY)
    batch = decide(batch=batch, choices={"direction": "out"}, by=by, on=TODAY)
    return run_import(batch=batch, by=by, now=NOW).agreements.get()


def step(agreement: Agreement, name: str, by: User, reason: str = "") -> Agreement:
    """Take a step."""
    return perform(agreement=agreement, step=name, by=by, now=NOW, reason=reason)


BAD_DAYS: list[tuple[str, dict[str, Any], str, str]] = [
    ("signed", {"signed_on": date(2099, 7, 1)}, "signed_on", "lies in the future"),
    ("ended", {"ended_on": date(2099, 7, 1)}, "ended_on", "lies in the future"),
    ("ended", {"ended_on": None}, "ended_on", "Enter the day it ended"),
    ("ended", {"ended_on": date(2010, 1, 1), "signed_on": date(2012, 1, 1)}, "ended_on", "cannot end before it began"),
    ("ended", {"ended_on": date(2010, 1, 1), "starts_on": date(2012, 1, 1)}, "ended_on", "cannot end before it began"),
    ("signed", {"starts_on": date(2012, 1, 1), "ends_on": date(2010, 1, 1)}, "ends_on", "cannot end before it starts"),
]


@pytest.mark.parametrize(("status", "days", "field", "sentence"), BAD_DAYS)
def test_days_that_cannot_be_are_refused_by_the_action(
    cast: Cast, status: str, days: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        recorded(cast.privacy_officer, status, **days)
    assert sentence in refused.value.message_dict[field][0]
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(("status", "days", "field", "sentence"), BAD_DAYS)
def test_and_at_their_field_by_the_page(
    cast: Cast, client: Client, status: str, days: dict[str, Any], field: str, sentence: str
) -> None:
    client.force_login(cast.privacy_officer)
    typed = {name: day or "" for name, day in days.items()}
    page = client.post("/agreements/record/", WHAT | {"status": status} | typed)
    assert sentence in page.context["form"].errors[field][0]
    assert not Agreement.objects.exists()


def test_today_is_not_the_future_and_tomorrow_is(cast: Cast) -> None:
    assert recorded(cast.privacy_officer, signed_on=TODAY).terms_now.signed_on == TODAY
    assert recorded(cast.privacy_officer, "ended", ended_on=TODAY).terms_now.signed_on is None
    with pytest.raises(ValidationError, match="lies in the future"):
        recorded(cast.privacy_officer, signed_on=TODAY + timedelta(days=1))


def test_a_day_of_signing_that_has_not_come_is_refused_in_its_section_too(cast: Cast) -> None:
    agreement = recorded(cast.privacy_officer)
    with pytest.raises(ValidationError, match="lies in the future"):
        answer(agreement, "dates", cast.privacy_officer, signed_on=date(2099, 7, 1))


@pytest.mark.parametrize("door", [recorded, imported])
@pytest.mark.parametrize("status", ["signed", "ended"])
def test_once_complete_its_terms_stand(cast: Cast, door: Any, status: str) -> None:
    officer = cast.privacy_officer
    agreement = door(officer, status)
    answer(agreement, "people", officer, necessity="As the letter says")
    done = step(agreement, "complete_recording", officer)
    assert (done.status, done.terms_now.state) == (status, TermsState.RECORDED)
    row = StatusChange.objects.filter(agreement=agreement).latest("pk")
    assert (row.said, row.by, row.at) == ("Recording completed", officer, NOW)
    assert (row.source, row.target) == (status, status)
    with pytest.raises(NotNow, match="Its recording is complete: its terms stand"):
        answer(agreement, "people", officer, necessity="Changed")
    with pytest.raises(NotNow, match="its terms stand"):
        values = {"organisation": organisation(), "role": "receives"}
        add_row(agreement=agreement, kind=KINDS["party"], values=values, by=officer)
    with pytest.raises(NotNow, match="its terms stand"):
        seen = responsibilities_digest(agreement)
        save_responsibilities(agreement=agreement, wanted=set(), seen=seen, by=officer)
    answer(agreement, "ownership", officer, owner=officer.person)
    with pytest.raises(NotNow, match="this is not the next step"):
        step(agreement, "complete_recording", officer)


def test_reopening_needs_a_reason_and_a_privacy_officer(cast: Cast) -> None:
    agreement = recorded(cast.privacy_officer)
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    step(agreement, "complete_recording", cast.contract_manager)
    with pytest.raises(NotNow, match="Say why"):
        step(agreement, "reopen_recording", cast.privacy_officer)
    with pytest.raises(NotPermitted):
        step(agreement, "reopen_recording", cast.contract_manager, "Another page was found")
    step(agreement, "reopen_recording", cast.privacy_officer, "Another page was found")
    answer(agreement, "people", cast.privacy_officer, necessity="As page 2 says")
    taken = agreement.status_changes.order_by("pk").values_list("step", flat=True)
    assert list(taken) == ["record", "complete_recording", "reopen_recording"]


@pytest.mark.parametrize("status", Status)
def test_what_was_agreed_here_knows_no_recording(cast: Cast, status: Status) -> None:
    agreement = agreement_at(status, cast)
    for name in ("complete_recording", "reopen_recording", "withdraw_record", "restore"):
        with pytest.raises(NotNow, match="this is not the next step"):
            step(agreement, name, cast.privacy_officer, "Because")


@pytest.mark.parametrize("status", ["signed", "ended"])
@pytest.mark.parametrize("complete", [False, True])
def test_recorded_by_mistake_is_withdrawn_and_put_back_where_it_stood(cast: Cast, status: str, complete: bool) -> None:
    officer = cast.privacy_officer
    agreement = recorded(officer, status)
    if complete:
        step(agreement, "complete_recording", officer)
    state = Terms.objects.get(agreement=agreement).state
    with pytest.raises(NotNow, match="Say why"):
        step(agreement, "withdraw_record", officer)
    assert step(agreement, "withdraw_record", officer, "In the register twice").status == Status.WITHDRAWN
    assert not Agreement.objects.in_use().exists()
    with pytest.raises(NotNow, match="Undo that first"):
        answer(agreement, "people", officer, necessity="Changed")
    with pytest.raises(NotNow, match="this is not the next step"):
        step(agreement, "reopen", officer, "It never was a draft")
    back = step(agreement, "restore", officer, "It was another one")
    assert (back.status, back.terms_now.state) == (status, state)


def test_an_imported_one_is_withdrawn_on_its_page(cast: Cast, client: Client) -> None:
    agreement = imported(cast.privacy_officer)
    client.force_login(cast.privacy_officer)
    page = client.get(agreement.get_absolute_url()).text
    assert "Withdraw: recorded by mistake" in page
    assert "whoever completes its recording" in page
    address = f"/agreements/{agreement.reference}/steps/withdraw_record/"
    assert "reason" in client.post(address, {}).context["form"].errors
    client.post(address, {"reason": "The trust never signed"})
    agreement.refresh_from_db()
    assert agreement.status == Status.WITHDRAWN
    assert "The trust never signed" in client.get(agreement.get_absolute_url()).text


@pytest.mark.parametrize("name", ["complete_recording", "withdraw_record"])
def test_nobody_else_takes_these_steps(cast: Cast, name: str) -> None:
    agreement = recorded(cast.privacy_officer)
    for by in (cast.contract_manager, cast.approver, Cast("OTH", "Other Ministry").privacy_officer):
        assert why_not(check_may_take, agreement, BY_NAME[name], by, TODAY)


def test_an_imported_draft_in_review_is_not_edited(cast: Cast) -> None:
    """The door by which it came in gives no leave: it is a draft like any other."""
    draft = agreement_at(Status.IN_REVIEW, cast)
    draft.origin = "imported"
    assert "its terms stand" in why_not(check_may_edit_terms, draft, cast.privacy_officer)


def test_what_is_being_recorded_is_a_list(cast: Cast, client: Client) -> None:
    one, two = recorded(cast.privacy_officer), recorded(cast.privacy_officer)
    agreement_at(Status.SIGNED, cast)
    step(two, "complete_recording", cast.privacy_officer)
    client.force_login(cast.privacy_officer)
    for address, agreement in (("recording=open", one), ("recording=complete", two)):
        listed = client.get(f"/agreements/?{address}").text
        found = [each.reference for each in Agreement.objects.all() if each.get_absolute_url() in listed]
        assert found == [agreement.reference]
    assert "Being recorded" in client.get("/").text


def test_the_migration_opens_what_was_recorded_and_nothing_else(cast: Cast) -> None:
    here, before = agreement_at(Status.SIGNED, cast), recorded(cast.privacy_officer)
    migration = import_module("agreements.migrations.0008_recording_complete")
    with connection.schema_editor() as editor:
        # As the database was then: the trigger that lets terms go only where a step leads came with 0017.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        editor.execute("ALTER TABLE agreements_terms DISABLE TRIGGER agreed_terms_stand")
        migration.close(apps, editor)
        assert set(Terms.objects.values_list("state", flat=True)) == {"approved"}
        migration.reopen(apps, editor)
    states = dict(Terms.objects.values_list("agreement", "state"))
    assert states == {here.pk: "approved", before.pk: "recording"}
