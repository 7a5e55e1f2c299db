"""Written assurances of the story: two signed a year apart, and one being answered."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from assurance.actions.answering import answer_group, answer_rows
from assurance.actions.briefing import take_figures
from assurance.actions.signing import sign_statement
from assurance.actions.statement import comment_on, draft_statement, note_sent
from assurance.models import Statement
from assurance.pdf.statement import issue_files
from assurance.statement.groups import GroupState, group_states
from assurance.statement.ledger_state import LedgerState
from config.demo.calendar import Clock
from config.demo.rounds import delivered
from config.demo.teller import Stage
from records.ledger import head

SAYS = "Demonstration: the story was told as if the history had been verified then, and found whole."
ADDRESSEE = "Public Service Commissioner, Te Kawa Mataaho Public Service Commission"
COVERING = """\
We hold personal information about people who come to us when they need support. Some of it we share, because no
service reaches them alone. Whoever we share it with has to protect it as we do, and I have to know that they do.

This statement says how far we have come. Its figures are counted from our register as at {day}, and behind each of
them stands the list of the agreements that it counts. Where we do not know something, it says so."""
FIRST = "Agreements made since the Standard came into force are few, and older ones are still being updated by risk."
SECOND = (
    "New agreements follow the Standard. Of the older ones the riskiest are under way; some provisions are missing."
)
DONE = {
    "High risk": "A variation that adds what is missing is with the provider.",
    "Medium risk": "It is updated with the next review of the agreement.",
}
OTHERWISE = "The risk is assessed first; then what is missing is added."
SIGNED_BY = timedelta(days=40)
TAKEN_AFTER, ANSWERED_AFTER, SIGNED_AFTER, SENT_AFTER = 9, 20, 27, 28  # days after the day of the figures


def tell_statements(stage: Stage) -> None:
    """Each through its real actions. Signed ones are as at the last two ends of a financial year."""
    last = _end_of_year(localdate(stage.now) - timedelta(days=SENT_AFTER + 2))
    for day, why in ((date(last.year - 1, 6, 30), FIRST), (last, SECOND)):
        _signed(stage, day, why)
    _being_answered(stage)
    delivered("statement ", "MCW")


def _end_of_year(on: date) -> date:
    return date(on.year if on >= date(on.year, 6, 30) else on.year - 1, 6, 30)


def _at(stage: Stage, day: date, days: int) -> datetime:
    """A working hour so many days after the figures' day."""
    return Clock(stage.now, f"statement {day}").on((day - localdate(stage.now)).days + days)


def _signed(stage: Stage, day: date, why: str) -> None:
    statement = _drafted(stage, day, why)
    answered, signed, sent = (_at(stage, day, days) for days in (ANSWERED_AFTER, SIGNED_AFTER, SENT_AFTER))
    with stage.door.at(answered):
        for state in group_states(statement.briefings.latest("pk")):
            _say(stage, state, answered)
            _accept(stage, state, answered + timedelta(minutes=5))
    with stage.door.at(signed):
        by = stage.cast.users["mereana"]
        sign_statement(statement=statement, ledger=_ledger(), by=by, now=signed)
        issue_files(Statement.objects.get(pk=statement.pk), by=by, now=signed)
    with stage.door.at(sent):
        told = {"to": ADDRESSEE, "how": "By e-mail, with the annex", "on": localdate(sent), "onward": False}
        note_sent(statement=statement, values=told, by=stage.cast.users["hinemoa"], now=sent)


def _drafted(stage: Stage, day: date, why: str) -> Statement:
    drafted, taken = _at(stage, day, 3), _at(stage, day, TAKEN_AFTER)
    values: dict[str, Any] = {
        "day": day, "period_from": _a_year_before(day), "period_to": day, "addressee": ADDRESSEE,
        "covering": COVERING.format(day=f"{day.day} {day:%B} {day.year}").replace("\n", " ").replace("  ", "\n\n"),
        "implemented": "partly", "implemented_why": why, "deputy": stage.cast.people["ngaire"],
        "signatory": stage.cast.people["mereana"], "sign_by": day + SIGNED_BY,
    }  # fmt: skip
    by = stage.cast.users["hinemoa"]
    with stage.door.at(drafted):
        made = draft_statement(values=values, by=by, now=drafted)
    with stage.door.at(taken):
        take_figures(statement=made, ledger=_ledger(), by=by, now=taken)
    return made


def _a_year_before(day: date) -> date:
    """The first day of the twelve months that end with a month's last day."""
    after = day + timedelta(days=1)
    return after.replace(year=after.year - 1)


def _ledger() -> LedgerState:
    return LedgerState(ok=True, says=SAYS, head=head())


def _say(stage: Stage, state: GroupState, now: datetime) -> None:
    answer_rows(
        group=state.group, rows=[one.row.pk for one in state.rows], what=DONE.get(state.group.tier, OTHERWISE),
        by_when=localdate(now) + timedelta(days=180), by=stage.cast.users["ngaire"], now=now,
    )  # fmt: skip


def _accept(stage: Stage, state: GroupState, now: datetime, decision: str = "accepted", why: str = "") -> None:
    why = why or "What is done fits the risk, and I am told each quarter how far it has come."
    answer_group(group=state.group, decision=decision, why=why, by=stage.cast.users["mereana"], now=now)


def _being_answered(stage: Stage) -> None:
    """As at the end of the last month but one: some groups accepted, one returned, the rest waiting."""
    today = localdate(stage.now)
    day = today.replace(day=1) - timedelta(days=1)
    if (today - day).days < TAKEN_AFTER + 3:
        day = day.replace(day=1) - timedelta(days=1)
    statement = _drafted(stage, day, "New agreements follow the Standard; what is left is in the plan.")
    now = _at(stage, day, TAKEN_AFTER + 2)
    states = group_states(statement.briefings.latest("pk"))
    with stage.door.at(now):
        for state in states[:4]:
            _say(stage, state, now)
        for state in states[:2]:
            _accept(stage, state, now + timedelta(minutes=5))
        for state in states[2:3]:
            why = "By when does the provider answer? Say the day, not the quarter."
            _accept(stage, state, now + timedelta(minutes=5), "returned", why)
        comment = "Two of the older agreements were varied last week: they stand in the figures of next month."
        comment_on(statement=statement, text=comment, by=stage.cast.users["arjun"], now=now)
