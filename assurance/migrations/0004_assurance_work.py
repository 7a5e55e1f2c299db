import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import conflicts.models.declaration
from records.guards import GuardHistory

# What is over stands; before, only the named columns move. An activity goes with its agreement: an import undone.
MOVES = """
CREATE FUNCTION assurance_moves() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $moves$
DECLARE
  moves text[] := string_to_array(tg_argv[0], ',');
  ends text[] := string_to_array(tg_argv[1], ',');
  before jsonb := to_jsonb(old);
BEGIN
  IF tg_op = 'DELETE' AND tg_table_name = 'assurance_activity' THEN
    IF NOT EXISTS (SELECT 1 FROM agreements_agreement WHERE id = (before->>'agreement_id')::bigint) THEN
      RETURN old;
    END IF;
  END IF;
  IF tg_op = 'UPDATE' AND NOT EXISTS (SELECT 1 FROM unnest(ends) AS one WHERE before->>one IS NOT NULL) THEN
    IF to_jsonb(new) - moves = before - moves THEN RETURN new; END IF;
  END IF;
  RAISE EXCEPTION '% is a row of record: what it says, and what is over, is never changed.', tg_table_name
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'row_of_record_stands';
END $moves$;
"""
MOVING = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_{table}
  FOR EACH ROW EXECUTE FUNCTION assurance_moves('{moves}', '{ends}');
"""
DONE = ("done_on", "done_by_id")
VERIFIED = ("verified_on", "verified_by_id", "verified_note")
EVIDENCE = ("evidence_id", "evidence_page", "evidence_on", "evidence_note")
CANCELLED = ("cancelled_on", "cancelled_by_id", "cancelled_why")
MOVES_OF = {
    "activity": (
        ("due_on", "responsible_id", "asked", "months", *DONE, "done_at", "outcome", "summary", *CANCELLED),
        ("done_on", "cancelled_on"),
    ),
    "finding": (("closed_on", "closed_by_id", "closed_at", "closed_why"), ("closed_on",)),
    "action": (
        ("owner_id", "due_on", "state", *DONE, "done_note", *EVIDENCE, *VERIFIED, "dropped_on"),
        ("verified_on", "dropped_on"),
    ),
    "riskacceptance": (("withdrawn_on", "withdrawn_by_id", "withdrawn_why"), ("withdrawn_on",)),
}
# Nobody verifies their own action, whatever wrote the row and whoever recorded that it was done.
NOT_THEIR_OWN = """
CREATE FUNCTION assurance_not_their_own() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $own$
BEGIN
  IF EXISTS (SELECT 1 FROM people_user WHERE id = new.verified_by_id AND person_id = new.owner_id) THEN
    RAISE EXCEPTION 'Nobody verifies their own action.'
      USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'action_not_their_own';
  END IF;
  RETURN new;
END $own$;
CREATE TRIGGER action_not_their_own BEFORE INSERT OR UPDATE ON assurance_action
  FOR EACH ROW EXECUTE FUNCTION assurance_not_their_own();
