from typing import Any

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from records.data_migration import record_history
from records.guards import GuardHistory

# Files stand; a link moves once, to be set aside, and is never deleted.
TRIGGERS = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_breachfile
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_policyfile
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_breachagreement
  FOR EACH ROW EXECUTE FUNCTION assurance_moves('aside_at,aside_by_id,aside_why', 'aside_at');
"""
DROP = """
DROP TRIGGER row_of_record_stands ON assurance_breachfile;
DROP TRIGGER row_of_record_stands ON assurance_policyfile;
DROP TRIGGER row_of_record_stands ON assurance_breachagreement;
"""
BREACH_STEPS = [
    ("recorded", "Recorded"),
    ("changed", "What is known changed"),
    ("decided", "Decided"),
    ("commissioner", "Commissioner notified"),
    ("people", "People notified"),
    ("people_not", "People not notified, or later"),
    ("linked", "Linked"),
    ("unlinked", "Link set aside"),
    ("file", "Evidence added"),
    ("owner", "Given to somebody"),
    ("note", "Step taken"),
    ("closed", "Closed"),
    ("reopened", "Opened again"),
]
AISA_STEPS = [("complete", "Complete"), ("shared", "Shown to the other parties"), ("reopened", "Reopened")]
COMPLAINT_STEPS = [
    ("recorded", "Recorded"),
    ("note", "Note"),
    ("linked", "Linked"),
    ("owner", "Who answers it"),
    ("closed", "Answered and closed"),
    ("reopened", "Opened again"),
]
PAST: dict[str, Any] = {"blank": True, "db_constraint": False, "null": True, "related_name": "+"}


def one(to: str, related_name: str = "+", **more: Any) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **more)


def past(to: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to=to, **PAST)


def owned(name: str, related_name: str) -> list[migrations.AddField]:
    return [
        migrations.AddField(name, "owner", one("people.person", related_name, null=True, blank=True)),
        migrations.AddField(f"historical{name}", "owner", past("people.person")),
    ]


def steps(name: str, kinds: list[tuple[str, str]], longest: int, constraint: str) -> list[Any]:
    known = models.CheckConstraint(condition=models.Q(kind__in=[kind for kind, _ in kinds]), name=constraint)
    return [
        migrations.RemoveConstraint(model_name=name, name=constraint),
        migrations.AlterField(name, "kind", models.CharField(choices=kinds, max_length=longest)),
        migrations.AlterField(
            f"historical{name}", "kind", models.CharField(choices=kinds, max_length=longest, null=True)
        ),
        migrations.AddConstraint(model_name=name, constraint=known),
    ]


def kept_file(name: str, holder: str, constraints: tuple[str, ...]) -> list[Any]:
    """A table of files beside a record, its history and its guard."""
    of = name.removesuffix("File").lower()
    rules: list[Any] = [models.UniqueConstraint(fields=(of, "file"), name=constraints[0])]
    shown = ("what", models.CharField(max_length=200, verbose_name="what does it show?"))
    shown_then = ("what", models.CharField(max_length=200, null=True, verbose_name="what does it show?"))
    if len(constraints) > 1:
        rules.append(models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name=constraints[1]))
    return [
        migrations.CreateModel(
            name=name,
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *([shown] if len(constraints) > 1 else []),
                ("file_name", models.CharField(max_length=150)),
                ("media_type", models.CharField(max_length=100)),
                ("scanned_by", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (of, one(holder, "files")),
                ("by", one(settings.AUTH_USER_MODEL)),
                ("file", one("records.storedfile")),
            ],
            options={"constraints": rules},
        ),
        migrations.CreateModel(
            name=f"Historical{name}",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                *([shown_then] if len(constraints) > 1 else []),
                ("file_name", models.CharField(max_length=150, null=True)),
                ("media_type", models.CharField(max_length=100, null=True)),
                ("scanned_by", models.CharField(blank=True, max_length=200, null=True)),
                ("at", models.DateTimeField(null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (of, past(holder)),
                ("by", past(settings.AUTH_USER_MODEL)),
                ("file", past("records.storedfile")),
                ("history_user", one(settings.AUTH_USER_MODEL, null=True, db_index=False)),
            ],
            options={
                "verbose_name": f"historical {of} file",
                "verbose_name_plural": f"historical {of} files",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        GuardHistory(name),
    ]


def links_say_why(apps: Any, schema_editor: Any) -> None:
    reason = "Migration 0018: a link may say why it was set aside"
    record_history(schema_editor, apps.get_model("assurance", "BreachAgreement"), reason=reason)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0022_pauses"),
        ("assurance", "0017_standing_of_entries"),
        ("people", "0018_yearly_reports"),
        ("records", "0007_mail_perhaps_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *kept_file("BreachFile", "assurance.privacybreach", ("breach_file_once", "breach_file_says_what")),
        *kept_file("PolicyFile", "assurance.policy", ("policy_file_once",)),
        migrations.AddField("breachagreement", "aside_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("breachagreement", "aside_by", one(settings.AUTH_USER_MODEL, null=True, blank=True)),
        migrations.AddField("breachagreement", "aside_why", models.CharField(blank=True, max_length=1000)),
        migrations.AddField("historicalbreachagreement", "aside_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("historicalbreachagreement", "aside_by", past(settings.AUTH_USER_MODEL)),
        migrations.AddField(
            "historicalbreachagreement", "aside_why", models.CharField(blank=True, max_length=1000, null=True)
        ),
        migrations.RunPython(links_say_why, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="breachagreement", name="breach_agreement_once"),
        migrations.AddConstraint(
            model_name="breachagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("aside_at", None)),
                fields=("breach", "agreement"),
                name="breach_agreement_standing_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aside_at__isnull", True), ("aside_by__isnull", True)),
                    models.Q(("aside_at__isnull", False), ("aside_by__isnull", False)),
                    _connector="OR",
                ),
                name="breach_agreement_aside_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aside_at", None), ("aside_why", "")),
                    models.Q(("aside_at__isnull", False), models.Q(("aside_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="breach_agreement_aside_why",
            ),
        ),
        *owned("complaint", "complaints_owned"),
        *owned("privacybreach", "breaches_owned"),
        *steps("breachstep", BREACH_STEPS, 12, "breach_step_kind_known"),
        *steps("complaintstep", COMPLAINT_STEPS, 8, "complaint_step_kind_known"),
        *steps("aisastep", AISA_STEPS, 8, "aisa_step_kind_known"),
        migrations.RemoveConstraint(model_name="aisastep", name="aisa_step_reopened_says_why"),
        migrations.AddConstraint(
            model_name="aisastep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reopened"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="aisa_step_reopened_says_why",
            ),
        ),
        migrations.RunSQL(TRIGGERS, DROP),
    ]
