"""The database keeps all terms once approved, and final assessments, as they are: see docs/history.md."""

from django.db import migrations

from agreements.agreed_terms import install

# Backwards the stricter functions stay, until 0015 takes them away: nothing written before needs them gone.
ASSESSMENT_NO_MORE = """
DROP TRIGGER agreed_terms_stand ON agreements_assessment;
DROP FUNCTION agreements_assessment_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0016_documents_of_contracts")]

    operations = [migrations.RunSQL(install(), ASSESSMENT_NO_MORE)]
