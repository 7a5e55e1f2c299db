"""Assurance performed: confirmations, an audit half put right, a risk accepted for a time. Most was never looked at."""

from datetime import timedelta
from typing import Any

from agreements.models import Agreement
from assurance.actions.action import add_action, do_action, verify_action
from assurance.actions.activity import do_activity, plan_activity
from assurance.actions.finding import accept_risk, open_finding
from assurance.models import Activity, ActivityKind, Finding
from config.demo.calendar import Clock, day
from config.demo.teller import Stage

PRINTING, HOSTING = "Printing and posting of letters", "Case management system, hosting and support"
CONFIRMED = (
    (-130, "Interpreting and translation", "Every interpreter signed the confidentiality form again in June."),
    (-120, "Family counselling referrals", "Access is limited to the four counsellors named; no breach to report."),
)
QUEUE = {
    "severity": "high",
    "title": "Letters stay readable in the print queue for weeks",
    "requirement": "F6",
}


def tell_assurance(stage: Stage) -> None:
    """In the order of the days, each through the real action."""
    for days, title, says in CONFIRMED:
        _do(stage, days, title, ActivityKind.CONFIRMATION, "sina", says, "satisfactory")
    _plan(stage, -100, PRINTING, ActivityKind.AUDIT, 30, "They took over two more of our mailings")
    _do(
        stage, -75, PRINTING, ActivityKind.AUDIT, "arjun",
        "Two days on site. Access and transport are as agreed; the print queue keeps letters for weeks.",
        "partly", finding=QUEUE,
    )  # fmt: skip
    _half_put_right(stage)
    _accepted(stage)
    _plan(stage, -12, "Whānau wellbeing navigation, Te Tai Tokerau", ActivityKind.ACCESS_LOG, 40, "The team has grown")


def _half_put_right(stage: Stage) -> None:
    """One action done and verified, one late."""
    finding = Finding.objects.get(title=QUEUE["title"])
    given = (("Delete the queue each night and send us the log", "sina", 30), ("Encrypt the queue", "tom", 50))
    clock = Clock(stage.now, "what is done about the print queue")
    first, _ = [_give(stage, clock, finding, what, who, days) for what, who, days in given]
    now = clock.on(-48)
    with stage.door.at(now):
        shown = {"evidence_note": "Log of the first ten nights, contract file 14, page 3 (DEMO)"}
        users = stage.cast.users
        done = do_action(action_=first, note="The queue is emptied at midnight", shown=shown, by=users["sina"], now=now)
    now = clock.on(-40)
    with stage.door.at(now):
        verify_action(action_=done, note="Looked at the log of three nights", by=users["arjun"], now=now)


def _give(stage: Stage, clock: Clock, finding: Finding, what: str, who: str, days: int) -> Any:
    now = clock.on(-74)
    due_on = day(days - 74, stage.today)
    with stage.door.at(now):
        owner, by = stage.cast.people[who], stage.cast.users["arjun"]
        return add_action(finding=finding, what=what, owner=owner, due_on=due_on, by=by, now=now)


def _accepted(stage: Stage) -> None:
    clock, agreement = Clock(stage.now, "backups of the old host"), _agreement(HOSTING)
    values = {
        "title": "Nobody can show that the old host destroyed its backups",
        "detail": "The contract moved to another host in 2022. No certificate of destruction was ever received.",
        "severity": "critical", "requirement": "ISS-10",
    }  # fmt: skip
    now = clock.on(-60)
    with stage.door.at(now):
        finding = open_finding(values=values, agreement=agreement, by=stage.cast.users["hinemoa"], now=now)
    now = clock.on(-52)
    with stage.door.at(now):
        why = "The backups were encrypted, and the key was destroyed here. We ask once more before the renewal."
        until = stage.today + timedelta(days=120)
        accept_risk(finding=finding, why=why, until_on=until, by=stage.cast.users["mereana"], now=now)


def _plan(stage: Stage, days: int, title: str, kind: str, later: int, why: str) -> None:
    now = Clock(stage.now, f"{title} planned").on(days)
    values = {
        "kind": kind, "due_on": day(days + later, stage.today), "responsible": stage.cast.people["arjun"], "asked": ""
    }  # fmt: skip
    with stage.door.at(now):
        plan_activity(agreement=_agreement(title), values=values, why=why, by=stage.cast.users["arjun"], now=now)


def _do(stage: Stage, days: int, title: str, kind: str, who: str, says: str, outcome: str, **more: Any) -> None:
    """The first of its kind that is to be done."""
    now = Clock(stage.now, f"{title} {kind}").on(days)
    activity = Activity.objects.open().filter(agreement__title=title, kind=kind).order_by("due_on").first()
    if activity is None:
        raise ValueError(f"Nothing of the kind {kind} is to be done for {title}")
    values = {"done_on": day(days - 3, stage.today), "outcome": outcome, "summary": says}
    shown = {"evidence_note": "Signed letter, contract file 12 (DEMO)"}
    with stage.door.at(now):
        do_activity(activity=activity, values=values, shown=shown, by=stage.cast.users[who], now=now, **more)


def _agreement(title: str) -> Agreement:
    return Agreement.objects.get(title=title, agency__code="MCW")
