"""May this be done to this activity, finding or action, by this person, now? Each rule stands once, as a sentence."""

from datetime import date

from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from assurance.models import Action, ActionState, Activity, Finding, RiskAcceptance
from people.labels import role_in_text
from people.models import Power, User
from people.permissions import NotPermitted, check_may, holds_power, may
from people.roles import Permission, Role
from records.words import nz_date

ELSEWHERE = "This belongs to another agency"


def check_may_plan(agreement: Agreement, user: User) -> None:
    """The person plans assurance, and the agreement is one of their agency's that was not withdrawn."""
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    check_may(user, Permission.RECORD_ASSURANCE)
    if agreement.status == "withdrawn":
        raise NotNow("It was withdrawn: there is nothing to look at")


def check_may_do(activity: Activity, user: User) -> None:
    """The activity is still to be done, by whoever answers for it or records assurance."""
    if activity.agreement.agency_id != user.agency.pk:
        raise NotYours(ELSEWHERE)
    answering = activity.answering
    if not (answering and answering.pk == user.person_id):
        check_may(user, Permission.RECORD_ASSURANCE)
    _check_open(activity)


def check_may_move(activity: Activity, user: User) -> None:
    """Whoever records assurance moves it or hands it on, while it is still to be done."""
    if activity.agreement.agency_id != user.agency.pk:
        raise NotYours(ELSEWHERE)
    check_may(user, Permission.RECORD_ASSURANCE)
    _check_open(activity)


def check_may_cancel(activity: Activity, user: User) -> None:
    """What a person planned can be called off; what a cycle asks for comes back, so that it is moved instead."""
    check_may_move(activity, user)
    if activity.scheduled:
        raise NotNow("A cycle asks for it: move it, or change the cycle")


def check_may_show(activity: Activity, user: User) -> None:
    """More evidence is added to what was done; none is ever taken away."""
    if activity.agreement.agency_id != user.agency.pk:
        raise NotYours(ELSEWHERE)
    check_may(user, Permission.RECORD_ASSURANCE)
    if activity.done_on is None:
        raise NotNow("It is not done yet: its evidence is given with its outcome")


def _check_open(activity: Activity) -> None:
    if activity.done_on:
        raise NotNow(f"It was done on {nz_date(activity.done_on)}: what was found stands")
    if activity.cancelled_on:
        raise NotNow(f"It was called off on {nz_date(activity.cancelled_on)}")


def check_may_work_on(finding: Finding, user: User) -> None:
    """Whoever records assurance works on an open finding of their agency."""
    _check_ours(finding, user)
    check_may(user, Permission.RECORD_ASSURANCE)
    _check_not_closed(finding)


def check_may_close(finding: Finding, user: User) -> None:
    """Nothing about it is unfinished; and somebody else than its opener closes what nobody verified."""
    check_may_work_on(finding, user)
    left = [one for one in finding.actions.all() if one.state in (ActionState.OPEN, ActionState.DONE)]
    if left:
        words = "an action is" if len(left) == 1 else f"{len(left)} actions are"
        raise NotNow(f"It cannot be closed: {words} still to be done or to be verified")
    verified = any(one.state == ActionState.VERIFIED for one in finding.actions.all())
    if not verified and finding.opened_by_id == user.pk:
        raise NotYours("You opened it, and no action was verified: somebody else closes it")


def check_may_take(action: Action, user: User) -> None:
    """Its owner says that it is done, or somebody who records assurance does."""
    _check_ours(action.finding, user)
    if action.owner_id != user.person_id:
        check_may(user, Permission.RECORD_ASSURANCE)
    _check_state(action, ActionState.OPEN)


def check_may_verify(action: Action, user: User) -> None:
    """Somebody who verifies, and neither owns the action nor said that it is done."""
    _check_ours(action.finding, user)
    check_may(user, Permission.VERIFY_ACTIONS)
    _check_state(action, ActionState.DONE)
    if user.pk == action.done_by_id or user.person_id == action.owner_id:
        raise NotYours("You own it or said that it is done: somebody else verifies it")


def check_may_change(action: Action, user: User) -> None:
    """Whoever records assurance gives an open action another owner or day."""
    _check_ours(action.finding, user)
    check_may(user, Permission.RECORD_ASSURANCE)
    _check_state(action, ActionState.OPEN)


def check_may_drop(action: Action, user: User) -> None:
    """Only somebody who verifies, and does not own it, says that it need not be done."""
    _check_ours(action.finding, user)
    check_may(user, Permission.VERIFY_ACTIONS)
    if action.state in (ActionState.VERIFIED, ActionState.DROPPED):
        raise NotNow(f"It is {action.get_state_display().lower()}: it stands as it is")
    if user.person_id == action.owner_id:
        raise NotYours("You own it: somebody else says that it need not be done")


def check_may_accept_risk(finding: Finding, user: User, on: date) -> None:
    """A delegate accepts the risk of an open finding that somebody else opened."""
    _check_ours(finding, user)
    if not accepts_risk(user, on):
        head = role_in_text(user.agency, Role.CHIEF_EXECUTIVE)
        raise NotPermitted(f"Accepting risk needs a delegation to accept risk, or the role of {head}")
    _check_not_closed(finding)
    if finding.opened_by_id == user.pk:
        raise NotYours("You opened it: somebody else accepts its risk")


def check_may_withdraw(acceptance: RiskAcceptance, user: User, on: date) -> None:
    """A delegate takes back an acceptance that holds still."""
    _check_ours(acceptance.finding, user)
    if not accepts_risk(user, on):
        raise NotPermitted("Withdrawing an acceptance needs a delegation to accept risk")
    if acceptance.withdrawn_on or acceptance.until_on < on:
        raise NotNow(f"It ended on {nz_date(acceptance.withdrawn_on or acceptance.until_on)} already")


def accepts_risk(user: User, on: date) -> bool:
    """Whether a role or a delegation lets the person accept risk."""
    return may(user, Permission.ACCEPT_RISK) or bool(user.person and holds_power(user.person, Power.ACCEPT_RISK, on))


def _check_ours(finding: Finding, user: User) -> None:
    if finding.agency_id != user.agency.pk:
        raise NotYours(ELSEWHERE)


def _check_not_closed(finding: Finding) -> None:
    if finding.closed_on:
        raise NotNow(f"It was closed on {nz_date(finding.closed_on)}: open another one if it is there again")


def _check_state(action: Action, wanted: ActionState) -> None:
    if action.state != wanted:
        raise NotNow(f"It is {action.get_state_display().lower()}: this is not the next step")
