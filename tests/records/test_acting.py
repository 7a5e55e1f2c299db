"""Who is acting, and what an action is."""

import uuid
from datetime import date

import pytest
from django.db import connection

from people.models import User
from records.acting import acting, action, current, one_request
from records.errors import NobodyActing
from tests.records.shelf.models import Shelf


@action
def build(*, name: str, by: User, reason: str = "", true_from: date | None = None) -> Shelf:
    """An action as every app writes them."""
    return Shelf.objects.create(name=name)


@action
def build_two(*, by: User, reason: str = "") -> list[Shelf]:
    """An action made of actions."""
    return [build(name="One", by=by), build(name="Two", by=by, reason="Second")]


def test_history_says_who_why_and_from_when(keeper: User) -> None:
    row = build(name="Maps", by=keeper, reason="Asked for", true_from=date(2014, 7, 1)).history.get()
    assert (row.history_user, row.history_change_reason, row.true_from) == (keeper, "Asked for", date(2014, 7, 1))
    assert row.acting_agency == ""


def test_actions_in_an_action_share_its_request_and_its_reason(keeper: User) -> None:
    one, two = (shelf.history.get() for shelf in build_two(by=keeper, reason="First"))
    assert one.request_id == two.request_id
    assert (one.history_change_reason, two.history_change_reason) == ("First", "Second")


def test_separate_actions_are_separate_requests_unless_one_holds_them(keeper: User) -> None:
    assert build(name="A", by=keeper).history.get().request_id != build(name="B", by=keeper).history.get().request_id
    chosen = uuid.uuid4()
    with one_request(chosen):
        rows = [build(name=name, by=keeper).history.get() for name in "CD"]
    assert {row.request_id for row in rows} == {chosen}


def test_action_is_atomic(keeper: User) -> None:
    @action
    def break_off(*, by: User) -> None:
        assert connection.in_atomic_block
        build(name="Lost", by=by)
        raise ValueError("broke off")

    with pytest.raises(ValueError, match="broke off"):
        break_off(by=keeper)
    assert not Shelf.objects.filter(name="Lost").exists()


def test_nobody_acts_after_an_action(keeper: User) -> None:
    build(name="Maps", by=keeper)
    with pytest.raises(NobodyActing):
        current()


def test_nobody_may_not_save_delete_or_create(shelf: Shelf) -> None:
    for change in (shelf.save, shelf.delete, lambda: Shelf.objects.create(name="x")):
        with pytest.raises(NobodyActing, match="inside an @action"):
            change()


def test_action_without_by_is_refused(keeper: User) -> None:
    with pytest.raises(TypeError, match="needs by="):
        build(name="Maps")  # type: ignore[call-arg]


def test_action_takes_keywords_only() -> None:
    def positional(by: User) -> None: ...

    def nobody(*, name: str) -> None: ...

    for function in (positional, nobody):
        with pytest.raises(TypeError, match="keyword-only"):
            action(function)


def test_reason_of_one_object_goes_before_the_reason_of_the_action(shelf: Shelf, keeper: User) -> None:
    shelf._change_reason = "Its own"  # type: ignore[attr-defined]
    with acting(by=keeper, reason="Of all"):
        shelf.save()
    assert shelf.history.first().history_change_reason == "Its own"
