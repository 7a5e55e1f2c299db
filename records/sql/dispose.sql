-- Blanks the content that one records_disposal row names: in the live rows, their history and the ledger's text.
-- Keys, dates and hashes stay, so the chain still holds. Only the owner of the schema may run it. Safe to run again.

CREATE OR REPLACE FUNCTION records_dispose(which bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  d records_disposal;
  columns text;
  names text[];
  blanked bigint;
BEGIN
  SELECT * INTO STRICT d FROM records_disposal WHERE id = which;
  SELECT string_agg(format('%1$I = blank.%1$I', name), ', ') INTO STRICT columns FROM jsonb_object_keys(d.blanks) name;
  -- Whatever this transaction wrote before is judged and sealed now: a table with pending triggers cannot be altered.
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', d."table");
  EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', d.history_table);
  ALTER TABLE records_ledgerentry DISABLE TRIGGER append_only;
  EXECUTE format(
    'UPDATE %1$I live SET %2$s FROM jsonb_populate_record(NULL::%1$I, $1) blank WHERE live.%3$I = ANY ($2)',
    d."table", columns, d.key
  ) USING d.blanks, d.pks;
  EXECUTE format(
    'UPDATE %1$I old SET history_change_reason = NULL, %2$s FROM jsonb_populate_record(NULL::%1$I, $1) blank '
    'WHERE old.%3$I = ANY ($2) AND old.history_id <= $3', d.history_table, columns, d.key
  ) USING d.blanks, d.pks, d.last_history_id;
  GET DIAGNOSTICS blanked = ROW_COUNT;
  SELECT array_agg(old) || d.history_table::text INTO names FROM records_ledgerrename WHERE new = d.history_table;
  EXECUTE format(
    'UPDATE records_ledgerentry e SET payload = NULL FROM %I old '
    'WHERE e.relation = ANY ($1) AND e.history_id = old.history_id AND old.%I = ANY ($2) AND old.history_id <= $3',
    d.history_table, d.key
  ) USING coalesce(names, ARRAY[d.history_table::text]), d.pks, d.last_history_id;
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  ALTER TABLE records_ledgerentry ENABLE TRIGGER append_only;
  EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', d.history_table);
  EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', d."table");
  RETURN blanked;
END $$;

REVOKE ALL ON FUNCTION records_dispose(bigint) FROM PUBLIC;
