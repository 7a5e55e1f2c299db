"""The checks that read the database, and the names that guards can have."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from config import embedded_postgres
from records import checks, guard_sql, roles
from records.models import Recorded

pytestmark = pytest.mark.django_db


def test_a_missing_guard_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "guards_missing", lambda: ["x is not guarded"])
    assert [found.msg for found in checks.check_guards(databases=["default"])] == ["x is not guarded"]
    assert checks.check_guards(databases=None) == []


def test_nothing_is_said_while_migrations_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "guards_missing", lambda: ["x is not guarded"])
    monkeypatch.setattr(checks, "_migrations_wait", lambda: True)
    assert checks.check_guards(databases=["default"]) == []
    assert checks.check_role(databases=["default"]) == []


def test_an_app_that_owns_history_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_role(databases=["default"]) == []
    monkeypatch.setattr(checks, "app_role", lambda: embedded_postgres.OWNER)
    (warned,) = checks.check_role(databases=["default"])
    assert "owner of history" in warned.msg


def test_nobody_is_granted_anything_where_the_owner_is_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    assert roles.role_to_grant(connection) == embedded_postgres.APP
    monkeypatch.setattr(roles, "app_role", lambda: embedded_postgres.OWNER)
    assert roles.role_to_grant(connection) is None


@isolate_apps("tests.records.shelf")
def test_a_table_whose_guard_could_have_no_name_is_refused() -> None:
    class Long(Recorded):
        __module__ = "tests.records.shelf.models"

        class Meta:
            app_label = "shelf"
            db_table = "shelf_" + "x" * 55

    with pytest.raises(ValueError, match="shorter db_table"):
        guard_sql.of_model(Long)


@isolate_apps("tests.records.shelf")
def test_a_model_without_untracked_fields_is_compared_whole() -> None:
    class Whole(Recorded):
        __module__ = "tests.records.shelf.models"
        name = models.CharField(max_length=10)

        class Meta:
            app_label = "shelf"

    assert guard_sql.of_model(Whole).untracked == ()
    assert "::text[]" not in guard_sql.function_body(guard_sql.of_model(Whole))
