from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_work"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delegation",
            name="delegation_power_known",
        ),
        migrations.AlterField(
            model_name="delegation",
            name="power",
            field=models.CharField(
                choices=[
                    ("approve", "Approve agreements"),
                    ("accept_risk", "Accept risk"),
                    ("accept_exception", "Accept an exception"),
                    ("pause", "Pause an organisation, and lift the pause"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="historicaldelegation",
            name="power",
            field=models.CharField(
                choices=[
                    ("approve", "Approve agreements"),
                    ("accept_risk", "Accept risk"),
                    ("accept_exception", "Accept an exception"),
                    ("pause", "Pause an organisation, and lift the pause"),
                ],
                max_length=16,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("power__in", ["approve", "accept_risk", "accept_exception", "pause"])),
                name="delegation_power_known",
            ),
        ),
    ]
