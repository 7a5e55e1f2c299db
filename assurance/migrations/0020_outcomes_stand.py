"""The quarters on home are counted from what each run said of a standard: that is changed as little as the run itself.

Removing is left open: an import that is undone takes out what is derived before the agreements that it is derived from.
"""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE ON assurance_runoutcome
  FOR EACH ROW EXECUTE FUNCTION assurance_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("assurance", "0019_signed_takes_no_more")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER row_of_record_stands ON assurance_runoutcome;")]
