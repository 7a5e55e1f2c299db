"""The ledger: its tables, the functions that all guards share, and what the app's role may do by default."""

from pathlib import Path

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from records.roles import default_grants, role_to_grant

SQL = Path(__file__).resolve().parent.parent / "sql" / "ledger.sql"
UNDO = """
DROP TRIGGER IF EXISTS ledger_seal ON records_ledgerentry;
DROP FUNCTION IF EXISTS records_ledger_seal(), records_ledger_write(), records_history_dated(),
  records_link_head(bytea, bigint, timestamptz, integer, bytea);
DROP FUNCTION IF EXISTS records_refuse_change() CASCADE;
"""


def grant(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the app use every table, present and coming, and only read the ledger."""
    role = role_to_grant(schema_editor.connection)
    for statement in default_grants(role) if role else []:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("txn", models.BigIntegerField()),
                ("relation", models.TextField()),
                ("history_id", models.BigIntegerField()),
                ("payload", models.TextField(null=True)),
                ("sha256", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["txn", "id"], name="ledger_entry_txn")]},
        ),
        migrations.CreateModel(
            name="LedgerLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("txn", models.BigIntegerField()),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("entries", models.IntegerField()),
                ("digest", models.BinaryField()),
                ("prev", models.BinaryField(unique=True)),
                ("head", models.BinaryField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerRename",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.TextField(unique=True)),
                ("new", models.TextField()),
            ],
        ),
        migrations.RunSQL(SQL.read_text(), UNDO),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
