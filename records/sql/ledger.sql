-- What all guarded tables share: append-only, dating, and the ledger. Safe to run again.

CREATE OR REPLACE FUNCTION records_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% refused: % is part of the record.', tg_op, tg_table_name
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'append_only';
END $$;

CREATE OR REPLACE FUNCTION records_history_dated() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  apart double precision := extract(epoch FROM new.history_date - clock_timestamp());
BEGIN
  IF apart <= 300 AND apart >= -300 AND new.backfill_id IS NULL THEN
    RETURN new;
  END IF;
  IF new.backfill_id IS NOT NULL AND apart <= 300 AND EXISTS (
    SELECT 1 FROM records_backfill b
    WHERE b.id = new.backfill_id AND new.history_date BETWEEN b.starts_at AND b.ends_at
  ) THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'History of % dated % is neither of now nor inside a declared backfill.', tg_table_name, new.history_date
    USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'history_dated';
END $$;

-- Round one, at commit: each history row's text and hash. The formats are pinned, whatever the writer's session says.
CREATE OR REPLACE FUNCTION records_ledger_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
SET extra_float_digits = '1' SET bytea_output = 'hex' AS $$
DECLARE
  body text := to_jsonb(new)::text;
BEGIN
  INSERT INTO records_ledgerentry (txn, relation, history_id, payload, sha256)
  VALUES (
    pg_current_xact_id()::text::bigint, tg_table_name, new.history_id, body,
    sha256(convert_to(tg_table_name || E'\n' || body, 'UTF8'))
  );
  RETURN NULL;
END $$;

-- Round two, after every other deferred check: one link for the transaction. Only here is a lock taken, so that a long
-- import holds nobody up and no deadlock can arise.
CREATE OR REPLACE FUNCTION records_ledger_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last records_ledgerlink;
  counted integer;
  newest bigint;
  summed bytea;
  sealed_at timestamptz;
  before bytea;
BEGIN
  SELECT * INTO last FROM records_ledgerlink ORDER BY seq DESC LIMIT 1;
  IF last.txn = new.txn AND last.last_id >= new.id THEN
    RETURN NULL;  -- this transaction is sealed already
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'Recorded changes need READ COMMITTED: the newest link could be missed otherwise.'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_isolation';
  END IF;
  SELECT count(*), max(id), sha256(string_agg(sha256, ''::bytea ORDER BY id)) INTO counted, newest, summed
    FROM records_ledgerentry WHERE txn = new.txn AND id >= new.id;
  PERFORM pg_advisory_xact_lock(7163826);
  SELECT * INTO last FROM records_ledgerlink ORDER BY seq DESC LIMIT 1;
  sealed_at := clock_timestamp();
  before := coalesce(last.head, decode(repeat('00', 32), 'hex'));
  INSERT INTO records_ledgerlink (seq, at, txn, first_id, last_id, entries, digest, prev, head)
  VALUES (
    coalesce(last.seq, 0) + 1, sealed_at, new.txn, new.id, newest, counted, summed, before,
    records_link_head(before, coalesce(last.seq, 0) + 1, sealed_at, counted, summed)
  );
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION records_link_head(prev bytea, seq bigint, at timestamptz, entries integer, digest bytea)
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(
    prev || convert_to(
      E'\n' || seq || E'\n' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\n' || entries || E'\n',
      'UTF8'
    ) || digest
  )
$$;

-- Nobody may hang these on a table of their own, which would let them write into the ledger.
REVOKE ALL ON FUNCTION records_ledger_write(), records_ledger_seal() FROM PUBLIC;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON records_ledgerentry
  FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON records_ledgerlink
  FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON records_ledgerrename
  FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE OR REPLACE TRIGGER never_empty BEFORE TRUNCATE ON records_ledgerentry
  FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE OR REPLACE TRIGGER never_empty BEFORE TRUNCATE ON records_ledgerlink
  FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE OR REPLACE TRIGGER never_empty BEFORE TRUNCATE ON records_ledgerrename
  FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
DROP TRIGGER IF EXISTS ledger_seal ON records_ledgerentry;
CREATE CONSTRAINT TRIGGER ledger_seal AFTER INSERT ON records_ledgerentry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION records_ledger_seal();
