import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from records.guards import GuardHistory

# A sample stands as it was drawn; a working paper is written once.
TRIGGERS = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_auditsample
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_sampledagreement
  FOR EACH ROW EXECUTE FUNCTION assurance_moves(
    'result,note,evidence_id,evidence_page,evidence_on,evidence_note,finding_id,checked_by_id,checked_on',
    'checked_on');
"""
DROP = """
DROP TRIGGER row_of_record_stands ON assurance_auditsample;
DROP TRIGGER row_of_record_stands ON assurance_sampledagreement;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0022_pauses"),
        ("assurance", "0012_provider_requests"),
        ("people", "0015_assurance_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="what is looked at?")),
                (
                    "population",
                    models.CharField(
                        choices=[
                            ("scheduled", "Agreements whose assurance comes round"),
                            ("never", "Those of them that were never looked at"),
                            ("all", "Every agreement in use"),
                        ],
                        max_length=9,
                        verbose_name="drawn from",
                    ),
                ),
                ("frame", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("seed", models.CharField(max_length=32)),
                ("size", models.PositiveSmallIntegerField(verbose_name="how many")),
                ("at", models.DateTimeField(verbose_name="drawn at")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audit_samples", to="people.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("population__in", ["scheduled", "never", "all"])),
                        name="audit_sample_population_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("seed", ""), _negated=True),
                            ("size__gt", 0),
                        ),
                        name="audit_sample_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAuditSample",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("title", models.CharField(max_length=200, null=True, verbose_name="what is looked at?")),
                (
                    "population",
                    models.CharField(
                        choices=[
                            ("scheduled", "Agreements whose assurance comes round"),
                            ("never", "Those of them that were never looked at"),
                            ("all", "Every agreement in use"),
                        ],
                        max_length=9,
                        null=True,
                        verbose_name="drawn from",
                    ),
                ),
                (
                    "frame",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                ("seed", models.CharField(max_length=32, null=True)),
                ("size", models.PositiveSmallIntegerField(null=True, verbose_name="how many")),
                ("at", models.DateTimeField(null=True, verbose_name="drawn at")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical audit sample",
                "verbose_name_plural": "historical audit samples",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSampledAgreement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("evidence_page", models.CharField(blank=True, max_length=40, null=True, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "Not looked at yet"),
                            ("sound", "As it should be"),
                            ("gap", "Not as it should be"),
                        ],
                        max_length=5,
                        null=True,
                        verbose_name="is it as it should be?",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=5000, null=True, verbose_name="what was looked at, and what was seen?"
                    ),
                ),
                (
                    "evidence_note",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="evidence in words"),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="looked at on")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.document",
                        verbose_name="document that shows it",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.finding",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.auditsample",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical working paper",
                "verbose_name_plural": "historical working papers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SampledAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "Not looked at yet"),
                            ("sound", "As it should be"),
                            ("gap", "Not as it should be"),
                        ],
                        default="open",
                        max_length=5,
                        verbose_name="is it as it should be?",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="what was looked at, and what was seen?"
                    ),
                ),
                ("evidence_note", models.CharField(blank=True, max_length=300, verbose_name="evidence in words")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="looked at on")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.agreement"
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.document",
                        verbose_name="document that shows it",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assurance.finding",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="assurance.auditsample"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "agreement"), name="sampled_agreement_once"),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["open", "sound", "gap"])),
                        name="sampled_agreement_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False),
                            models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                            _connector="OR",
                        ),
                        name="sampled_agreement_evidence_names_a_document",
                        violation_error_message="A page or a date needs the document it is of: choose the document too",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_by__isnull", True), ("checked_on__isnull", True)),
                            models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="sampled_agreement_checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_on", None), ("result", "open")),
                            models.Q(
                                models.Q(("result", "open"), _negated=True),
                                ("checked_on__isnull", False),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sampled_agreement_says_what_was_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "gap"), _negated=True), ("finding__isnull", False), _connector="OR"
                        ),
                        name="sampled_agreement_gap_is_a_finding",
                    ),
                ],
                "verbose_name": "working paper",
            },
        ),
        GuardHistory("AuditSample"),
        GuardHistory("SampledAgreement"),
        migrations.RunSQL(TRIGGERS, DROP),
    ]
