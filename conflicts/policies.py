"""May this be done to this declaration, by this person, now? Each rule stands once and raises a sentence."""

from collections.abc import Iterator
from datetime import date

from conflicts.choices import WAITING, DeclarationStatus, Said, Standing
from conflicts.errors import NotNow, NotReady, NotYours
from conflicts.lifecycle import BY_NAME as STEPS
from conflicts.lifecycle import Step, Who
from conflicts.models import Declaration, PlanStep
from conflicts.routes import BY_NAME as ROUTES
from conflicts.routes import OUTSIDE, above
from people.models import Person, User
from people.permissions import may
from people.roles import Permission
from records.words import nz_date


def speaks_for(declaration: Declaration, user: User) -> bool:
    """Whether the user is the declarant, or records for a supplier or somebody who never signs in."""
    if declaration.person_id is not None and declaration.person_id == user.person_id:
        return True
    return declaration.recorded_by_id is not None and may(user, Permission.RECORD_DECLARATIONS)


def _check_ours(declaration: Declaration, user: User) -> None:
    if declaration.agency_id != user.agency.pk:
        raise NotYours("This declaration belongs to another agency")


def check_may_write(declaration: Declaration, user: User) -> None:
    """A draft is written by the declarant, by whom they let fill it in, or by whoever records it for them."""
    _check_ours(declaration, user)
    helps = declaration.filled_in_by_id is not None and declaration.filled_in_by_id == user.person_id
    if not (speaks_for(declaration, user) or helps):
        raise NotYours("Only the declarant changes what is declared")
    if not declaration.is_being_written:
        raise NotNow("It is submitted: to change it, open it again")


def check_may_step(declaration: Declaration, step: Step, user: User) -> None:
    """The step leads on from where the declaration stands, and it is this person's to take."""
    _check_ours(declaration, user)
    if declaration.status not in step.sources:
        raise NotNow(f"It stands at “{declaration.get_status_display()}”: this step is not open now")
    if step.name == "escalate" and may(user, Permission.SEE_DECLARATIONS):
        _check_not_their_own(declaration, user)  # the integrity team names somebody where the one named cannot act
        return
    {Who.DECLARANT: _check_declarant, Who.DECIDER: _check_decider, Who.APPROVER: _check_approver}[step.who](
        declaration, user
    )


def _check_declarant(declaration: Declaration, user: User) -> None:
    if not speaks_for(declaration, user):
        raise NotYours("Only the declarant does this")


def _check_decider(declaration: Declaration, user: User) -> None:
    _check_not_their_own(declaration, user)
    if not _stands_in(declaration.decider_id, user):
        raise NotYours(f"{declaration.decider or 'Somebody else'} decides on this declaration")


def _check_approver(declaration: Declaration, user: User) -> None:
    _check_not_their_own(declaration, user)
    if not _stands_in(declaration.approver_id, user):
        raise NotYours(f"{declaration.approver or 'Somebody else'} approves the plan")
    if asks_two(declaration) and (declaration.decider_id == user.person_id or _decided(declaration, user)):
        raise NotYours("You decided on it, so somebody else approves the plan: name them")


def asks_two(declaration: Declaration) -> bool:
    """Whether its row of the table of routes leads from who decides to somebody else for the plan."""
    route = ROUTES.get(declaration.route)
    return route is not None and route.decides != route.approves


def has_to_pass_approval(declaration: Declaration) -> bool:
    """Whether two are asked for and one is named for both, such as where nobody but one champion is there."""
    decider = declaration.decider_id
    return asks_two(declaration) and decider is not None and decider == declaration.approver_id


def _decided(declaration: Declaration, user: User) -> bool:
    """Where nobody is named to decide, whoever of the integrity team did."""
    return declaration.decider_id is None and declaration.decisions.filter(by=user).exists()


def _stands_in(named: int | None, user: User) -> bool:
    """The person named; where nobody is, or the decision is made outside the register, the integrity team."""
    return named == user.person_id if named else may(user, Permission.SEE_DECLARATIONS)


def _check_not_their_own(declaration: Declaration, user: User) -> None:
    """Nobody decides on, or approves the plan of, their own declaration (domain.md 8.5 rule 12)."""
    if declaration.person_id is not None and declaration.person_id == user.person_id:
        raise NotYours("Nobody decides on their own declaration")
    if declaration.for_organisation and declaration.recorded_by_id == user.pk and not declaration.decider_id:
        raise NotYours("Nobody decides on a declaration that they recorded, unless the table of routes names them")


def check_may_draft_plan(declaration: Declaration, user: User) -> None:
    """Whoever decides drafts the plan, or the integrity team; never the declarant. Not once it is approved."""
    _check_ours(declaration, user)
    _check_not_their_own(declaration, user)
    if declaration.approver_id == user.person_id and not has_to_pass_approval(declaration):
        raise NotYours("You approve this plan, so somebody else writes it, or approves it instead")
    if declaration.decider_id != user.person_id and not may(user, Permission.SEE_DECLARATIONS):
        raise NotYours(f"{declaration.decider or 'The integrity team'} drafts the plan")
    if declaration.status not in (DeclarationStatus.MANAGEABLE, DeclarationStatus.PLAN_DRAFTED):
        raise NotNow(f"It stands at “{declaration.get_status_display()}”: no plan is drafted now")


