import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from records.guards import GuardHistory


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_sent_forms"),
        ("agreements", "0021_assurance_cycle"),
        ("people", "0009_pause_power"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPause",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("acting_agency", models.CharField(blank=True, max_length=20)),
                ("request_id", models.UUIDField(db_index=True, null=True)),
                ("true_from", models.DateField(null=True)),
                ("backfill_id", models.BigIntegerField(null=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("reason", models.TextField(max_length=2000, null=True, verbose_name="why is it paused?")),
                ("on", models.DateField(null=True, verbose_name="paused from")),
                ("at", models.DateTimeField(null=True, verbose_name="recorded at")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="lifted on")),
                (
                    "lifted_why",
                    models.TextField(blank=True, max_length=2000, null=True, verbose_name="why it is lifted"),
                ),
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
                (
                    "lifted_by",
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
                "verbose_name": "historical pause",
                "verbose_name_plural": "historical pauses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000, verbose_name="why is it paused?")),
                ("on", models.DateField(verbose_name="paused from")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="lifted on")),
                ("lifted_why", models.TextField(blank=True, max_length=2000, verbose_name="why it is lifted")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="people.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="agreements.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on", None)),
                        fields=("organisation", "agency"),
                        name="pause_once_an_agency",
                        violation_error_message="Your agency has paused this organisation already",
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="pause_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_by__isnull", True), ("lifted_on__isnull", True)),
                            models.Q(("lifted_by__isnull", False), ("lifted_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="pause_lifted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_on", None), models.Q(("lifted_why", ""), _negated=True), _connector="OR"
                        ),
                        name="pause_lifted_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on__isnull", True),
                            ("lifted_on__isnull", True),
                            ("on__lte", models.F("lifted_on")),
                            _connector="OR",
                        ),
                        name="pause_in_order",
                        violation_error_message="A pause cannot be lifted before it began",
                    ),
                ],
            },
        ),
        GuardHistory("Pause"),
    ]
