"""The questions that verification asks the database. Each returns offending rows only, in order, a few at a time.

Nothing here calls a function of ours: whoever altered rows could have altered those too.
"""

from records.guard_sql import Guarded

FEW = 20
# The formats the ledger writes in (records/sql/ledger.sql), so that most rows can be compared as text.
FORMATS = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';
SET LOCAL extra_float_digits = '1'; SET LOCAL bytea_output = 'hex'
"""

# seq, at, what is wrong, from the link ``since`` on. ``sealed`` is what the link should hold, computed from the entries
# it names. What stands before the first link looked at is not looked at: of link 1 there is nothing.
CHAIN = f"""
WITH links AS (
  SELECT l.*, %(since)s - 1 + row_number() OVER w AS place, lag(l.head) OVER w AS before,
    sealed.entries AS found, sealed.digest AS summed
  FROM records_ledgerlink l
  LEFT JOIN (
    SELECT own.seq, count(e.id) AS entries, sha256(string_agg(e.sha256, ''::bytea ORDER BY e.id)) AS digest
    FROM records_ledgerlink own
    JOIN records_ledgerentry e ON e.txn = own.txn AND e.id BETWEEN own.first_id AND own.last_id
    WHERE own.seq >= %(since)s GROUP BY own.seq
  ) sealed USING (seq)
  WHERE l.seq >= %(since)s
  WINDOW w AS (ORDER BY l.seq)
), judged AS (
  SELECT seq, at, CASE
    WHEN seq <> place THEN 'missing'
    WHEN prev <> coalesce(before, CASE WHEN seq = 1 THEN decode(repeat('00', 32), 'hex') ELSE prev END) THEN 'order'
    WHEN head <> sha256(prev || convert_to(E'\\n' || seq || E'\\n'
      || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || entries || E'\\n', 'UTF8')
      || digest) THEN 'altered'
    WHEN found IS DISTINCT FROM entries OR summed IS DISTINCT FROM digest THEN 'entries'
  END AS wrong FROM links
)
SELECT seq, at, wrong FROM judged WHERE wrong IS NOT NULL ORDER BY seq LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# The entries of the links from one on: their transactions may have begun before it was sealed.
SINCE = """
SELECT e.* FROM records_ledgerlink l
JOIN records_ledgerentry e ON e.txn = l.txn AND e.id BETWEEN l.first_id AND l.last_id
WHERE l.seq >= %(since)s
"""
# Every name of a history table that those entries are of.
TOUCHED = f"SELECT DISTINCT relation FROM ({SINCE}) e"  # noqa: S608 - nothing here comes from people
ALTERED_SINCE = f"""
SELECT id, relation, history_id FROM ({SINCE}) e
WHERE sha256 <> sha256(convert_to(relation || E'\\n' || payload, 'UTF8')) ORDER BY id LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# id, relation, history_id of entries that are not what their hash says
ALTERED = f"""
SELECT id, relation, history_id FROM records_ledgerentry
WHERE sha256 <> sha256(convert_to(relation || E'\\n' || payload, 'UTF8')) ORDER BY id LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# Whether the links hold as many entries as there are. Cheap, and true of every sound ledger.
ALL_SEALED = """
SELECT (SELECT coalesce(sum(entries), 0) FROM records_ledgerlink) = (SELECT count(*) FROM records_ledgerentry)
"""

# id, relation, history_id of entries that no link sealed
OUTSIDE = f"""
SELECT id, relation, history_id FROM records_ledgerentry e WHERE NOT EXISTS (
  SELECT 1 FROM records_ledgerlink l WHERE l.txn = e.txn AND e.id BETWEEN l.first_id AND l.last_id
) ORDER BY id LIMIT {FEW}
"""  # noqa: S608 - nothing here comes from people

# relation, how many: entries of tables that do not exist
STRANGERS = "SELECT relation, count(*) FROM records_ledgerentry WHERE relation <> ALL (%s) GROUP BY 1 ORDER BY 1"


