"""What a run said of a standard goes only with the run, and an exception is only ever withdrawn, once.

The first is looked at as the transaction ends: an import that is undone takes out what is derived before the rest.
"""

from django.db import migrations

GOES_WITH_ITS_RUN = """
CREATE FUNCTION assurance_goes_with_its_run() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $goes$
BEGIN
  IF EXISTS (SELECT 1 FROM assurance_conformancerun WHERE id = old.run_id) THEN
    RAISE EXCEPTION '% is a row of record: it is never changed or removed.', tg_table_name
      USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'row_of_record_stands';
  END IF;
  RETURN NULL;
END $goes$;
CREATE CONSTRAINT TRIGGER goes_with_its_run AFTER DELETE ON assurance_runoutcome
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assurance_goes_with_its_run();
"""
STAYS = """
DROP TRIGGER goes_with_its_run ON assurance_runoutcome;
DROP FUNCTION assurance_goes_with_its_run();
"""
WITHDRAWN_ONCE = """
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON assurance_acceptedexception
  FOR EACH ROW EXECUTE FUNCTION assurance_moves('withdrawn_on,withdrawn_by_id,withdrawn_why', 'withdrawn_on');
"""


class Migration(migrations.Migration):
    dependencies = [("assurance", "0020_outcomes_stand")]

    operations = [
        migrations.RunSQL(GOES_WITH_ITS_RUN, STAYS),
        migrations.RunSQL(WITHDRAWN_ONCE, "DROP TRIGGER row_of_record_stands ON assurance_acceptedexception;"),
    ]
