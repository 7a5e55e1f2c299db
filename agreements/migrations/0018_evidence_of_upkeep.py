from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from records.data_migration import record_history

WHY = "Migration 0018: oversight, reviews and uses of provisions can point to a document"
NAMES = ("Oversight", "Review", "Exercise")
# What was written in words keeps its column, so that the history of it stays readable as it is.
IN_WORDS = {"verbose_name": "evidence in words", "max_length": 300, "blank": True, "db_column": "evidence"}


def note(apps: Any, schema_editor: Any) -> None:
    """The new columns are empty; the history of each row says so too."""
    for name in NAMES:
        record_history(schema_editor, apps.get_model("agreements", name), reason=WHY)


def _in_words(name: str) -> list[Any]:
    return [
        migrations.AlterField(name, "evidence", models.CharField(**IN_WORDS)),
        migrations.AlterField(f"historical{name}", "evidence", models.CharField(**IN_WORDS, null=True)),
        migrations.RenameField(name, "evidence", "evidence_note"),
        migrations.RenameField(f"historical{name}", "evidence", "evidence_note"),
    ]


def _evidence(name: str) -> list[Any]:
    document = {"null": True, "blank": True, "related_name": "+", "to": "agreements.document"}
    document |= {"verbose_name": "document that shows it"}
    day = {"verbose_name": "date of the document", "null": True, "blank": True}
    page = {"verbose_name": "page", "max_length": 40, "blank": True}
    kept = {"db_constraint": False, "on_delete": django.db.models.deletion.DO_NOTHING}
    return [
        migrations.AddField(
            name, "evidence", models.ForeignKey(**document, on_delete=django.db.models.deletion.PROTECT)
        ),
        migrations.AddField(name, "evidence_page", models.CharField(**page)),
        migrations.AddField(name, "evidence_on", models.DateField(**day)),
        migrations.AddField(f"historical{name}", "evidence", models.ForeignKey(**document, **kept)),
        migrations.AddField(f"historical{name}", "evidence_page", models.CharField(**page, null=True)),
        migrations.AddField(f"historical{name}", "evidence_on", models.DateField(**day)),
        migrations.AddConstraint(
            name,
            models.CheckConstraint(
                condition=models.Q(
                    ("evidence__isnull", False),
                    models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                    _connector="OR",
                ),
                name=f"{name}_evidence_names_a_document",
                violation_error_message="A page or a date needs the document it is of: choose the document too",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("agreements", "0017_terms_stand_once_approved")]

    operations = [
        *_in_words("oversight"),
        *_in_words("exercise"),
        *(operation for name in ("oversight", "review", "exercise") for operation in _evidence(name)),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
