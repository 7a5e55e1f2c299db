"""The database keeps terms that a variation replaced, or brought in, as they are: see docs/history.md."""

from django.db import migrations

# table -> the condition that finds the terms of one of its rows
OF_TERMS = {
    "party": "id = {row}.terms_id",
    "flow": "id = {row}.terms_id",
    "information": "id = (SELECT f.terms_id FROM agreements_flow f WHERE f.id = {row}.flow_id)",
    "legalbasis": "id = {row}.terms_id",
    "provision": "id = {row}.terms_id",
    "responsibility": "id = {row}.terms_id",
}
STAND = "state IN ('signed', 'in_force', 'past')"
REFUSED = """
RAISE EXCEPTION '% of agreed terms cannot be changed: they change only by a variation.', tg_table_name
  USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'agreed_terms_stand';
"""
# Of the terms themselves only the state moves on. Of a party only the organisation may change: two that are one.
TERMS = f"""
CREATE FUNCTION agreements_terms_stand() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
BEGIN
  IF old.{STAND} THEN
    IF tg_op = 'UPDATE' THEN
      IF to_jsonb(new) - 'state' = to_jsonb(old) - 'state' THEN RETURN new; END IF;
    END IF;
    {REFUSED}
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
END $stand$;
CREATE TRIGGER agreed_terms_stand BEFORE UPDATE OR DELETE ON agreements_terms
  FOR EACH ROW EXECUTE FUNCTION agreements_terms_stand();
"""


def _rows(table: str, terms: str) -> str:
    merged = "IF to_jsonb(new) - 'organisation_id' = to_jsonb(old) - 'organisation_id' THEN RETURN new; END IF;"
    of_party = f"IF tg_op = 'UPDATE' THEN {merged} END IF;" if table == "party" else ""
    old, new = terms.format(row="old"), terms.format(row="new")
    return f"""
CREATE FUNCTION agreements_{table}_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $stand$
BEGIN
  {of_party}
  IF tg_op <> 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM agreements_terms WHERE {old} AND {STAND}) THEN {REFUSED} END IF;
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  IF EXISTS (SELECT 1 FROM agreements_terms WHERE {new} AND {STAND}) THEN {REFUSED} END IF;
  RETURN new;
END $stand$;
CREATE TRIGGER agreed_terms_stand BEFORE INSERT OR UPDATE OR DELETE ON agreements_{table}
  FOR EACH ROW EXECUTE FUNCTION agreements_{table}_stands();
"""  # noqa: S608 - our own text


def _gone(table: str, function: str) -> str:
    return f"DROP TRIGGER agreed_terms_stand ON agreements_{table}; DROP FUNCTION {function}();"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0014_assessments")]

    operations = [
        migrations.RunSQL(TERMS, _gone("terms", "agreements_terms_stand")),
        *(
            migrations.RunSQL(_rows(table, terms), _gone(table, f"agreements_{table}_stands"))
            for table, terms in OF_TERMS.items()
        ),
    ]