def check_may_pass_approval(declaration: Declaration, user: User) -> None:
    """Whoever approves it, or the integrity team, names somebody else; never the declarant. Until it is approved."""
    _check_ours(declaration, user)
    _check_not_their_own(declaration, user)
    if declaration.approver_id != user.person_id and not may(user, Permission.SEE_DECLARATIONS):
        raise NotYours(f"{declaration.approver or 'The integrity team'} approves the plan")
    if declaration.status not in (*WAITING, DeclarationStatus.MANAGEABLE, DeclarationStatus.PLAN_DRAFTED):
        raise NotNow(f"It stands at “{declaration.get_status_display()}”: nothing is to be approved")


def check_may_review(declaration: Declaration, user: User) -> None:
    """Whoever decides reviews the plan, or who sees that it is kept, or the integrity team; never the declarant."""
    _check_ours(declaration, user)
    _check_not_their_own(declaration, user)
    open_now = declaration.status in (DeclarationStatus.PLAN_APPROVED, DeclarationStatus.MONITORING)
    plan = declaration.plans.in_force().first() if open_now else None
    if plan is None:
        raise NotNow(f"It stands at “{declaration.get_status_display()}”: there is no plan in force to review")
    theirs = user.person_id in (declaration.decider_id, plan.monitored_by_id)
    if not theirs and not may(user, Permission.SEE_DECLARATIONS):
        raise NotYours(f"{declaration.decider or 'The integrity team'} reviews the plan")


def check_may_record_not_kept(declaration: Declaration, user: User) -> None:
    """Whoever decides, or who sees that the plan in force is kept, says that it was not; never the declarant."""
    plan = declaration.plans.in_force().first()
    if plan is None or plan.monitored_by_id != user.person_id:
        check_may_step(declaration, STEPS["not_kept"], user)
        return
    _check_ours(declaration, user)
    _check_not_their_own(declaration, user)
    if declaration.status not in STEPS["not_kept"].sources:
        raise NotNow(f"It stands at “{declaration.get_status_display()}”: this step is not open now")


def check_may_take_plan_step(step: PlanStep, user: User) -> None:
    """Its owner says that a step is done, or who decides, or the integrity team. Of a plan in force, once."""
    declaration = step.plan.declaration
    if declaration.agency_id != user.agency.pk:
        raise NotYours("This plan belongs to another agency")
    theirs = user.person_id in (step.owner_id, declaration.decider_id)
    if not theirs and not may(user, Permission.SEE_DECLARATIONS):
        raise NotYours(f"{step.owner} does this")
    if step.done_on:
        raise NotNow(f"It is marked as done on {nz_date(step.done_on)} already")
    if step.plan.approved_at is None or step.plan.ended_on:
        raise NotNow("The plan is not in force")


def check_may_record_conversation(person: Person, user: User, on: date) -> None:
    """Their manager, their manager's manager, and the integrity team record a conversation with somebody here."""
    if person.agency_id != user.agency.pk:
        raise NotYours(f"{person} does not belong to {user.agency}")
    if person.pk == user.person_id:
        raise NotYours("A conversation takes two: your manager records the one with you")
    if not may(user, Permission.SEE_DECLARATIONS) and user.who not in (above(person, 1, on), above(person, 2, on)):
        raise NotYours(f"{person} does not report to you: their manager records the conversation")


def decides_outside(declaration: Declaration) -> bool:
    """Whether the decision is made outside the register: the integrity team records it."""
    return bool(declaration.route) and ROUTES[declaration.route].decides == OUTSIDE and declaration.decider_id is None


def check_can_submit(declaration: Declaration) -> None:
    """It says something, and everything from last time is answered. Raises NotReady with what is missing."""
    if reasons := list(what_is_missing(declaration)):
        raise NotReady(reasons)


def what_is_missing(declaration: Declaration) -> Iterator[str]:
    """What keeps a draft from being submitted, a sentence each."""
    declared = list(declaration.declared.all())
    for one in declared:
        if one.standing == Standing.ASKED:
            yield f"Say whether “{one.named_as}” is still the same"
    current = [one for one in declared if one.standing != Standing.ENDED]
    if declaration.said == Said.SILENT:
        yield "Say what there is to declare, or that there is nothing"
    if declaration.said == Said.NIL and current:
        yield "You declare an interest: say that there is something to declare, or that it has ended"
    if declaration.said == Said.INTERESTS and not declared:
        yield "Add the interest you have, or say that there is nothing to declare"
    if declaration.recorded_by_id and not (declaration.document and declaration.document_on and declaration.spoken_by):
        yield "Say who speaks for them, in which document, and its date"
