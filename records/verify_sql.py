"""The questions that verification asks the database. Each returns offending rows only, in order, a few at a time.

Nothing here calls a function of ours: whoever altered rows could have altered those too.
"""

from records.guard_sql import Guarded

FEW = 20

# seq, at, what is wrong. ``sealed`` is what the link should hold, computed from the entries it names.
CHAIN = f"""
WITH links AS (
  SELECT l.*, row_number() OVER w AS place, lag(l.head) OVER w AS before,
    sealed.entries AS found, sealed.digest AS summed
  FROM records_ledgerlink l
  LEFT JOIN (
    SELECT own.seq, count(e.id) AS entries, sha256(string_agg(e.sha256, ''::bytea ORDER BY e.id)) AS digest
    FROM records_ledgerlink own
    JOIN records_ledgerentry e ON e.txn = own.txn AND e.id BETWEEN own.first_id AND own.last_id
    GROUP BY own.seq
  ) sealed USING (seq)
  WINDOW w AS (ORDER BY l.seq)
), judged AS (
  SELECT seq, at, CASE
    WHEN seq <> place THEN 'missing'
    WHEN prev <> coalesce(before, decode(repeat('00', 32), 'hex')) THEN 'order'
    WHEN head <> sha256(prev || convert_to(E'\\n' || seq || E'\\n'
      || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || entries || E'\\n', 'UTF8')
      || digest) THEN 'altered'
    WHEN found IS DISTINCT FROM entries OR summed IS DISTINCT FROM digest THEN 'entries'
  END AS wrong FROM links
)
SELECT seq, at, wrong FROM judged WHERE wrong IS NOT NULL ORDER BY seq LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# id, relation, history_id, what is wrong
ENTRIES = f"""
SELECT e.id, e.relation, e.history_id,
  CASE WHEN l.seq IS NULL THEN 'outside' ELSE 'altered' END
FROM records_ledgerentry e
LEFT JOIN records_ledgerlink l ON l.txn = e.txn AND e.id BETWEEN l.first_id AND l.last_id
WHERE l.seq IS NULL
  OR (e.payload IS NOT NULL AND e.sha256 <> sha256(convert_to(e.relation || E'\\n' || e.payload, 'UTF8')))
ORDER BY e.id LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# relation, how many: entries of tables that do not exist
STRANGERS = "SELECT relation, count(*) FROM records_ledgerentry WHERE relation <> ALL (%s) GROUP BY 1 ORDER BY 1"


def history_against_ledger(found: Guarded) -> str:
    """history_id, key, ledger text, history text of rows where the two differ. Parameter: the table's names, ever.

    A column that an old row did not have is empty in it, or holds what a column since renamed or dropped held.
    A row without ledger text must be blank under a disposal that names it.
    """
    return f"""
WITH e AS (SELECT id, history_id, payload FROM records_ledgerentry WHERE relation = ANY (%s))
SELECT history_id, h.{found.key}, e.payload, to_jsonb(h)::text
FROM {found.history} h FULL JOIN e USING (history_id)
WHERE h.history_id IS NULL OR e.id IS NULL
  OR (e.payload IS NULL AND NOT EXISTS (
    SELECT 1 FROM records_disposal d
    WHERE d.history_table = '{found.history}' AND h.{found.key} = ANY (d.pks) AND history_id <= d.last_history_id
      AND h.history_change_reason IS NULL AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(d.blanks) b
        WHERE to_jsonb(h) ? b.key AND to_jsonb(h) -> b.key IS DISTINCT FROM b.value
      )
  ))
  OR (e.payload IS NOT NULL
    AND to_jsonb(jsonb_populate_record(NULL::{found.history}, e.payload::jsonb)) IS DISTINCT FROM to_jsonb(h)
    AND NOT (
      to_jsonb(jsonb_populate_record(h, e.payload::jsonb)) = to_jsonb(h) AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(to_jsonb(h)) c
        WHERE NOT e.payload::jsonb ? c.key AND c.value <> 'null' AND NOT EXISTS (
          SELECT 1 FROM jsonb_each(e.payload::jsonb) gone WHERE NOT to_jsonb(h) ? gone.key AND gone.value = c.value
        )
      )
    ))
ORDER BY history_id LIMIT {FEW}
"""  # noqa: S608 - the names come from models, never from people


def present_against_history(found: Guarded) -> str:
    """Key, newest history text, present text of rows where the two differ."""
    minus = f" - '{{{','.join(found.untracked)}}}'::text[]" if found.untracked else ""
    return f"""
SELECT k, h::text, r::text
FROM (
  SELECT x.{found.key} AS k, to_jsonb(x) AS h FROM (
    SELECT DISTINCT ON ({found.key}) * FROM {found.history} ORDER BY {found.key}, history_id DESC
  ) x
) newest FULL JOIN (SELECT t.{found.key} AS k, to_jsonb(t){minus} AS r FROM {found.table} t) present USING (k)
WHERE h IS NULL OR (r IS NULL) <> (h ->> 'history_type' = '-') OR (r IS NOT NULL AND (h || r) <> h)
ORDER BY k LIMIT {FEW}
"""  # noqa: S608 - the names come from models, never from people


def backfilled(found: Guarded) -> str:
    """Number of the backfill, rows, and whether such a backfill is declared."""
    return f"""
SELECT h.backfill_id, count(*), bool_and(b.id IS NOT NULL AND h.history_date BETWEEN b.starts_at AND b.ends_at)
FROM {found.history} h LEFT JOIN records_backfill b ON b.id = h.backfill_id
WHERE h.backfill_id IS NOT NULL GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - the names come from models, never from people
