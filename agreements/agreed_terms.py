"""The triggers that keep what was agreed, and what is final, as it is in the database itself: see docs/history.md.

A column that may change at any time goes into FREE; ``install()`` again in a migration then puts that into force, and a
test compares what stands in the database with what stands here.
"""

from agreements.choices import Status, TermsState

# table -> the condition that finds the terms of one of its rows
OF_TERMS = {
    "party": "{row}.terms_id",
    "flow": "{row}.terms_id",
    "information": "(SELECT f.terms_id FROM agreements_flow f WHERE f.id = {row}.flow_id)",
    "legalbasis": "{row}.terms_id",
    "provision": "{row}.terms_id",
    "responsibility": "{row}.terms_id",
}
# Columns that may change whatever the terms are. None today: evidence belongs to what was agreed, and stays with it.
FREE: dict[str, tuple[str, ...]] = {}

# What becomes of terms (lifecycle.py, variation_lifecycle.py); nothing else does, whoever writes.
FIRST = {
    "draft": ("approved",),
    "approved": ("draft", "past"),
    "recording": ("recorded",),
    "recorded": ("recording", "past"),
}
VARIATION = {
    "draft": ("in_review", "withdrawn"),
    "in_review": ("draft", "approved", "withdrawn"),
    "approved": ("draft", "signed", "withdrawn"),
    "signed": ("in_force", "withdrawn"),
    "in_force": ("past",),
}
EDITED = (TermsState.DRAFT, TermsState.RECORDING)
HELD = (Status.IN_REVIEW, Status.WITHDRAWN)  # where first terms are not edited, draft or not

RAISE = "USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'agreed_terms_stand'"
REFUSED = (
    "RAISE EXCEPTION '% of agreed terms cannot be changed: they change by a variation, or once they are sent back "
    f"or reopened.', tg_table_name {RAISE};"
)


def _in(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _moves() -> str:
    found = [
        f"(of_first = {str(first).lower()} AND old.state = '{source}' AND new.state IN ({_in(targets)}))"
        for first, table in ((True, FIRST), (False, VARIATION))
        for source, targets in table.items()
    ]
    return " OR ".join(found)


def _function(name: str, body: str, declare: str = "") -> str:
    declared = f"DECLARE {declare}" if declare else ""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql\n"
        f"SET search_path = pg_catalog, public, pg_temp AS $stand$\n{declared}\nBEGIN\n{body}\nEND $stand$;\n"
    )


def _trigger(table: str, function: str, when: str) -> str:
    return (
        f"DROP TRIGGER IF EXISTS agreed_terms_stand ON agreements_{table};\n"
        f"CREATE TRIGGER agreed_terms_stand BEFORE {when} ON agreements_{table}\n"
        f"  FOR EACH ROW EXECUTE FUNCTION {function}();\n"
    )


# Whether terms stand. Volatile, so that it sees what the same transaction wrote just before.
STAND = f"""
CREATE OR REPLACE FUNCTION agreements_stand(which bigint) RETURNS boolean LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $stand$
  SELECT EXISTS (
    SELECT 1 FROM agreements_terms t LEFT JOIN agreements_agreement a ON a.id = t.agreement_id WHERE t.id = which
      AND (t.state NOT IN ({_in(EDITED)}) OR (t.based_on_id IS NULL AND a.status IN ({_in(HELD)})))
  )
$stand$;
"""  # noqa: S608 - our own text

# Of terms that stand only the state moves on; a day of signing is written once, by the step that records it. First
# terms are a draft again only where their agreement is one: not once it is signed.
TERMS = f"""
  IF tg_op = 'DELETE' THEN
    IF agreements_stand(old.id) THEN {REFUSED} END IF;
    RETURN old;
  END IF;
  SELECT a.status INTO STRICT stands_at FROM agreements_agreement a WHERE a.id = old.agreement_id;
  IF old.state <> new.state AND (NOT ({_moves()})
     OR (of_first AND old.state = 'approved' AND new.state = 'draft' AND stands_at <> 'draft')) THEN
    RAISE EXCEPTION 'Terms that are % do not become %: no step of their life leads there.', old.state, new.state
      {RAISE};
  END IF;
  IF NOT agreements_stand(old.id) THEN RETURN new; END IF;
  IF old.state = 'approved' AND new.state = 'signed' THEN
    free := free || ARRAY['signed_on', 'in_force_from'];
  ELSIF of_first AND old.state = 'approved' AND new.state = 'approved' AND stands_at = 'signed' AND NOT EXISTS (
    SELECT 1 FROM agreements_statuschange s WHERE s.terms_id = old.id AND s.step = 'sign'
  ) THEN
    free := free || ARRAY['signed_on'];
  END IF;
  IF to_jsonb(new) - free = to_jsonb(old) - free THEN RETURN new; END IF;
  {REFUSED}
"""  # noqa: S608 - our own text
DECLARED = "stands_at text; free text[] := ARRAY['state']; of_first boolean := old.based_on_id IS NULL;"

FINAL = """
  IF old.status = 'final' THEN
    RAISE EXCEPTION 'A final assessment never changes: a newer one supersedes it.'
      USING ERRCODE = 'integrity_constraint_violation', TABLE = tg_table_name, CONSTRAINT = 'final_stands';
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
"""


def _row(table: str, terms: str) -> str:
    """The body for the rows of terms; two organisations that became one are one in terms that stand, too."""
    allowed = ""
    if FREE.get(table):
        free = f"ARRAY[{_in(FREE[table])}]"
        allowed = f"IF to_jsonb(new) - {free} = to_jsonb(old) - {free} THEN RETURN new; END IF;"
    if table == "party":
        allowed += """
    IF to_jsonb(new) - 'organisation_id' = to_jsonb(old) - 'organisation_id' AND EXISTS (
      SELECT 1 FROM agreements_organisation o
      WHERE o.id = old.organisation_id AND o.merged_into_id = new.organisation_id
    ) THEN RETURN new; END IF;"""
    return f"""
  IF tg_op = 'UPDATE' THEN {allowed}
    IF to_jsonb(new) = to_jsonb(old) THEN RETURN new; END IF;
  END IF;
  IF tg_op <> 'INSERT' THEN
    IF agreements_stand({terms.format(row="old")}) THEN {REFUSED} END IF;
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  IF agreements_stand({terms.format(row="new")}) THEN {REFUSED} END IF;
  RETURN new;
"""


def bodies() -> dict[str, str]:
    """Each function with its body, as it must stand in the database."""
    rows = {f"agreements_{table}_stands": _row(table, terms) for table, terms in OF_TERMS.items()}
    return {"agreements_terms_stand": TERMS, "agreements_assessment_stands": FINAL, **rows}


def install() -> str:
    """Every function and trigger; may be run again at any time."""
    functions = bodies()
    made = [STAND, _function("agreements_terms_stand", functions["agreements_terms_stand"], DECLARED)]
    made.append(_trigger("terms", "agreements_terms_stand", "UPDATE OR DELETE"))
    made.append(_function("agreements_assessment_stands", FINAL))
    made.append(_trigger("assessment", "agreements_assessment_stands", "UPDATE OR DELETE"))
    for table in OF_TERMS:
        name = f"agreements_{table}_stands"
        made += [_function(name, functions[name]), _trigger(table, name, "INSERT OR UPDATE OR DELETE")]
    return "".join(made)
