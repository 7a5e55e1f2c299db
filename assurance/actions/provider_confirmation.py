"""A provider sends in what it confirms, once: each activity is done with it, and what is not yes opens a finding."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.actions.document import keep_document
from agreements.errors import NotReady
from agreements.models import Agreement, DocumentKind
from assurance.actions.activity import keep_done, lock_activity
from assurance.actions.finding import keep_finding
from assurance.actions.provider_answer import lock_request
from assurance.collect import collect
from assurance.models import (
    NOT_YES,
    Activity,
    ActivityEvidence,
    ActivityKind,
    ActivityOutcome,
    AskedAgreement,
    Confirmed,
    Finding,
    Origin,
    ProviderAnswer,
    ProviderFile,
    ProviderRequest,
    Severity,
)
from assurance.provider.letters import receipt
from assurance.provider.questions import Question, questions_of
from assurance.schedule import residual
from people.models import User
from records.acting import action
from records.actions.mail import queue_many
from records.ledger import head
from records.uploads import ENDINGS, Accepted
from records.words import nz_date

LONGEST = 5000  # characters of a summary or of a finding


@action
def submit_confirmation(
    *, request: ProviderRequest, answered_by: str, position: str, by: User, now: datetime
) -> ProviderRequest:
    """Keep the answers for good, do the activity of each agreement with them, and mail the receipt.

    Raises NotReady with what is still open, NotNow where it was sent in already, ValidationError naming the field.
    """
    locked = lock_request(request)
    locked.answered_by, locked.position = " ".join(answered_by.split()), " ".join(position.split())
    if not locked.answered_by or not locked.position:
        raise refuse("answered_by" if not locked.answered_by else "position", "Say who answers, and in which position")
    asked = list(locked.asked.select_related("agreement__current_terms", "activity").order_by("agreement"))
    if missing := [sentence for one in asked for sentence in still_open(one)]:
        raise NotReady(missing)
    locked.called, point = locked.organisation.name, head()
    locked.head_seq, locked.head = point.seq, point.hash
    for one in asked:
        one.asking = locked
        _confirm(one, by, now)
    locked.submitted_at = now
    check_and_save(locked)
    queue_many(agency=locked.agency.code, letters=[receipt(locked, asked)], by=by, now=now)
    return locked


@action
def open_late_finding(*, asked: AskedAgreement, on: date, by: User, now: datetime) -> Finding | None:
    """The provider did not answer in time: a finding, once. None where it answered or was asked no more meanwhile."""
    rows = ProviderRequest.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    request = rows.get(pk=asked.asking_id)
    locked = AskedAgreement.objects.select_related("agreement", "activity").get(pk=asked.pk)
    locked.asking = request
    if locked.late_finding_id or not request.is_late(on):
        return None
    return _late(locked, by, now)


def unanswered(asked: AskedAgreement) -> list[Question]:
    """The questions without an answer."""
    said = {row.code for row in asked.answers.all()}
    return [one for one in questions_of(asked.agreement.current_terms) if one.code not in said]


def without_words(asked: AskedAgreement) -> list[Question]:
    """The questions whose answer is not yes and does not say what is not as it was agreed."""
    silent = {row.code for row in asked.answers.all() if row.answer in NOT_YES and not row.words}
    return [one for one in questions_of(asked.agreement.current_terms) if one.code in silent]


def still_open(asked: AskedAgreement) -> list[str]:
    """What has to be answered before it can be sent in, as sentences; words count where the answer is not yes."""
    title, found = asked.agreement.title, []
    if many := len(unanswered(asked)):
        found.append(f"{'1 question is' if many == 1 else f'{many} questions are'} not answered about “{title}”")
    if many := len(without_words(asked)):
        needs = "1 answer needs" if many == 1 else f"{many} answers need"
        found.append(f"{needs} a few words about “{title}”: say what is not as it was agreed")
    return found


def _confirm(asked: AskedAgreement, by: User, now: datetime) -> None:
    """The activity of one agreement, with the answers and the files as what shows it."""
    today, request = localdate(now), asked.asking
    if request.due_on < today and not asked.late_finding_id:
        _late(asked, by, now)
    with changing(asked.agreement, by, today) as agreement:
        codes = [one.code for one in questions_of(agreement.current_terms)]
        rows = [row for row in asked.answers.order_by("pk") if row.code in codes]
        activity = _open_activity(asked, agreement, now)
        shown = [_in_words(activity, request, by, now)]
        shown += [_document(one, activity, by, now) for one in asked.files.select_related("file").order_by("pk")]
        outcome = outcome_of(rows)
        values = {"done_on": today, "outcome": outcome, "summary": _summary(request, rows)}
        keep_done(activity, values, shown, by, now, _gap(request, rows))
        asked.activity, asked.outcome, asked.terms = activity, outcome, agreement.current_terms
        check_and_save(asked)


def outcome_of(rows: Sequence[ProviderAnswer]) -> ActivityOutcome:
    """Satisfactory where all is yes, not where anything is no, in part else."""
    answers = {row.answer for row in rows}
    if Confirmed.NO in answers:
        return ActivityOutcome.UNSATISFACTORY
    return ActivityOutcome.SATISFACTORY if answers == {Confirmed.YES} else ActivityOutcome.PARTLY


def _open_activity(asked: AskedAgreement, agreement: Agreement, now: datetime) -> Activity:
    """The one that was due; another where somebody did it or called it off meanwhile."""
    found = lock_activity(asked.activity, agreement)
    if found.is_open:
        return found
    request = asked.asking
    made = Activity(
        agreement=agreement, kind=ActivityKind.CONFIRMATION, due_on=request.due_on, planned_by=request.asked_by,
        planned_at=now,
    )  # fmt: skip
    check_and_save(made)
    return made


def _in_words(activity: Activity, request: ProviderRequest, by: User, now: datetime) -> ActivityEvidence:
    note = f"Answers of {request.called}, receipt {request.receipt}"
    return ActivityEvidence(activity=activity, evidence_note=note[:300], by=by, at=now)


def _document(one: ProviderFile, activity: Activity, by: User, now: datetime) -> ActivityEvidence:
    kind = ENDINGS[one.file_name.rpartition(".")[2].lower()]
    title = f"From {one.asked.asking.organisation}: {one.file_name}"[:200]
    one.document = keep_document(
        agreement=activity.agreement, values={"title": title, "kind": DocumentKind.CORRESPONDENCE}, file=one.file,
        accepted=Accepted(one.file_name, kind), scanned_by=one.scanned_by, by=by, now=now,
    )  # fmt: skip
    check_and_save(one)
    return ActivityEvidence(activity=activity, evidence=one.document, by=by, at=now)


def _summary(request: ProviderRequest, rows: Sequence[ProviderAnswer]) -> str:
    yes = sum(row.answer == Confirmed.YES for row in rows)
    who = f"{request.answered_by}, {request.position}, answered for {request.called} through its link."
    return f"{who} {yes} of {len(rows)} questions were answered with yes.\n{_told(rows)}"[:LONGEST].strip()


def _gap(request: ProviderRequest, rows: Sequence[ProviderAnswer]) -> dict[str, str]:
    """What the finding says, where there is one."""
    gaps = [row for row in rows if row.answer in NOT_YES]
    worst = Severity.HIGH if any(row.answer == Confirmed.NO for row in gaps) else Severity.MEDIUM
    title = f"{request.called} does not confirm {len(gaps)} of {len(rows)} things"
    return {"severity": worst, "title": title[:200], "detail": _told(rows)[:LONGEST], "origin": Origin.PROVIDER}


def _told(rows: Sequence[ProviderAnswer]) -> str:
    return "\n".join(
        f"{row.code}, {row.question} {row.get_answer_display()}: {row.words}" for row in rows if row.answer in NOT_YES
    )


def _late(asked: AskedAgreement, by: User, now: datetime) -> Finding:
    request = asked.asking
    said = f"{request.organisation} was asked to confirm by {nz_date(request.due_on)} that the agreement is kept."
    values = {
        "title": f"{request.organisation} did not confirm in time"[:200], "detail": said,
        "severity": _as_grave_as(asked.agreement), "requirement": "ISS-11",
    }  # fmt: skip
    asked.late_finding = keep_finding(
        values, by, now, agreement=asked.agreement, activity=asked.activity, origin=Origin.LATE
    )
    check_and_save(asked)
    return asked.late_finding


def _as_grave_as(agreement: Agreement) -> Severity:
    """A silence is as bad as the risk that remains; what nobody rated counts as medium (activity_cycles.toml)."""
    rating = residual(next(iter(collect([agreement.terms_now.pk]))))
    return Severity(rating) if rating in Severity.values else Severity.MEDIUM
