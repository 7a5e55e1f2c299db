"""History dated in the past enters through a declared door only."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.backfill import backfill
from records.errors import Refused
from records.models import Backfill
from records.verify import verify
from tests.records.conftest import Tamper, seal
from tests.records.shelf.models import Shelf

NOW = timezone.now()
START, END = NOW - timedelta(days=400), NOW - timedelta(days=1)
MOMENT = NOW - timedelta(days=30)


def test_rows_behind_the_door_are_dated_there_and_name_it(keeper: User) -> None:
    with backfill(by=keeper, why="Demo", start=START, end=END) as door, door.at(MOMENT), acting(by=keeper):
        shelf = Shelf.objects.create(name="Old")
    seal()
    declared = Backfill.objects.get()
    row = shelf.history.get()
    assert (row.history_date, row.backfill_id) == (MOMENT, declared.pk)
    assert (declared.by, declared.why, declared.rows) == (keeper, "Demo", 1)
    report = verify()
    assert report.ok
    assert report.backfilled == {declared.pk: 1}


def test_the_declaration_itself_is_of_now(keeper: User) -> None:
    with backfill(by=keeper, why="Demo", start=START, end=END) as door, door.at(MOMENT):
        pass
    assert all(row.backfill_id is None and row.history_date >= NOW for row in Backfill.history.all())


def test_between_the_moments_history_is_of_now(keeper: User) -> None:
    with backfill(by=keeper, why="Demo", start=START, end=END), acting(by=keeper):
        shelf = Shelf.objects.create(name="New")
    assert shelf.history.get().backfill_id is None


def test_a_moment_outside_the_period_is_refused(keeper: User) -> None:
    with (
        backfill(by=keeper, why="Demo", start=START, end=END) as door,
        pytest.raises(ValueError, match="outside the declared"),
        door.at(NOW),
    ):
        pass


@pytest.mark.parametrize(("why", "start", "end"), [(" ", START, END), ("Demo", END, START)])
def test_a_backfill_without_reason_or_period_is_refused(keeper: User, why: str, start: datetime, end: datetime) -> None:
    with pytest.raises(Refused), backfill(by=keeper, why=why, start=start, end=end):
        pass


@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=-900)])
def test_undeclared_dates_are_refused(shelf: Shelf, keeper: User, off: timedelta) -> None:
    row = shelf.history.get()
    row.pk, row.history_date = None, timezone.now() + off
    with pytest.raises(IntegrityError, match="neither of now nor"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("off", [timedelta(minutes=-4), timedelta(minutes=4)])
def test_clocks_may_differ_a_little(shelf: Shelf, off: timedelta) -> None:
    row = shelf.history.get()
    row.pk, row.history_date = None, timezone.now() + off
    row.save()
    seal()


def test_a_date_outside_the_backfill_it_names_is_refused(shelf: Shelf, keeper: User) -> None:
    with backfill(by=keeper, why="Demo", start=MOMENT, end=END) as door:
        row = shelf.history.get()
        row.pk, row.history_date, row.backfill_id = None, START, door.backfill_id
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_backfill_that_nobody_declared_is_refused(shelf: Shelf) -> None:
    row = shelf.history.get()
    row.pk, row.history_date, row.backfill_id = None, MOMENT, 4711
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_is_recorded_already_cannot_be_dated_over(shelf: Shelf, keeper: User) -> None:
    def enter_before() -> None:
        with backfill(by=keeper, why="Demo", start=START, end=END) as door, door.at(MOMENT), acting(by=keeper):
            shelf.name = "Before it was"
            shelf.save()
        seal()

    with pytest.raises(IntegrityError, match="already recorded"), transaction.atomic():
        enter_before()


def test_a_backfill_removed_afterwards_is_found(keeper: User, tamper: Tamper) -> None:
    with backfill(by=keeper, why="Demo", start=START, end=END) as door, door.at(MOMENT), acting(by=keeper):
        Shelf.objects.create(name="Old")
    tamper("DELETE FROM records_backfill")
    assert any("outside the backfill" in problem.sentence for problem in verify().problems)
