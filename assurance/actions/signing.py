"""Sign a written assurance, here or by the scan of a paper: from then on everything in it is frozen."""

from datetime import date, datetime
from itertools import pairwise

from django.utils.timezone import localdate

from agreements.actions.changes import refuse
from agreements.errors import NotNow
from assurance.actions.statement import WORDS, lock_statement
from assurance.due.statement import statements_due
from assurance.models import Briefing, GroupAnswer, RowAnswer, Signing, Statement, StatementState
from assurance.policies.statement import check_may_record_paper, check_may_sign, check_ready
from assurance.statement.content import content_of, hash_of
from assurance.statement.ledger_state import LedgerState
from people.models import User
from records.acting import action
from records.files import store
from records.uploads import NotAccepted, accept
from records.words import nz_date

SCANS = {"PDF", "PNG picture", "JPEG picture"}


@action
def sign_statement(
    *, statement: Statement, ledger: LedgerState, by: User, now: datetime, seen: str | None = None
) -> Signing:
    """Sign as the head of the agency, who has just given their password or second factor again.

    ``seen`` is the SHA-256 of what stood before them. Raises NotYours (the drafter, or somebody else than the
    signatory), NotPermitted (no longer the head), NotNow (signed already, a group without an answer, or something
    in it that changed since they opened it).
    """
    locked, today = lock_statement(statement), localdate(now)
    check_may_sign(locked, by, today)
    if seen is not None and seen != hash_of(content_of(locked, check_ready(locked))):
        raise NotNow("Something in it was changed after you opened it: read it as it stands now, and sign again")
    return _freeze(locked, Signing(signed_on=today), ledger, by, now)


@action
def record_paper(
    *, statement: Statement, signed_on: date, name: str, content: bytes, ledger: LedgerState, by: User, now: datetime
) -> Signing:
    """Record that it was signed on paper; the scan is kept. The signatory accepted every group here before.

    Raises NotPermitted, NotYours, NotNow, NotAccepted (the file), ValidationError.
    """
    locked, today = lock_statement(statement), localdate(now)
    check_may_record_paper(locked, by, signed_on)
    taken = localdate(check_ready(locked).at)
    if not taken <= signed_on <= today:
        raise refuse("signed_on", "Give a day from the day the figures were taken to today")
    said = last_said(locked, check_ready(locked))
    if signed_on < said:
        raise refuse(
            "signed_on", f"On {nz_date(said)} something in it was said anew: what was signed before is no more"
        )
    accepted = accept(name, content)
    if accepted.type.name not in SCANS:
        raise NotAccepted("A scan is a PDF, PNG or JPEG file")
    made = Signing(signed_on=signed_on, scan=store(content), scan_name=accepted.name)
    return _freeze(locked, made, ledger, by, now)


def last_said(statement: Statement, briefing: Briefing) -> date:
    """The day on which something that is signed was last said: a word, or the answer to an exception. Three queries."""
    rows = RowAnswer.objects.filter(row__group__briefing=briefing)
    groups = GroupAnswer.objects.filter(group__briefing=briefing)
    moments = [one for said in (rows, groups) for one in said.order_by("-at").values_list("at", flat=True)[:1]]
    signed = [Statement._meta.get_field(name).attname for name in WORDS if name != "sign_by"]  # type: ignore[union-attr]
    for before, after in pairwise(statement.history.order_by("history_id").values("history_date", *signed)):
        if any(before[name] != after[name] for name in signed):
            moments.append(after["history_date"])
    return localdate(max([statement.drafted_at, *moments]))


def _freeze(locked: Statement, made: Signing, ledger: LedgerState, by: User, now: datetime) -> Signing:
    briefing = check_ready(locked)
    made.statement, made.briefing, made.signatory = locked, briefing, locked.signatory
    made.signed_as = locked.agency.head_title
    made.ledger_ok, made.ledger_says = ledger.ok, ledger.says
    made.ledger_seq, made.ledger_head = ledger.head.seq, ledger.head.hash
    made.drafted_by, made.by, made.at = locked.drafted_by, by, now
    made.sha256 = hash_of(content_of(locked, briefing))
    locked.state = StatementState.SIGNED
    locked.save()
    made.full_clean()
    made.save()
    statements_due(localdate(now))
    return made
