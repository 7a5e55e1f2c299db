"""Nothing is added to a statement that was signed: an answer, an exception or a figure of later did not stand in it."""

from django.db import migrations

STAND = """
CREATE FUNCTION assurance_takes_no_more() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
DECLARE
  of_briefing bigint;
  of_statement bigint;
BEGIN
  IF tg_table_name = 'assurance_briefing' THEN
    of_statement := new.statement_id;
  ELSIF tg_table_name IN ('assurance_statementfigure', 'assurance_statementgroup') THEN
    of_briefing := new.briefing_id;
  ELSIF tg_table_name IN ('assurance_statementrow', 'assurance_groupanswer') THEN
    SELECT g.briefing_id INTO of_briefing FROM public.assurance_statementgroup g WHERE g.id = new.group_id;
  ELSE
    SELECT g.briefing_id INTO of_briefing FROM public.assurance_statementrow r
      JOIN public.assurance_statementgroup g ON g.id = r.group_id WHERE r.id = new.row_id;
  END IF;
  IF EXISTS (
    SELECT FROM public.assurance_signing s WHERE s.briefing_id = of_briefing OR s.statement_id = of_statement
  ) THEN
    RAISE EXCEPTION '% of a statement that was signed takes nothing more.', tg_table_name
      USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'signed_takes_no_more';
  END IF;
  RETURN new;
END $stand$;
"""
TRIGGER = """
CREATE TRIGGER signed_takes_no_more BEFORE INSERT ON assurance_{table}
  FOR EACH ROW EXECUTE FUNCTION assurance_takes_no_more();
"""
TABLES = ("briefing", "statementfigure", "statementgroup", "statementrow", "rowanswer", "groupanswer")


class Migration(migrations.Migration):
    dependencies = [("assurance", "0018_incidents_kept")]

    operations = [
        migrations.RunSQL(STAND, "DROP FUNCTION assurance_takes_no_more();"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER signed_takes_no_more ON assurance_{table};")
            for table in TABLES
        ),
    ]
