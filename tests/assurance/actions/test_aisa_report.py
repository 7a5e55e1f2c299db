"""Entering, correcting, completing and reopening a year: every row stays, and a missing figure is never 0."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.db.transaction import atomic

from agreements.choices import Kind, Status
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from assurance.actions.aisa_report import EnteredMeanwhile, Said, complete_year, reopen_year, save_entries
from assurance.actions.approval import save_approval
from assurance.models import AisaEntry, AisaStep
from assurance.pages.aisa_report import Line, report_of
from people.models import User
from records.acting import acting
from tests.agreements_at import agreement_at, answer, organisation
from tests.assurance.yearly import YEAR, led, noticed
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def enter(agreement: Agreement, by: User, *said: Said, **told: Any) -> list[AisaEntry]:
    given: dict[str, Any] = {"year": YEAR, "seen": AisaEntry.objects.count() and newest_key()} | told
    return save_entries(agreement=agreement, said=said, by=by, now=NOW, **given)


def newest_key() -> int:
    return AisaEntry.objects.latest("pk").pk


def line(agreement: Agreement, key: str, of: str = "", year: int = YEAR) -> Line:
    report = report_of(agreement, year)
    return next(one for one in (*report.figures, *report.texts) if one.place == (key, of))


def test_none_is_a_figure_and_missing_is_not_recorded(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    assert line(agreement, "people").value is None
    said = (Said("people", "", 0), Said("requests", "Community Agency", 12), Said("outcome", "Referred", 3))
    enter(agreement, by, *said, Said("costs", "", "About $40,000"))
    assert (line(agreement, "people").value, line(agreement, "people").shown) == (0, "0")
    assert line(agreement, "requests", "Community Agency").value == 12
    assert line(agreement, "outcome", "Referred").value == 3
    assert line(agreement, "outcome", "Prosecution").value is None
    assert line(agreement, "costs").value == "About $40,000"
    assert line(agreement, "people", year=YEAR + 1).before == 0


def test_a_correction_is_a_further_row_that_says_why(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    enter(agreement, by, Said("people", "", 100))
    with pytest.raises(ValidationError, match="You correct what was recorded: say why"):
        enter(agreement, by, Said("people", "", 90))
    with pytest.raises(ValidationError, match="Nothing differs"):
        enter(agreement, by, Said("people", "", 100), why="Again")
    enter(agreement, by, Said("people", "", 90), why="Counted twice")
    enter(agreement, by, Said("people", "", None), why="It was of another agreement")
    found = line(agreement, "people")
    assert found.value is None
    assert [(one.number, one.why) for one in found.corrected] == [
        (None, "It was of another agreement"), (90, "Counted twice"), (100, ""),
    ]  # fmt: skip


def test_what_two_people_enter_at_once_is_told(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    enter(agreement, by, Said("people", "", 100), seen=0)
    enter(agreement, by, Said("transactions", "", 7), Said("people", "", None), seen=0)  # of people nothing was typed
    assert line(agreement, "people").value == 100
    with pytest.raises(EnteredMeanwhile, match="entered some of this") as told:
        enter(agreement, by, Said("people", "", 80), seen=0)
    assert [one.number for one in told.value.entries] == [100]
    enter(agreement, by, Said("people", "", 80), seen=told.value.seen, why="Mine is right")
    assert line(agreement, "people").value == 80


def test_a_complete_year_stands_until_it_is_reopened(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    year: dict[str, Any] = {"agreement": agreement, "year": YEAR, "by": by, "now": NOW}
    with pytest.raises(NotNow, match="Nothing was entered"):
        complete_year(**year)
    enter(agreement, by, Said("people", "", 100))
    with pytest.raises(NotNow, match="is open already"):
        reopen_year(**year, why="Because")
    complete_year(**year)
    for refused in (
        lambda: complete_year(**year),
        lambda: enter(agreement, by, Said("people", "", 90), why="Late"),
        lambda: noticed(agreement, by),
    ):
        with pytest.raises(NotNow, match="2025/26 is complete: reopen it"):
            refused()
    with pytest.raises(ValidationError, match="Say why"):
        reopen_year(**year, why="  ")
    reopen_year(**year, why="A figure came late")
    enter(agreement, by, Said("people", "", 90), why="Late")
    assert [(one.kind, one.why) for one in AisaStep.objects.order_by("pk")] == [
        ("complete", ""), ("reopened", "A figure came late"),
    ]  # fmt: skip
    enter(agreement, by, Said("people", "", 1), year=YEAR + 1, seen=0)
    with pytest.raises(NotNow, match="2026/27 is not over yet"):
        complete_year(**year | {"year": YEAR + 1})
    with pytest.raises(NotNow, match="cannot be reported on now"):
        enter(agreement, by, Said("people", "", 1), year=YEAR + 2, seen=0)


def test_who_reports(cast: Cast) -> None:
    agreement, said = led(cast), Said("people", "", 1)
    for who in (cast.auditor, cast.business_owner, Cast("THR", "Community Service Agency").privacy_officer):
        with pytest.raises(NotYours):
            enter(agreement, who, said)
    owned = answer(agreement, "ownership", cast.privacy_officer, owner=cast.business_owner.person)
    enter(owned, cast.business_owner, said)
    away = {"lead": organisation("Ministry of Elsewhere", state_services="yes")}
    save_approval(agreement=agreement, values=away, by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotYours, match="The lead agency reports, and that is Ministry of Elsewhere"):
        enter(agreement, cast.privacy_officer, Said("people", "", 2), why="Ours")
    save_approval(agreement=agreement, values={"lead": None}, by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotNow, match="who that is is not recorded"):
        enter(agreement, cast.privacy_officer, Said("people", "", 2), why="Ours")
    plain = agreement_at(Status.SIGNED, cast, title="Plain")
    draft = agreement_at(Status.DRAFT, cast, title="Draft", kind=Kind.MATCHING)
    for other, says in ((plain, "Only an approved"), (draft, "not signed yet")):
        with pytest.raises(NotNow, match=says):
            enter(other, cast.privacy_officer, said)
    assert AisaEntry.objects.count() == 1


def test_the_database_keeps_what_was_entered(cast: Cast) -> None:
    agreement, by = led(cast), cast.privacy_officer
    [entry] = enter(agreement, by, Said("people", "", 100))
    step = complete_year(agreement=agreement, year=YEAR, by=by, now=NOW)
    entry.number, step.kind = 90, "reopened"
    rows: list[Model] = [entry, step]
    for row in rows:
        with pytest.raises(IntegrityError, match="row of record"), acting(by=by), atomic():
            row.save()
    wrong: list[Model] = [
        AisaEntry(agreement=agreement, year=YEAR, item="people", number=1, words="One", by=by, at=NOW),
        AisaEntry(agreement=agreement, year=YEAR, item="", number=1, by=by, at=NOW),
        AisaStep(agreement=agreement, year=YEAR, kind="reopened", by=by, at=NOW),
    ]
    for row in wrong:
        with pytest.raises(IntegrityError, match=r"aisa_(entry|step)_"), acting(by=by), atomic():
            row.save()
