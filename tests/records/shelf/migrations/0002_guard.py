from django.db import migrations

from records.guards import GuardHistory


class Migration(migrations.Migration):
    dependencies = [("shelf", "0001_initial"), ("records", "0001_ledger")]

    operations = [GuardHistory("Shelf"), GuardHistory("Book")]