"""
UNDO = """
DROP TRIGGER action_not_their_own ON assurance_action;
DROP FUNCTION assurance_not_their_own();
"""
TRIGGER = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_{table}
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
"""
DROP = "DROP TRIGGER row_of_record_stands ON assurance_{table};"
OF_RECORD = ("cycle", "activitystep", "activityevidence", "findingstep")
MODELS = (
    "Activity", "ActivityStep", "ActivityEvidence", "Cycle", "Finding", "FindingStep", "Action", "RiskAcceptance",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0022_pauses"),
        ("assurance", "0003_plan_standing"),
        ("people", "0011_told_of_declarations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=conflicts.models.declaration.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "Confirmation of compliance"),
                            ("report", "Third-party report"),
                            ("access_log", "Access-log review"),
                            ("audit", "Audit"),
                            ("investigation", "Investigation"),
                            ("site_visit", "Site visit"),
                            ("certificate", "Certificate of destruction"),
                        ],
                        max_length=16,
                        verbose_name="what is to be done?",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("asked", models.TextField(blank=True, max_length=2000, verbose_name="what is looked at")),
                ("scheduled", models.BooleanField(default=False, verbose_name="made from a cycle")),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months of the cycle")),
                ("planned_at", models.DateTimeField()),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="recorded at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfactory", "Satisfactory"),
                            ("partly", "Satisfactory in part"),
                            ("unsatisfactory", "Not satisfactory"),
                        ],
                        max_length=14,
                        verbose_name="what came of it?",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="what was looked at, and what was seen?"
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("cancelled_why", models.CharField(blank=True, max_length=1000, verbose_name="why it is not done")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="people.person",
                        verbose_name="who does it",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_on", None), ("done_on", None)),
                        fields=["due_on", "id"],
                        name="activity_open",
                    ),
                    models.Index(fields=["agreement", "kind", "-done_on"], name="activity_last"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "confirmation",
                                    "report",
                                    "access_log",
                                    "audit",
                                    "investigation",
                                    "site_visit",
                                    "certificate",
                                ],
                            )
                        ),
                        name="activity_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "satisfactory", "partly", "unsatisfactory"])),
                        name="activity_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_on__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_done_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_by__isnull", True), ("cancelled_on__isnull", True)),
                            models.Q(("cancelled_by__isnull", False), ("cancelled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_cancelled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("outcome", ""), ("summary", "")),
                            models.Q(
                                ("cancelled_on", None),
                                ("done_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("summary", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="activity_done_says_what_came_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_on", None), ("cancelled_why", "")),
                            models.Q(("cancelled_on__isnull", False), models.Q(("cancelled_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="activity_cancelled_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on", None), ("done_on", None), ("scheduled", True)),
                        fields=("agreement", "kind"),
                        name="activity_one_scheduled_of_a_kind",
                    ),
                ],
                "verbose_name": "assurance activity",
                "verbose_name_plural": "assurance activities",
            },
        ),
        migrations.CreateModel(
            name="ActivityEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("evidence_note", models.CharField(blank=True, max_length=300, verbose_name="evidence in words")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shown_by", to="assurance.activity"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False),
                            models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                            _connector="OR",
                        ),
                        name="activity_evidence_names_a_document",
                        violation_error_message="A page or a date needs the document it is of: choose the document too",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False), models.Q(("evidence_note", ""), _negated=True), _connector="OR"
                        ),
                        name="activity_evidence_shows_something",
                    ),
                ],
                "verbose_name": "evidence of an activity",
            },
        ),
        migrations.CreateModel(
            name="ActivityStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.CharField(max_length=300, verbose_name="what changed")),
                ("why", models.CharField(max_length=1000)),
                ("due_before", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="assurance.activity"
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
                        condition=models.Q(("why", ""), _negated=True), name="activity_step_says_why"
                    )
                ],
                "verbose_name": "step of an activity",
            },
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "Confirmation of compliance"),
                            ("report", "Third-party report"),
                            ("access_log", "Access-log review"),
                            ("audit", "Audit"),
                            ("investigation", "Investigation"),
                            ("site_visit", "Site visit"),
                            ("certificate", "Certificate of destruction"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("critical", "Critical"),
                            ("unknown", "Not rated yet"),
                        ],
                        max_length=8,
                        verbose_name="risk that remains",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("why", models.CharField(max_length=1000, verbose_name="why?")),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="people.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="agreements.agreement",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("agreement", None)), fields=["agency", "-id"], name="cycle_of_an_agency"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "confirmation",
                                    "report",
                                    "access_log",
                                    "audit",
                                    "investigation",
                                    "site_visit",
                                    "certificate",
                                ],
                            )
                        ),
                        name="cycle_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["", "low", "medium", "high", "critical", "unknown"])),
                        name="cycle_risk_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="cycle_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(("months", None), ("months__lte", 120), _connector="OR"),
                        name="cycle_not_for_ever",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement", None), models.Q(("risk", ""), _negated=True)),
                            models.Q(("agreement__isnull", False), ("risk", "")),
                            _connector="OR",
                        ),
                        name="cycle_of_a_risk_or_an_agreement",
                    ),
                ],
                "verbose_name": "cycle of assurance",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=conflicts.models.declaration.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("requirement", models.CharField(blank=True, max_length=40, verbose_name="requirement it is about")),
                (
                    "severity",
                    models.CharField(
                        choices=[("critical", "Critical"), ("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=8,
                        verbose_name="how bad is it?",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="in one line")),
                ("detail", models.TextField(max_length=5000, verbose_name="what was found")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("activity", "An assurance activity"),
                            ("provider", "Something a provider told us"),
                            ("late", "Something that was not done in time"),
                            ("sample", "An audit sample"),
                            ("concern", "A concern or complaint"),
                            ("breach", "A privacy breach"),
                            ("person", "Somebody noticed it"),
                        ],
                        max_length=8,
                        verbose_name="how it came to light",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="found on")),
                ("opened_at", models.DateTimeField(verbose_name="recorded at")),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_why", models.CharField(blank=True, max_length=1000, verbose_name="why it is closed")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="assurance.activity",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="people.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("closed_on", None)), fields=["agency", "-id"], name="finding_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["critical", "high", "medium", "low"])),
                        name="finding_severity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["activity", "provider", "late", "sample", "concern", "breach", "person"])
                        ),
                        name="finding_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("detail", ""), _negated=True)
                        ),
                        name="finding_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_by__isnull", True), ("closed_on__isnull", True)),
                            models.Q(("closed_by__isnull", False), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_closed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_on__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_closed_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("closed_why", "")),
                            models.Q(("closed_on__isnull", False), models.Q(("closed_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="finding_closed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "code",
                    models.CharField(
                        default=conflicts.models.declaration.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="what has to be done?")),
                ("due_on", models.DateField(verbose_name="by when?")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be done"),
                            ("done", "Done, to be verified"),
                            ("verified", "Verified"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("done_note", models.TextField(blank=True, max_length=2000, verbose_name="what was done?")),
                ("evidence_note", models.CharField(blank=True, max_length=300, verbose_name="evidence in words")),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("verified_note", models.CharField(blank=True, max_length=1000, verbose_name="how it was verified")),
                ("dropped_on", models.DateField(blank=True, null=True)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="people.person",
                        verbose_name="who does it",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="assurance.finding"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["due_on", "id"], name="action_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "verified", "dropped"])),
                        name="action_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False),
                            models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                            _connector="OR",
                        ),
                        name="action_evidence_names_a_document",
                        violation_error_message="A page or a date needs the document it is of: choose the document too",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_by__isnull", True), ("verified_on__isnull", True)),
                            models.Q(("verified_by__isnull", False), ("verified_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_verified_by_somebody",
                    ),
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="action_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "dropped"),
                            models.Q(("done_on", None), ("state", "open")),
                            models.Q(
                                ("done_on__isnull", False),
                                ("state__in", ["done", "verified"]),
                                models.Q(("done_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_done_says_what_was_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on", None),
                            ("evidence__isnull", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_done_shows_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), ("verified_on__isnull", False)),
                            models.Q(
                                models.Q(("state", "verified"), _negated=True),
                                ("verified_note", ""),
                                ("verified_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="action_verified_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_on__isnull", False), ("state", "dropped")),
                            models.Q(models.Q(("state", "dropped"), _negated=True), ("dropped_on", None)),
                            _connector="OR",
                        ),
                        name="action_dropped_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("done_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="action_verified_by_somebody_else",
                        violation_error_message="Somebody else than who did it verifies it",
                    ),
                ],
                "verbose_name": "action",
            },
        ),
        migrations.CreateModel(
            name="FindingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_page", models.CharField(blank=True, max_length=40, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Finding opened"),
                            ("added", "Action added"),
                            ("moved", "Action moved"),
                            ("done", "Action done"),
                            ("sent_back", "Action sent back"),
                            ("verified", "Action verified"),
                            ("dropped", "Action dropped"),
                            ("accepted", "Risk accepted"),
                            ("withdrawn", "Acceptance withdrawn"),
                            ("closed", "Finding closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("why", models.TextField(blank=True, max_length=5000)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("evidence_note", models.CharField(blank=True, max_length=300, verbose_name="evidence in words")),
                ("on", models.DateField(verbose_name="true from")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assurance.action",
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
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="assurance.finding"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["finding", "at", "id"], name="finding_step_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "opened",
                                    "added",
                                    "moved",
                                    "done",
                                    "sent_back",
                                    "verified",
                                    "dropped",
                                    "accepted",
                                    "withdrawn",
                                    "closed",
                                ],
                            )
                        ),
                        name="finding_step_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False),
                            models.Q(("evidence_on__isnull", True), ("evidence_page", "")),
                            _connector="OR",
                        ),
                        name="finding_step_evidence_names_a_document",
                        violation_error_message="A page or a date needs the document it is of: choose the document too",
                    ),
                ],
                "verbose_name": "step of a finding",
            },
        ),
        migrations.CreateModel(
            name="HistoricalAction",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("evidence_page", models.CharField(blank=True, max_length=40, null=True, verbose_name="page")),
                ("evidence_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("code", models.CharField(db_index=True, editable=False, max_length=16, null=True)),
                ("what", models.CharField(max_length=500, null=True, verbose_name="what has to be done?")),
                ("due_on", models.DateField(null=True, verbose_name="by when?")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be done"),
                            ("done", "Done, to be verified"),
                            ("verified", "Verified"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=8,
                        null=True,
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("done_note", models.TextField(blank=True, max_length=2000, null=True, verbose_name="what was done?")),
                (
                    "evidence_note",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="evidence in words"),
                ),
                ("verified_on", models.DateField(blank=True, null=True)),
                (
                    "verified_note",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="how it was verified"),
                ),
                ("dropped_on", models.DateField(blank=True, null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                        verbose_name="who does it",
                    ),
                ),
                (
                    "verified_by",
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
                "verbose_name": "historical action",
                "verbose_name_plural": "historical actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivity",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("code", models.CharField(db_index=True, editable=False, max_length=16, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "Confirmation of compliance"),
                            ("report", "Third-party report"),
                            ("access_log", "Access-log review"),
                            ("audit", "Audit"),
                            ("investigation", "Investigation"),
                            ("site_visit", "Site visit"),
                            ("certificate", "Certificate of destruction"),
                        ],
                        max_length=16,
                        null=True,
                        verbose_name="what is to be done?",
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="due on")),
                ("asked", models.TextField(blank=True, max_length=2000, null=True, verbose_name="what is looked at")),
                ("scheduled", models.BooleanField(null=True, verbose_name="made from a cycle")),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months of the cycle")),
                ("planned_at", models.DateTimeField(null=True)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="recorded at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfactory", "Satisfactory"),
                            ("partly", "Satisfactory in part"),
                            ("unsatisfactory", "Not satisfactory"),
                        ],
                        max_length=14,
                        null=True,
                        verbose_name="what came of it?",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, max_length=5000, null=True, verbose_name="what was looked at, and what was seen?"
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                (
                    "cancelled_why",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="why it is not done"),
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
                    "cancelled_by",
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
                    "planned_by",
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
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                        verbose_name="who does it",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical assurance activity",
                "verbose_name_plural": "historical assurance activities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivityEvidence",
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
                    "evidence_note",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="evidence in words"),
                ),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.activity",
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
                "verbose_name": "historical evidence of an activity",
                "verbose_name_plural": "historical evidence of an activitys",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivityStep",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("said", models.CharField(max_length=300, null=True, verbose_name="what changed")),
                ("why", models.CharField(max_length=1000, null=True)),
                ("due_before", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.activity",
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
                "verbose_name": "historical step of an activity",
                "verbose_name_plural": "historical step of an activitys",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCycle",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "Confirmation of compliance"),
                            ("report", "Third-party report"),
                            ("access_log", "Access-log review"),
                            ("audit", "Audit"),
                            ("investigation", "Investigation"),
                            ("site_visit", "Site visit"),
                            ("certificate", "Certificate of destruction"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("critical", "Critical"),
                            ("unknown", "Not rated yet"),
                        ],
                        max_length=8,
                        null=True,
                        verbose_name="risk that remains",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("why", models.CharField(max_length=1000, null=True, verbose_name="why?")),
                ("at", models.DateTimeField(null=True)),
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
                "verbose_name": "historical cycle of assurance",
                "verbose_name_plural": "historical cycle of assurances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("code", models.CharField(db_index=True, editable=False, max_length=16, null=True)),
                (
                    "requirement",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="requirement it is about"),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("critical", "Critical"), ("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=8,
                        null=True,
                        verbose_name="how bad is it?",
                    ),
                ),
                ("title", models.CharField(max_length=200, null=True, verbose_name="in one line")),
                ("detail", models.TextField(max_length=5000, null=True, verbose_name="what was found")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("activity", "An assurance activity"),
                            ("provider", "Something a provider told us"),
                            ("late", "Something that was not done in time"),
                            ("sample", "An audit sample"),
                            ("concern", "A concern or complaint"),
                            ("breach", "A privacy breach"),
                            ("person", "Somebody noticed it"),
                        ],
                        max_length=8,
                        null=True,
                        verbose_name="how it came to light",
                    ),
                ),
                ("opened_on", models.DateField(null=True, verbose_name="found on")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_why",
                    models.CharField(blank=True, max_length=1000, null=True, verbose_name="why it is closed"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.activity",
                    ),
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
                    "closed_by",
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
                    "opened_by",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical finding",
                "verbose_name_plural": "historical findings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFindingStep",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Finding opened"),
                            ("added", "Action added"),
                            ("moved", "Action moved"),
                            ("done", "Action done"),
                            ("sent_back", "Action sent back"),
                            ("verified", "Action verified"),
                            ("dropped", "Action dropped"),
                            ("accepted", "Risk accepted"),
                            ("withdrawn", "Acceptance withdrawn"),
                            ("closed", "Finding closed"),
                        ],
                        max_length=9,
                        null=True,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=300, null=True, verbose_name="what changed")),
                ("why", models.TextField(blank=True, max_length=5000, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "evidence_note",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="evidence in words"),
                ),
                ("on", models.DateField(null=True, verbose_name="true from")),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.action",
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
            ],
            options={
                "verbose_name": "historical step of a finding",
                "verbose_name_plural": "historical step of a findings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRiskAcceptance",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "why",
                    models.TextField(
                        max_length=2000, null=True, verbose_name="why can the agency live with this risk?"
                    ),
                ),
                ("from_on", models.DateField(null=True, verbose_name="from")),
                ("until_on", models.DateField(null=True, verbose_name="until")),
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
                "verbose_name": "historical acceptance of a risk",
                "verbose_name_plural": "historical acceptance of a risks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RiskAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField(max_length=2000, verbose_name="why can the agency live with this risk?")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(verbose_name="until")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=1000, verbose_name="why it is withdrawn")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="assurance.finding"
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
                "indexes": [models.Index(fields=["finding", "until_on"], name="risk_acceptance_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("until_on__isnull", True),
                            ("from_on__lte", models.F("until_on")),
                            _connector="OR",
                        ),
                        name="risk_acceptance_in_order",
                        violation_error_message="It cannot end before it begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="risk_acceptance_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_by__isnull", True), ("withdrawn_on__isnull", True)),
                            models.Q(("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="risk_acceptance_withdrawn_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None), models.Q(("withdrawn_why", ""), _negated=True), _connector="OR"
                        ),
                        name="risk_acceptance_withdrawn_says_why",
                    ),
                ],
                "verbose_name": "acceptance of a risk",
            },
        ),
        *(GuardHistory(model) for model in MODELS),
        migrations.RunSQL(MOVES, "DROP FUNCTION assurance_moves();"),
        *(
            migrations.RunSQL(
                MOVING.format(table=table, moves=",".join(moves), ends=",".join(ends)), DROP.format(table=table)
            )
            for table, (moves, ends) in MOVES_OF.items()
        ),
        *(migrations.RunSQL(TRIGGER.format(table=table), DROP.format(table=table)) for table in OF_RECORD),
        migrations.RunSQL(NOT_THEIR_OWN, UNDO),
    ]
