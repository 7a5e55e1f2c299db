"""A declaration of a supplier goes with the organisation it was merged into; nothing else of it moves."""

from django.db import migrations

STANDS = """
CREATE OR REPLACE FUNCTION conflicts_declaration_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
DECLARE
  moves text[] := ARRAY['status', 'decider_id', 'approver_id', 'filled_in_by_id'];
BEGIN
  IF old.status IN ('draft', 'returned') AND tg_op = 'UPDATE' THEN RETURN new; END IF;
  IF tg_op = 'UPDATE' THEN
    {merged}IF to_jsonb(new) - moves = to_jsonb(old) - moves THEN RETURN new; END IF;
  END IF;
  RAISE EXCEPTION 'What was declared stands: it is changed by opening the declaration again.'
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'declaration_stands';
END $stand$;
"""
MERGED = """IF EXISTS (SELECT 1 FROM agreements_organisation
               WHERE id = old.supplier_id AND merged_into_id = new.supplier_id)
    THEN moves := array_append(moves, 'supplier_id'); END IF;
    """


class Migration(migrations.Migration):
    dependencies = [("conflicts", "0004_plans_one_after_another")]

    operations = [migrations.RunSQL(STANDS.format(merged=MERGED), STANDS.format(merged=""))]
