"""History for data migrations, whose models write none of their own.

def fill(apps, schema_editor):
    Agreement = apps.get_model("agreements", "Agreement")
    Agreement.objects.filter(kind="").update(kind="deed")
    record_history(schema_editor, Agreement, reason="Migration 0007: every arrangement has a kind")
"""

from uuid import uuid4

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from records.guard_sql import Guarded, guarded

EXTRA = "history_date, history_type, history_change_reason, acting_agency, request_id"


def record_history(schema_editor: BaseDatabaseSchemaEditor, model: type[models.Model], *, reason: str) -> int:
    """Write a history row for each row of ``model`` that no longer is what its newest history row says.

    Deleted rows get one too. Judges and seals everything at once, so that the table may be altered afterwards in the
    same migration. Returns how many rows it wrote.
    """
    history_model = model._meta.apps.get_model(model._meta.app_label, f"Historical{model.__name__}")
    found = guarded(model, history_model)
    kept = {field.column for field in history_model._meta.fields}
    columns = [f'"{field.column}"' for field in model._meta.fields if field.column in kept]
    params = [reason, str(uuid4())]
    written = 0
    with schema_editor.connection.cursor() as cursor:
        for statement in (_changed(found, columns), _deleted(found, columns)):
            cursor.execute(statement, params)
            written += cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return written


def _changed(found: Guarded, columns: list[str]) -> str:
    minus = f" - '{{{','.join(found.untracked)}}}'::text[]" if found.untracked else ""
    return f"""
INSERT INTO {found.history} ({", ".join(columns)}, {EXTRA})
SELECT {", ".join(f"t.{column}" for column in columns)}, clock_timestamp(),
  CASE WHEN coalesce(h ->> 'history_type', '-') = '-' THEN '+' ELSE '~' END, %s, '', %s::uuid
FROM {found.table} t LEFT JOIN LATERAL (
  SELECT to_jsonb(x) AS h FROM (
    SELECT * FROM {found.history} WHERE {found.key} = t.{found.key} ORDER BY history_id DESC LIMIT 1
  ) x
) newest ON true
WHERE h IS NULL OR h ->> 'history_type' = '-' OR (h || (to_jsonb(t){minus})) <> h
"""  # noqa: S608 - the names come from models, never from people


def _deleted(found: Guarded, columns: list[str]) -> str:
    return f"""
INSERT INTO {found.history} ({", ".join(columns)}, {EXTRA})
SELECT {", ".join(f"h.{column}" for column in columns)}, clock_timestamp(), '-', %s, '', %s::uuid
FROM (SELECT DISTINCT ON ({found.key}) * FROM {found.history} ORDER BY {found.key}, history_id DESC) h
WHERE h.history_type <> '-' AND NOT EXISTS (SELECT 1 FROM {found.table} t WHERE t.{found.key} = h.{found.key})
"""  # noqa: S608 - the names come from models, never from people
