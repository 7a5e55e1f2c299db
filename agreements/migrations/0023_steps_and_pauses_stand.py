"""A step, an entry of a log and a pause stand as they were recorded; a pause is lifted once, and moves with a merger.

Who approved what and why is read from the steps for good. An import that is undone takes its steps along: whether
their agreement went too is looked at as the transaction ends.
"""

from django.db import migrations

STAND = """
CREATE FUNCTION agreements_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
BEGIN
  IF tg_op = 'DELETE' AND tg_table_name = 'agreements_statuschange' THEN
    IF NOT EXISTS (SELECT 1 FROM agreements_agreement WHERE id = (to_jsonb(old)->>'agreement_id')::bigint) THEN
      RETURN NULL;
    END IF;
  END IF;
  RAISE EXCEPTION '% is a row of record: it is never changed or removed.', tg_table_name
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'row_of_record_stands';
END $stand$;
CREATE TRIGGER row_of_record_stands BEFORE UPDATE ON agreements_statuschange
  FOR EACH ROW EXECUTE FUNCTION agreements_stands();
CREATE CONSTRAINT TRIGGER goes_with_its_agreement AFTER DELETE ON agreements_statuschange
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_stands();
CREATE TRIGGER row_of_record_stands BEFORE UPDATE OR DELETE ON agreements_oversight
  FOR EACH ROW EXECUTE FUNCTION agreements_stands();
"""
STAND_NO_MORE = """
DROP TRIGGER row_of_record_stands ON agreements_oversight;
DROP TRIGGER goes_with_its_agreement ON agreements_statuschange;
DROP TRIGGER row_of_record_stands ON agreements_statuschange;
DROP FUNCTION agreements_stands();
"""
LIFTED_ONCE = """
CREATE FUNCTION agreements_lifted_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $lifted$
DECLARE
  moves text[] := ARRAY['organisation_id', 'lifted_on', 'lifted_by_id', 'lifted_why'];
BEGIN
  IF tg_op = 'UPDATE' AND to_jsonb(new) - moves = to_jsonb(old) - moves THEN
    IF (new.organisation_id = old.organisation_id
          OR EXISTS (SELECT 1 FROM agreements_organisation
                     WHERE id = old.organisation_id AND merged_into_id = new.organisation_id))
       AND (old.lifted_on IS NULL
          OR (new.lifted_on, new.lifted_by_id, new.lifted_why) = (old.lifted_on, old.lifted_by_id, old.lifted_why)) THEN
      RETURN new;
    END IF;
  END IF;
  RAISE EXCEPTION 'A pause stands as it was set: it is lifted once, and moves only with a merger.'
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'pause_lifted_once';
END $lifted$;
CREATE TRIGGER pause_lifted_once BEFORE UPDATE OR DELETE ON agreements_pause
  FOR EACH ROW EXECUTE FUNCTION agreements_lifted_once();
"""
LIFTED_FREELY = """
DROP TRIGGER pause_lifted_once ON agreements_pause;
DROP FUNCTION agreements_lifted_once();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0022_pauses")]

    operations = [migrations.RunSQL(STAND, STAND_NO_MORE), migrations.RunSQL(LIFTED_ONCE, LIFTED_FREELY)]
