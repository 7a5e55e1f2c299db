import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from records.guards import GuardHistory

TRIGGER = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_providerstep
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
"""
DROP = "DROP TRIGGER row_of_record_stands ON assurance_providerstep;"


class Migration(migrations.Migration):
    dependencies = [
        ("assurance", "0014_run_outcomes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalProviderStep",
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
                            ("again", "Sent again"),
                            ("replaced", "New link sent"),
                            ("extended", "Given more time"),
                        ],
                        max_length=8,
                        null=True,
                    ),
                ),
                ("to", models.EmailField(max_length=254, null=True, verbose_name="to whom")),
                ("why", models.CharField(blank=True, max_length=1000, null=True)),
                ("due_before", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assurance.providerrequest",
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
                "verbose_name": "historical step of a request to a provider",
                "verbose_name_plural": "historical step of a request to a providers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProviderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("again", "Sent again"),
                            ("replaced", "New link sent"),
                            ("extended", "Given more time"),
                        ],
                        max_length=8,
                    ),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="to whom")),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("due_before", models.DateField()),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assurance.providerrequest",
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
                "verbose_name": "step of a request to a provider",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["again", "replaced", "extended"])),
                        name="provider_step_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "extended"), ("why", ""), _negated=True),
                        name="provider_step_more_time_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("due_before"))), name="provider_step_never_shortens"
                    ),
                ],
            },
        ),
        GuardHistory("ProviderStep"),
        migrations.RunSQL(TRIGGER, DROP),
    ]
