"""Migration operations that guard a model's history in the database. docs/history.md says what the guards promise."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from records import guard_sql
from records.roles import role_to_grant


class GuardHistory(Operation):
    """Guard ``model_name`` and its history; stand it directly after the CreateModel of both.

    The migration must depend on records 0001. Say it again with ``again=True`` after the model gained or lost an
    untracked field. Around a RenameModel or AlterModelTable stand UnguardHistory before and this after, with
    ``was`` naming the history table's former name, so that the ledger's older entries are still understood.
    """

    reversible = True

    def __init__(self, model_name: str, *, again: bool = False, was: str = "") -> None:
        self.model_name, self.again, self.was = model_name, again, was

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a squashed migration writes this operation."""
        said = {"again": self.again, "was": self.was}
        return self.__class__.__name__, [self.model_name], {name: value for name, value in said.items() if value}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Guards are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Install the guard and the app's rights."""
        found = _found(to_state.apps, app_label, self.model_name)
        _install(schema_editor, found)
        if self.was:
            _note_rename(schema_editor, self.was, found.history)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take the guard away, or put back the one before."""
        found = _found(to_state.apps, app_label, self.model_name)
        if self.again:
            _install(schema_editor, found)
        else:
            _run(schema_editor, guard_sql.remove(found))

    def describe(self) -> str:
        """One line for the output of migrate."""
        return f"Guard the history of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        """What a generated migration would be called after."""
        return f"guard_{self.model_name.lower()}"


class UnguardHistory(GuardHistory):
    """Take the guard from ``model_name`` for the operations up to the next GuardHistory, which must follow."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take the guard away."""
        _run(schema_editor, guard_sql.remove(_found(to_state.apps, app_label, self.model_name)))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Guard again."""
        _install(schema_editor, _found(to_state.apps, app_label, self.model_name))

    def describe(self) -> str:
        """One line for the output of migrate."""
        return f"Unguard the history of {self.model_name} until it is guarded again"


def _found(apps: Any, app_label: str, name: str) -> guard_sql.Guarded:
    return guard_sql.guarded(apps.get_model(app_label, name), apps.get_model(app_label, f"Historical{name}"))


def _install(schema_editor: BaseDatabaseSchemaEditor, found: guard_sql.Guarded) -> None:
    role = role_to_grant(schema_editor.connection)
    _run(schema_editor, guard_sql.install(found) + (guard_sql.grants(found, role) if role else []))


def _note_rename(schema_editor: BaseDatabaseSchemaEditor, was: str, now: str) -> None:
    schema_editor.execute(
        "INSERT INTO records_ledgerrename (old, new) VALUES (%s, %s) ON CONFLICT DO NOTHING", (was, now)
    )


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)
