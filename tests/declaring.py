"""Declarations that reached their state by real actions: no test starts from an impossible one."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse

from conflicts.actions.decision import Verdict, decide
from conflicts.actions.declaration import declare_interest, say, start_declaration, submit_declaration
from conflicts.actions.keeping import record_not_kept
from conflicts.actions.plan import acknowledge_plan, approve_plan, draft_plan
from conflicts.actions.step import escalate, perform
from conflicts.choices import Capacity, DeclarationStatus, Occasion, Outcome, Said
from conflicts.models import Declaration, DeclaredInterest
from people.actions.placement import place
from people.models import User
from people.roles import Role
from tests.cast import NOW, TODAY, Cast

D = DeclarationStatus
INTEREST = {"kind": "family", "named_as": "Te Whare Tautoko", "says": "My sister manages it", "connected": "My sister"}
PLAN = {"risk": "The evaluation could be seen as partial", "options": ["exclude"], "review_on": date(2026, 12, 1)}
PATH: dict[DeclarationStatus, tuple[str, ...]] = {
    D.DRAFT: (),
    D.SUBMITTED: ("submit",),
    D.ASSESSING: ("submit", "take_up"),
    D.RETURNED: ("submit", "send_back"),
    D.ESCALATED: ("submit", "escalate"),
    D.NO_CONFLICT: ("submit", "none"),
    D.MANAGEABLE: ("submit", "manageable"),
    D.UNMANAGEABLE: ("submit", "unmanageable"),
    D.PLAN_DRAFTED: ("submit", "manageable", "draft_plan"),
    D.PLAN_APPROVED: ("submit", "manageable", "draft_plan", "approve_plan"),
    D.MONITORING: ("submit", "manageable", "draft_plan", "approve_plan", "acknowledge"),
    D.NON_COMPLIANT: ("submit", "manageable", "draft_plan", "approve_plan", "acknowledge", "not_kept"),
    D.CLOSED: ("submit", "none", "close"),
    D.WITHDRAWN: ("withdraw",),
}


@dataclass
class Team:
    """A member of staff, their manager, and the manager's manager, of one cast's agency."""

    cast: Cast
    _made: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("second", "manager", "staff"):
            self._made[name] = self.cast.user(Role.STAFF_MEMBER, f"Ana {name.title()}")
        by = self.cast.administrator
        place(person=self.manager.who, on=date(2024, 1, 1), by=by, manager=self.second.who)
        place(person=self.staff.who, on=date(2024, 1, 1), by=by, manager=self.manager.who)

    @classmethod
    def around(cls, team: "Team", staff: User) -> "Team":
        """The same team with somebody else in it who declares."""
        other = cls.__new__(cls)
        other.cast, other._made = team.cast, team._made | {"staff": staff}
        return other

    def member(self, name: str) -> User:
        """One more person who reports to the manager."""
        user = self.cast.user(Role.STAFF_MEMBER, name)
        place(person=user.who, on=date(2024, 1, 1), by=self.cast.administrator, manager=self.manager.who)
        return user

    @cached_property
    def staff(self) -> User:
        """Who declares."""
        return self._made["staff"]

    @cached_property
    def manager(self) -> User:
        """Who decides."""
        return self._made["manager"]

    @cached_property
    def second(self) -> User:
        """Who approves the plan."""
        return self._made["second"]


def draft_of(user: User, **values: Any) -> Declaration:
    """A draft of the user's own."""
    given = {"capacity": Capacity.STAFF, "occasion": Occasion.ANNUAL} | values
    return start_declaration(values=given, person=user.who, by=user, now=NOW)


def nil_of(user: User, **values: Any) -> Declaration:
    """A submitted declaration of nothing."""
    draft = draft_of(user, **values)
    say(declaration=draft, said=Said.NIL, by=user)
    return submit_declaration(declaration=draft, by=user, now=NOW)


def with_interest(declaration: Declaration, by: User, **values: Any) -> DeclaredInterest:
    """The draft with an interest declared."""
    return declare_interest(declaration=declaration, values=INTEREST | values, by=by)


def verdicts_on(declaration: Declaration, outcome: Outcome) -> list[Verdict]:
    """The same verdict about everything declared."""
    kind = "" if outcome == Outcome.NONE else "perceived"
    rows: list[DeclaredInterest | None] = list(declaration.declared.exclude(standing="ended"))
    return [Verdict(outcome, "An outsider would think so", row, kind) for row in rows or [None]]


def declaration_at(
    status: DeclarationStatus, team: Team, about: dict[str, Any] | None = None, **interest: Any
) -> Declaration:
    """A declaration of the team's member of staff, with one interest, that came to the status step by step."""
    declaration = draft_of(team.staff, **(about or {}))
    with_interest(declaration, team.staff, **interest)
    for step in PATH[status]:
        take(declaration, step, team)
        declaration = Declaration.objects.get(pk=declaration.pk)
    return declaration


def take(declaration: Declaration, step: str, team: Team) -> None:
    """Take one step as whoever takes it."""
    if step == "submit":
        submit_declaration(declaration=declaration, by=team.staff, now=NOW)
    elif step in Outcome.values:
        verdicts = verdicts_on(declaration, Outcome(step))
        decide(declaration=declaration, verdicts=verdicts, by=team.manager, now=NOW)
    elif step == "draft_plan":
        steps = [{"what": "Leave the panel", "owner": team.staff.who, "due_on": date(2026, 8, 1)}]
        draft_plan(declaration=declaration, values=PLAN, steps=steps, by=team.manager, now=NOW)
    elif step == "approve_plan":
        approve_plan(declaration=declaration, by=team.second, now=NOW)
    elif step == "acknowledge":
        acknowledge_plan(declaration=declaration, by=team.staff, now=NOW)
    elif step == "not_kept":
        values = {"on": TODAY, "what": "They took part in a meeting", "action": "The meeting was held again"}
        record_not_kept(declaration=declaration, values=values, by=team.manager, now=NOW)
    elif step == "escalate":
        escalate(declaration=declaration, to=team.second.who, reason="Too close", by=team.manager, now=NOW)
    else:
        by = team.staff if step in ("withdraw", "reopen") else team.manager
        perform(declaration=declaration, step=step, by=by, now=NOW, reason="For a good reason")


def read(client: Client, user: User, declaration: Declaration) -> Client:
    """The browser signed in as somebody who has said what they open the declaration for."""
    client.force_login(user)
    client.post(reverse("conflicts:purpose", args=[declaration.code]), {"purpose": "other", "other": "My part in it"})
    return client
