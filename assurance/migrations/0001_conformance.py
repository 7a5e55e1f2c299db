import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from records.guards import GuardHistory

# A run goes with the agreement that it is about: an import that is undone takes out both.
STAND = """
CREATE FUNCTION assurance_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
BEGIN
  IF tg_op = 'DELETE' AND tg_table_name = 'assurance_conformancerun' THEN
    IF NOT EXISTS (SELECT 1 FROM agreements_agreement WHERE id = old.agreement_id) THEN RETURN old; END IF;
  END IF;
  RAISE EXCEPTION '% is a row of record: it is never changed or removed.', tg_table_name
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'row_of_record_stands';
END $stand$;
"""
TRIGGER = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_{table}
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
"""
OF_RECORD = ("conformancerun", "attestation", "planmove")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("records", "0004_sent_forms"),
        ("agreements", "0022_pauses"),
        ("people", "0009_pause_power"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.CharField(blank=True, max_length=200, verbose_name="Order in Council")),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="day of the Order")),
                (
                    "public_services",
                    models.TextField(blank=True, max_length=2000, verbose_name="public services it facilitates"),
                ),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="internet address of a copy")),
                (
                    "information",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="description of the personal information"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="working days of notice before an adverse action"
                    ),
                ),
                (
                    "notice_ground",
                    models.CharField(blank=True, max_length=500, verbose_name="ground on which notice is shortened"),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approval", to="agreements.agreement"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="lead agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConformanceRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("change", "The agreement was changed"),
                            ("time", "Time went by"),
                            ("standard", "Another edition of a standard"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField(verbose_name="as at")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "editions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), help_text="Standard and edition of each.", size=None
                    ),
                ),
                ("facts", models.JSONField()),
                ("results", models.JSONField()),
                ("met", models.PositiveSmallIntegerField()),
                ("not_met", models.PositiveSmallIntegerField()),
                ("unknown", models.PositiveSmallIntegerField()),
                ("not_applicable", models.PositiveSmallIntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conformance_runs",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.terms"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agreement", "-id"], name="conformance_run_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["change", "time", "standard"])),
                        name="conformance_run_cause_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConformanceEntry",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="conformance",
                        serialize=False,
                        to="agreements.agreement",
                    ),
                ),
                (
                    "not_met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "unknown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("critical", models.BooleanField(default=False)),
                (
                    "cohort",
                    models.CharField(
                        help_text="new, interim, existing or unknown, by the day of signing", max_length=8
                    ),
                ),
                ("in_scope", models.CharField(help_text="of the Standard: yes, no or unknown", max_length=7)),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assurance.conformancerun"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["not_met"], name="conformance_entry_not_met"),
                    django.contrib.postgres.indexes.GinIndex(fields=["unknown"], name="conformance_entry_unknown"),
                ],
                "verbose_name_plural": "conformance entries",
            },
        ),
        migrations.CreateModel(
            name="HistoricalAcceptedException",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("requirement", models.CharField(max_length=40, null=True)),
                ("gate", models.CharField(max_length=12, null=True, verbose_name="which step it opens")),
                ("why", models.TextField(max_length=2000, null=True, verbose_name="why is this acceptable?")),
                ("from_on", models.DateField(null=True, verbose_name="from")),
                ("ends_on", models.DateField(null=True, verbose_name="until")),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_why",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="why it is withdrawn"),
                ),
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical exception",
                "verbose_name_plural": "historical exceptions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAmendment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "order",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="further Order in Council"),
                ),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="day of the Order")),
                (
                    "exception",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None: it needs an Order"),
                            ("fees", "Only fees change"),
                            ("names", "Only a party's name or description changes"),
                            ("class", "A party of the class is added or removed"),
                            ("no_effect", "No effect on privacy, after consulting the Commissioner"),
                        ],
                        max_length=9,
                        null=True,
                        verbose_name="listed exception",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="consultation and notices"),
                ),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                (
                    "terms",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical amendment",
                "verbose_name_plural": "historical amendments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalApproval",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("order", models.CharField(blank=True, max_length=200, null=True, verbose_name="Order in Council")),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="day of the Order")),
                (
                    "public_services",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="public services it facilitates"
                    ),
                ),
                (
                    "address",
                    models.URLField(blank=True, max_length=500, null=True, verbose_name="internet address of a copy"),
                ),
                (
                    "information",
                    models.TextField(
                        blank=True, max_length=4000, null=True, verbose_name="description of the personal information"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="working days of notice before an adverse action"
                    ),
                ),
                (
                    "notice_ground",
                    models.CharField(
                        blank=True, max_length=500, null=True, verbose_name="ground on which notice is shortened"
                    ),
                ),
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
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="lead agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical approval",
                "verbose_name_plural": "historical approvals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAttestation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("evidence_page", models.CharField(blank=True, max_length=40, null=True, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("requirement", models.CharField(max_length=40, null=True)),
                ("edition", models.CharField(max_length=80, null=True, verbose_name="standard and edition")),
                (
                    "value",
                    models.CharField(
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_applicable", "Not applicable")],
                        max_length=14,
                        null=True,
                        verbose_name="your answer",
                    ),
                ),
                ("why", models.TextField(max_length=2000, null=True, verbose_name="why do you say so?")),
                ("on", models.DateField(null=True, verbose_name="as at")),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
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
                "verbose_name": "historical attestation",
                "verbose_name_plural": "historical attestations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalConformanceRun",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("change", "The agreement was changed"),
                            ("time", "Time went by"),
                            ("standard", "Another edition of a standard"),
                        ],
                        max_length=8,
                        null=True,
                    ),
                ),
                ("on", models.DateField(null=True, verbose_name="as at")),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                (
                    "editions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        help_text="Standard and edition of each.",
                        null=True,
                        size=None,
                    ),
                ),
                ("facts", models.JSONField(null=True)),
                ("results", models.JSONField(null=True)),
                ("met", models.PositiveSmallIntegerField(null=True)),
                ("not_met", models.PositiveSmallIntegerField(null=True)),
                ("unknown", models.PositiveSmallIntegerField(null=True)),
                ("not_applicable", models.PositiveSmallIntegerField(null=True)),
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
                    "terms",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical conformance run",
                "verbose_name_plural": "historical conformance runs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlanItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("cohort", models.CharField(max_length=8, null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")], max_length=6, null=True
                    ),
                ),
                ("reasons", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("not_started", "Not started"), ("in_progress", "In progress"), ("done", "Done")],
                        max_length=11,
                        null=True,
                    ),
                ),
                ("action", models.CharField(blank=True, max_length=500, null=True, verbose_name="what has to be done")),
                ("target", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                ("done_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer asked since")),
                ("made_on", models.DateField(null=True)),
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
                    "done_by",
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
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical plan item",
                "verbose_name_plural": "historical plan items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cohort", models.CharField(max_length=8)),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "tier",
                    models.CharField(choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")], max_length=6),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("not_started", "Not started"), ("in_progress", "In progress"), ("done", "Done")],
                        default="not_started",
                        max_length=11,
                    ),
                ),
                ("action", models.CharField(blank=True, max_length=500, verbose_name="what has to be done")),
                ("target", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                ("done_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer asked since")),
                ("made_on", models.DateField()),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_item", to="agreements.agreement"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_items",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-score", "id"], name="plan_item_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["high", "medium", "low"])), name="plan_item_tier_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not_started", "in_progress", "done"])),
                        name="plan_item_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cohort__in", ["existing", "interim", "unknown"])),
                        name="plan_item_cohort_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_item_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="plan_item_done_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlanMove",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("said", models.CharField(max_length=300, null=True, verbose_name="what changed")),
                ("why", models.TextField(max_length=1000, null=True)),
                ("at", models.DateTimeField(null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.planitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical plan move",
                "verbose_name_plural": "historical plan moves",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.CharField(max_length=300, verbose_name="what changed")),
                ("why", models.TextField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="assurance.planitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="plan_move_says_why")
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptedException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=40)),
                ("gate", models.CharField(max_length=12, verbose_name="which step it opens")),
                ("why", models.TextField(max_length=2000, verbose_name="why is this acceptable?")),
                ("from_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=1000, verbose_name="why it is withdrawn")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "exception",
                "indexes": [models.Index(fields=["agreement", "ends_on"], name="exception_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("from_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="exception_in_order",
                        violation_error_message="An exception cannot end before it begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("requirement", ""), _negated=True)
                        ),
                        name="exception_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_by__isnull", True), ("withdrawn_on__isnull", True)),
                            models.Q(("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="exception_withdrawn_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(("withdrawn_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exception_withdrawn_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.CharField(blank=True, max_length=200, verbose_name="further Order in Council")),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="day of the Order")),
                (
                    "exception",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None: it needs an Order"),
                            ("fees", "Only fees change"),
                            ("names", "Only a party's name or description changes"),
                            ("class", "A party of the class is added or removed"),
                            ("no_effect", "No effect on privacy, after consulting the Commissioner"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="listed exception",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="consultation and notices")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "terms",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendment", to="agreements.terms"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("exception__in", ["", "fees", "names", "class", "no_effect"])),
                        name="amendment_exception_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order", ""), _negated=True),
                            models.Q(("exception", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="amendment_by_order_or_exception",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("requirement", models.CharField(max_length=40)),
                ("edition", models.CharField(max_length=80, verbose_name="standard and edition")),
                (
                    "value",
                    models.CharField(
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_applicable", "Not applicable")],
                        max_length=14,
                        verbose_name="your answer",
                    ),
                ),
                ("why", models.TextField(max_length=2000, verbose_name="why do you say so?")),
                ("on", models.DateField(verbose_name="as at")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            ],
            options={
                "indexes": [models.Index(fields=["agreement", "requirement", "-id"], name="attestation_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["met", "not_met", "not_applicable"])),
                        name="attestation_value_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("requirement", ""), _negated=True)
                        ),
                        name="attestation_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement__isnull", False), ("value", "met"), _negated=True),
                            ("evidence__isnull", False),
                            _connector="OR",
                        ),
                        name="attestation_met_shows_evidence",
                        violation_error_message="Choose the document that shows it: without evidence it is not met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False),
                            models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                            _connector="OR",
                        ),
                        name="attestation_evidence_names_a_document",
                        violation_error_message="A page or a date needs the document it is of: choose the document too",
                    ),
                ],
            },
        ),
        GuardHistory("ConformanceRun"),
        GuardHistory("Attestation"),
        GuardHistory("AcceptedException"),
        GuardHistory("PlanItem"),
        GuardHistory("PlanMove"),
        GuardHistory("Approval"),
        GuardHistory("Amendment"),
        migrations.RunSQL(STAND, "DROP FUNCTION assurance_stands();"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER row_of_record_stands ON assurance_{table};")
            for table in OF_RECORD
        ),
    ]