def history_against_ledger(found: Guarded, *, since: bool = False) -> str:
    """history_id, key, ledger text, history text of rows where the two differ. Parameter ``names``: the table's, ever.

    With ``since`` only the rows that the links from there on sealed.

    Most rows are the very text. After a migration they are compared value by value in the columns of today: one that
    an old row did not have is empty in it, or holds what a column since renamed or dropped held.
    A row without ledger text must be blank under a disposal that names it.
    """
    entries = f"({SINCE}) sealed" if since else "records_ledgerentry"
    rows = _some(found.history, "history_id", "SELECT history_id FROM e") if since else found.history
    return f"""
WITH e AS (SELECT id, history_id, payload FROM {entries} WHERE relation = ANY (%(names)s))
SELECT history_id, h.{found.key}, e.payload, to_jsonb(h)::text
FROM {rows} h FULL JOIN e USING (history_id)
WHERE h.history_id IS NULL OR e.id IS NULL
  OR (e.payload IS NULL AND NOT EXISTS (
    SELECT 1 FROM records_disposal d
    WHERE d.history_table = '{found.history}' AND h.{found.key} = ANY (d.pks) AND history_id <= d.last_history_id
      AND h.history_change_reason IS NULL AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(d.blanks) b
        WHERE to_jsonb(h) ? b.key AND to_jsonb(h) -> b.key IS DISTINCT FROM b.value
      )
  ))
  OR (e.payload <> to_jsonb(h)::text
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


def _some(table: str, column: str, wanted: str) -> str:
    """The rows of a table whose column is among what a query gives."""
    return f"(SELECT * FROM {table} WHERE {column} IN ({wanted}))"  # noqa: S608 - never from people


def present_against_history(found: Guarded, *, since: bool = False) -> str:
    """Key, newest history text, present text of rows where the two differ.

    With ``since`` only what the links from there on changed; the parameter ``names`` are the table's, ever.
    """
    touched = f"({SINCE}) e JOIN {found.history} h USING (history_id) WHERE e.relation = ANY (%(names)s)"
    keys = f"SELECT h.{found.key} FROM {touched}"  # noqa: S608 - the names come from models, never from people
    rows = _some(found.table, found.key, keys) if since else found.table
    written = _some(found.history, found.key, keys) if since else found.history
    minus = f" - '{{{','.join(found.untracked)}}}'::text[]" if found.untracked else ""
    return f"""
SELECT t.{found.key} AS k, to_jsonb(newest)::text, (to_jsonb(t){minus})::text
FROM {rows} t LEFT JOIN LATERAL (
  SELECT * FROM {found.history} WHERE {found.key} = t.{found.key} ORDER BY history_id DESC LIMIT 1
) newest ON true
WHERE newest.history_id IS NULL OR newest.history_type = '-'
  OR to_jsonb(newest) || (to_jsonb(t){minus}) <> to_jsonb(newest)
UNION ALL
SELECT h.{found.key}, to_jsonb(h)::text, NULL
FROM {found.history} h JOIN (
  SELECT max(g.history_id) AS history_id FROM {written} g
  WHERE NOT EXISTS (SELECT 1 FROM {found.table} t WHERE t.{found.key} = g.{found.key}) GROUP BY g.{found.key}
) gone USING (history_id)
WHERE h.history_type <> '-'
ORDER BY k LIMIT {FEW}
"""  # noqa: S608 - the names come from models, never from people


def backfilled(found: Guarded) -> str:
    """Number of the backfill, rows, and whether such a backfill is declared."""
    return f"""
SELECT h.backfill_id, count(*), bool_and(b.id IS NOT NULL AND h.history_date BETWEEN b.starts_at AND b.ends_at)
FROM {found.history} h LEFT JOIN records_backfill b ON b.id = h.backfill_id
WHERE h.backfill_id IS NOT NULL GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - the names come from models, never from people
