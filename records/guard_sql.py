"""The SQL that guards one tracked model, from one function, so that installing it and checking it cannot differ."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

LONGEST_NAME = 63  # what Postgres keeps of an identifier


@dataclass(frozen=True)
class Guarded:
    """A tracked table and its history, as the guard needs to know them."""

    table: str
    history: str
    key: str
    untracked: tuple[str, ...]

    @property
    def function(self) -> str:
        """The name of the table's own guard function."""
        return f"{self.table}_guard"


@dataclass(frozen=True)
class Trigger:
    """One trigger as it must stand; ``event`` is everything between the name and the table."""

    name: str
    table: str
    event: str
    function: str
    each: str = "ROW"
    deferred: bool = False


def guarded(model: type[models.Model], history_model: type[models.Model]) -> Guarded:
    """What to guard, from a model and its history model: today's, or a migration's."""
    kept = {field.column for field in history_model._meta.fields}
    found = Guarded(
        table=model._meta.db_table,
        history=history_model._meta.db_table,
        key=str(model._meta.pk.column),
        untracked=tuple(str(field.column) for field in model._meta.fields if field.column not in kept),
    )
    if len(found.function) > LONGEST_NAME or len(found.history) + 5 > LONGEST_NAME:
        raise ValueError(f"{found.table}: give the model a shorter db_table, so that its guard can have a name.")
    return found


def of_model(model: type[models.Model]) -> Guarded:
    """What to guard of a tracked model of today."""
    return guarded(model, history_model(model))


@cache
def history_model(model: type[models.Model]) -> Any:
    """The model of the history table; asking simple-history for it builds a manager class each time (0.7 ms)."""
    return model.history.model  # type: ignore[attr-defined]


def function_body(found: Guarded) -> str:
    """The guard: what the row now says must be what its newest history row says."""
    minus = f" - '{{{','.join(found.untracked)}}}'::text[]" if found.untracked else ""
    return f"""
DECLARE
  k {found.table}.{found.key}%TYPE;
  h jsonb;
  r jsonb;
BEGIN
  IF tg_op = 'DELETE' THEN k := old.{found.key}; ELSE k := new.{found.key}; END IF;
  SELECT to_jsonb(x) INTO h FROM (
    SELECT * FROM {found.history} WHERE {found.key} = k ORDER BY history_id DESC LIMIT 1
  ) x;
  SELECT to_jsonb(x){minus} INTO r FROM {found.table} x WHERE {found.key} = k;
  IF h IS NULL OR (r IS NULL) <> (h ->> 'history_type' = '-') OR (r IS NOT NULL AND (h || r) <> h)
     OR (tg_op = 'UPDATE' AND old.{found.key} IS DISTINCT FROM new.{found.key}) THEN
    RAISE EXCEPTION '% %: what stands there is not what its newest history row says.', '{found.table}', k
      USING ERRCODE = 'integrity_constraint_violation', TABLE = '{found.table}', CONSTRAINT = 'history_guard',
        HINT = 'Save inside transaction.atomic() through an action; update(), bulk and raw writes leave no history.';
  END IF;
  IF tg_table_name = '{found.history}' AND h ->> 'backfill_id' IS NOT NULL THEN
    IF EXISTS (
      SELECT 1 FROM {found.history}
      WHERE {found.key} = k AND history_date > new.history_date AND history_id < new.history_id
    ) THEN
      RAISE EXCEPTION '% %: a backfill cannot date a change before one that is already recorded.', '{found.table}', k
        USING ERRCODE = 'integrity_constraint_violation', TABLE = '{found.history}', CONSTRAINT = 'history_order';
    END IF;
  END IF;
  RETURN NULL;
END """  # noqa: S608 - the names come from models, never from people


def triggers(found: Guarded) -> list[Trigger]:
    """Every trigger that must stand on the two tables."""
    refuse, own = "records_refuse_change", found.function
    return [
        Trigger("history_guard", found.table, "AFTER INSERT OR UPDATE OR DELETE", own, deferred=True),
        Trigger("never_empty", found.table, "BEFORE TRUNCATE", refuse, each="STATEMENT"),
        Trigger("history_guard", found.history, "AFTER INSERT", own, deferred=True),
        Trigger("ledger_write", found.history, "AFTER INSERT", "records_ledger_write", deferred=True),
        Trigger("history_dated", found.history, "BEFORE INSERT", "records_history_dated"),
        Trigger("append_only", found.history, "BEFORE UPDATE OR DELETE", refuse),
        Trigger("never_empty", found.history, "BEFORE TRUNCATE", refuse, each="STATEMENT"),
    ]


def indexes(found: Guarded) -> dict[str, str]:
    """The indexes on the history table, by name: newest row of an object, and newest up to a date."""
    return {
        f"{found.history}_last": f"({found.key}, history_id DESC)",
        f"{found.history}_when": f"({found.key}, history_date DESC, history_id DESC)",
    }


def install(found: Guarded) -> list[str]:
    """Statements that guard the table, or guard it again."""
    function = (
        f"CREATE OR REPLACE FUNCTION {found.function}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, public, pg_temp AS $guard${function_body(found)}$guard$"
    )
    made = [function]
    for trigger in triggers(found):
        made.append(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
        made.append(_create(trigger))
    made += [f"CREATE INDEX IF NOT EXISTS {name} ON {found.history} {on}" for name, on in indexes(found).items()]
    return made


def _create(trigger: Trigger) -> str:
    kind, when = ("CONSTRAINT TRIGGER", " DEFERRABLE INITIALLY DEFERRED") if trigger.deferred else ("TRIGGER", "")
    return (
        f"CREATE {kind} {trigger.name} {trigger.event} ON {trigger.table}{when} "
        f"FOR EACH {trigger.each} EXECUTE FUNCTION {trigger.function}()"
    )


def remove(found: Guarded) -> list[str]:
    """Statements that take the guard away again: for a migration that goes backwards."""
    dropped = [f"DROP TRIGGER IF EXISTS {each.name} ON {each.table}" for each in triggers(found)]
    dropped += [f"DROP INDEX IF EXISTS {name}" for name in indexes(found)]
    return [*dropped, f"DROP FUNCTION IF EXISTS {found.function}()"]


def grants(found: Guarded, role: str) -> list[str]:
    """What the app may do: anything to the tracked table but empty it, and only read and add to its history."""
    return [
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON {found.table} TO "{role}"',
        f'REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {found.history} FROM "{role}"',
        f'GRANT SELECT, INSERT ON {found.history} TO "{role}"',
    ]


def tracked_models(apps: Any) -> list[type[models.Model]]:
    """Every model with history in an app registry."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]
