from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from records.data_migration import record_history


def note(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """No terms had a cycle, and none noted what they change."""
    record_history(
        schema_editor, apps.get_model("agreements", "Terms"), reason="Migration: terms have an assurance cycle"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0020_evidence_of_provisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalterms",
            name="cycle_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="months from one assurance to the next"
            ),
        ),
        migrations.AddField(
            model_name="historicalterms",
            name="material_changes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="historicalterms",
            name="weakened",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3), editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="cycle_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="months from one assurance to the next"
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="material_changes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="weakened",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3), default=list, editable=False, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cycle_months", None),
                    models.Q(("cycle_months__gte", 1), ("cycle_months__lte", 120)),
                    _connector="OR",
                ),
                name="terms_cycle_is_months",
                violation_error_message="Give between 1 and 120 months",
            ),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
