"""A long plan is issued, and long figures are taken, by the worker; short ones, and all without a worker, at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assurance.actions.statement import withdraw_statement
from assurance.models import Briefing
from assurance.pdf.plan import to_lay_out
from people.doing import do_work
from people.models import Work
from records.models import IssuedFile
from tests.agreements.views.conftest import SignIn
from tests.assurance.planned import existing
from tests.assurance.stating import WHOLE, drafted
from tests.assurance.views.conftest import officer, sign_in
from tests.cast import NOW, Cast
from tests.workers import a_worker

__all__ = ["officer", "sign_in"]
pytestmark = pytest.mark.django_db


def test_a_long_plan_is_the_workers_and_kept_like_any_other(
    officer: Client, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    existing(cast)
    monkeypatch.setattr("assurance.views.plan_issue.PRINTED", 0)
    told: list[int] = []
    a_worker()
    answer = officer.post("/plan/pdf/")
    work = Work.objects.get()
    assert (work.kind, answer.headers["Location"]) == ("plan", work.get_absolute_url())
    assert not IssuedFile.objects.exists()
    assert officer.post("/plan/pdf/").headers["Location"] == work.get_absolute_url(), "asked twice it is one work"
    monkeypatch.setattr("people.actions.work.telling", lambda pk: lambda step, done=None: told.append(step))
    do_work(work.pk, lambda: NOW)
    page = officer.get(work.get_absolute_url()).text
    copy = IssuedFile.objects.get()
    assert "Plan as PDF" in page
    assert f"/plan/issued/{copy.pk}/" in page
    assert told == [1, 1, 2], "the worker begins with the first step, then the plan tells its own"
    assert officer.get(f"/plan/issued/{copy.pk}/").content.startswith(b"%PDF")
    outside = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert outside.get(work.get_absolute_url()).status_code == 404


def test_a_short_one_and_one_without_a_worker_are_made_at_once(
    officer: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    existing(cast)
    a_worker()
    assert officer.post("/plan/pdf/").content.startswith(b"%PDF")
    monkeypatch.setattr("assurance.views.plan_issue.is_long", lambda rows, most, now: False)
    monkeypatch.setattr("assurance.views.plan_issue.PRINTED", 0)
    assert officer.post("/plan/pdf/").content.startswith(b"%PDF")
    assert not Work.objects.exists()


def test_rows_are_counted_as_the_document_shows_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert to_lay_out(cast.privacy_officer) == 0
    for number in range(3):
        existing(cast, f"Old {number}")
    assert to_lay_out(cast.privacy_officer) == 3
    monkeypatch.setattr("assurance.pdf.plan.MOST_ROWS", 2)
    assert to_lay_out(cast.privacy_officer) == 2
    assert to_lay_out(Cast("OTH", "Other Ministry").privacy_officer) == 0


def test_figures_of_a_long_history_are_taken_by_the_worker(
    officer: Client, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked twice it is one work; a killed worker begins again; what cannot be done any more says why."""
    existing(cast, now=timezone.now())
    statement = drafted(cast)
    address, page = reverse("statement_take", args=[statement.code]), statement.get_absolute_url()
    told: list[int] = []
    monkeypatch.setattr("assurance.views.statement.VERIFIED", -1)
    monkeypatch.setattr("assurance.long_work.ledger_state", lambda: WHOLE)
    monkeypatch.setattr("people.actions.work.telling", lambda pk: lambda step, done=None: told.append(step))
    a_worker()
    asked = officer.post(address)
    work = Work.objects.get()
    assert (work.kind, asked.headers["Location"]) == ("figures", work.get_absolute_url())
    assert officer.post(address).headers["Location"] == work.get_absolute_url()
    assert "see how far it is" in officer.get(page).text
    other = sign_in(cast.auditor)
    assert "has asked for its figures already" in other.post(address, follow=True).text
    assert (Work.objects.count(), Briefing.objects.count()) == (1, 0)

    killed = monkeypatch.context()
    with killed as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("assurance.long_work.take_figures", _killed)
        do_work(work.pk, timezone.now)
    assert not Briefing.objects.exists()
    do_work(work.pk, timezone.now)
    assert told == [1, 1, 2, 3]
    assert (Briefing.objects.get().by, "Open the statement" in officer.get(work.get_absolute_url()).text) == (
        cast.privacy_officer, True,
    )  # fmt: skip

    officer.post(address)
    withdraw_statement(statement=statement, why="Another day", by=cast.privacy_officer, now=timezone.now())
    again = Work.objects.get(state="waiting")
    do_work(again.pk, lambda: timezone.now() + timedelta(seconds=1))
    failed = officer.get(again.get_absolute_url()).text
    assert "It was withdrawn. No figure was kept; those taken before stand." in failed
    assert Briefing.objects.count() == 1


def _killed(**_: object) -> None:
    raise KeyboardInterrupt
