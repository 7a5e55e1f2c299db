"""Guards on the records app's own tables, and the owner's way to dispose of content."""

from pathlib import Path

from django.db import migrations

from records.guards import GuardHistory

SQL = Path(__file__).resolve().parent.parent / "sql" / "dispose.sql"


class Migration(migrations.Migration):
    dependencies = [("records", "0002_files_and_disposal")]

    operations = [
        GuardHistory("Backfill"),
        GuardHistory("Disposal"),
        GuardHistory("HeadSent"),
        GuardHistory("IssuedFile"),
        GuardHistory("StoredFile"),
        migrations.RunSQL(SQL.read_text(), "DROP FUNCTION IF EXISTS records_dispose(bigint)"),
    ]
