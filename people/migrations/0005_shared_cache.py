"""The table of Django's database cache: what every web process counts together, such as tries to sign in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0004_notices")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE people_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX people_cache_expires ON people_cache (expires);
            """,
            "DROP TABLE people_cache",
        )
    ]
