"""System checks that read the database: every tracked model is guarded, and the app may not rewrite history.

They run with `manage.py check --database default`, and in a test.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from records import guard_sql
from records.roles import app_role

SQL_FILES = tuple(Path(__file__).parent.glob("sql/*.sql"))
BODY = re.compile(r"FUNCTION (records_\w+)\([^)]*\).*?\$\$(.*?)\$\$", re.DOTALL)
# How pg_trigger.tgtype spells a trigger's event.
BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
LEDGER_TRIGGERS = [
    *(
        guard_sql.Trigger(name, table, event, "records_refuse_change", each=each)
        for table in ("records_ledgerentry", "records_ledgerlink", "records_ledgerrename")
        for name, event, each in (
            ("append_only", "BEFORE UPDATE OR DELETE", "ROW"),
            ("never_empty", "BEFORE TRUNCATE", "STATEMENT"),
        )
    ),
    guard_sql.Trigger("ledger_seal", "records_ledgerentry", "AFTER INSERT", "records_ledger_seal", deferred=True),
]


@checks.register(checks.Tags.database)
def check_guards(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Every guard stands as this version of the code would install it. Silent while migrations wait to be applied."""
    if not databases or "default" not in databases or _migrations_wait():
        return []
    return [checks.Error(sentence, id="records.E001") for sentence in guards_missing()]


@checks.register(checks.Tags.database, deploy=True)
def check_role(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """The app is not the owner of the schema, who could switch the guards off."""
    if not databases or "default" not in databases or settings.AS_OWNER or _migrations_wait():
        return []
    owners = {owner for (owner,) in _ask("SELECT tableowner FROM pg_tables WHERE tablename LIKE 'records_%%'", [])}
    if app_role() in owners:
        hint = "Give DATABASE_URL a role of its own and DATABASE_OWNER_URL the schema’s owner; docs/history.md."
        return [
            checks.Warning("The app signs in to the database as the owner of history.", hint=hint, id="records.W001")
        ]
    return []


def guards_missing() -> list[str]:
    """A sentence for each trigger, function, index or right that is not as it would be installed."""
    tables = [guard_sql.of_model(model) for model in guard_sql.tracked_models(apps)]
    wanted = [trigger for found in tables for trigger in guard_sql.triggers(found)] + LEDGER_TRIGGERS
    sentences = list(_triggers_missing(wanted))
    sentences += _functions_other(tables)
    sentences += _indexes_missing(tables)
    sentences += _rights_too_wide([found.history for found in tables])
    return sentences


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _ask(statement: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _triggers_missing(wanted: list[guard_sql.Trigger]) -> Iterator[str]:
    rows = _ask(
        "SELECT c.relname, t.tgname, p.proname, t.tgtype, t.tgenabled::text, t.tgdeferrable AND t.tginitdeferred "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace",
        [],
    )
    found = {(table, name): tuple(rest) for table, name, *rest in rows}
    for trigger in wanted:
        if found.get((trigger.table, trigger.name)) != (
            trigger.function,
            _type(trigger),
            "O",
            trigger.deferred,
        ):
            yield f"{trigger.table} is not guarded: trigger {trigger.name} is missing, disabled or another."


def _type(trigger: guard_sql.Trigger) -> int:
    bits = (1 if trigger.each == "ROW" else 0) + (2 if trigger.event.startswith("BEFORE") else 0)
    return bits + sum(bit for event, bit in BITS.items() if event in trigger.event)


def _functions_other(tables: list[guard_sql.Guarded]) -> list[str]:
    wanted = {found.function: guard_sql.function_body(found) for found in tables}
    for file in SQL_FILES:
        wanted |= dict(BODY.findall(file.read_text()))
    rows = _ask("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY (%s)", [list(wanted)])
    stands = {name: body.strip() for name, body in rows}
    return [
        f"Function {name}() is missing or is not what this version installs."
        for name, body in wanted.items()
        if stands.get(name) != body.strip()
    ]


def _indexes_missing(tables: list[guard_sql.Guarded]) -> list[str]:
    wanted = [name for found in tables for name in guard_sql.indexes(found)]
    stands = {name for (name,) in _ask("SELECT indexname FROM pg_indexes WHERE indexname = ANY (%s)", [wanted])}
    return [f"Index {name} is missing: commits would become slow." for name in wanted if name not in stands]


def _rights_too_wide(histories: list[str]) -> list[str]:
    rows = _ask(
        "SELECT t.name, has_table_privilege(r.oid, t.name, 'UPDATE, DELETE, TRUNCATE, TRIGGER') FROM pg_roles r, "
        "unnest(%s::text[]) t (name) WHERE r.rolname = %s AND NOT r.rolsuper AND NOT EXISTS ("
        "SELECT 1 FROM pg_tables o WHERE o.tablename = t.name AND o.tableowner = r.rolname)",
        [[*histories, "records_ledgerentry", "records_ledgerlink"], app_role()],
    )
    return [f"The app may do more with {table} than read and add to it." for table, too_much in rows if too_much]
