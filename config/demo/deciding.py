"""What people of the story declared, what was decided, and the plans: through the real actions, each on its day."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from config.demo.calendar import Clock
from config.demo.people import STORY
from config.demo.teller import Stage, Told
from conflicts.actions.decision import Verdict, decide
from conflicts.actions.declaration import declare_interest, say, start_declaration, submit_declaration
from conflicts.actions.keeping import record_not_kept, review_plan, take_plan_step
from conflicts.actions.plan import acknowledge_plan, approve_plan, draft_plan
from conflicts.actions.staff_conversation import record_staff_conversation
from conflicts.actions.step import escalate, perform
from conflicts.choices import Outcome, Said
from conflicts.models import Declaration, DeclaredInterest
from people.models import User

DAYS = {"since": "starts_on", "stand_down": "stand_down_until"}
VERDICT = ("reasons", "type", "outsider")
OUTSIDE = ("decided_by", "document")
PLAN = ("risk", "options", "why_these", "told", "restricted", "ends_when")


def tell_declarations(stage: Stage) -> None:
    """Everything of story/declarations.toml, once every arrangement stands and before anybody leaves."""
    with (STORY / "declarations.toml").open("rb") as file:
        story = tomllib.load(file)
    for told in story["staff_conversation"]:
        _converse(stage, told)
    for told in story["declaration"]:
        Declaring(stage, told).tell()


def _converse(stage: Stage, told: Told) -> None:
    now = Clock(stage.now, f"conversation with {told['who']}").on(told["day"])
    with stage.door.at(now):
        values = {"on": localdate(now), "outcome": told["outcome"], "note": told.get("note", "")}
        by, person = stage.cast.users[told["by"]], stage.cast.people[told["who"]]
        record_staff_conversation(person=person, values=values, by=by, now=now, today=localdate(now))


@dataclass
class Declaring:
    """Tells one declaration and what came of it."""

    stage: Stage
    told: Told

    def tell(self) -> None:
        """From the draft to where it stands today."""
        clock = Clock(self.stage.now, f"{self.told['who']} {self.told['why']}")
        declarant = self.stage.cast.users[self.told["who"]]
        begun = clock.on(self.told["steps"][0]["day"])
        with self.stage.door.at(begun):
            declaration = self._draft(declarant, begun)
        for step in self.told["steps"]:
            now = clock.soon() if step["do"] == "submit" else clock.on(step["day"])
            by = self.stage.cast.users[step["by"]] if "by" in step else declarant
            act: Callable[..., object] = getattr(self, f"_{step['do']}", self._plainly)
            with self.stage.door.at(now):
                act(Declaration.objects.get(pk=declaration.pk), step, by, now)

    def _draft(self, by: User, now: datetime) -> Declaration:
        values: dict[str, Any] = {"capacity": self.told["as"], "occasion": self.told["why"]}
        values |= {name: self.told[name] for name in ("about", "stage") if name in self.told}
        if "begins" in self.told:
            values["begins_on"] = self._day(self.told["begins"])
        declaration = start_declaration(values=values, person=by.who, by=by, now=now)
        for one in self.told.get("interests", []):
            said = {name: value for name, value in one.items() if name not in DAYS}
            said |= {field: self._day(one[name]) for name, field in DAYS.items() if name in one}
            declare_interest(declaration=declaration, values=said, by=by)
        if not self.told.get("interests"):
            say(declaration=declaration, said=Said.NIL, by=by)
        return declaration

    def _day(self, days: int) -> date:
        return self.stage.today + timedelta(days=days)

    def _submit(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        submit_declaration(declaration=declaration, by=by, now=now)

    def _decide(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        said = {name: step[name] for name in VERDICT if name in step}
        rows: list[DeclaredInterest | None] = [*declaration.declared.all()]
        rows = rows or [None]
        verdicts = [Verdict(Outcome(step["outcome"]), declared=row, **said) for row in rows]
        outside = {name: step[name] for name in OUTSIDE if name in step}
        outside |= {"on": localdate(now) - timedelta(days=2)} if outside else {}
        decide(declaration=declaration, verdicts=verdicts, by=by, now=now, **outside)

    def _write(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        people = self.stage.cast.people
        values = {name: step[name] for name in PLAN if name in step} | {"review_on": self._day(step["review"])}
        values["monitored_by"] = by.who
        steps = [
            {"what": one["what"], "owner": people[one["owner"]], "due_on": self._day(one["due"])}
            for one in step["plan"]
        ]
        draft_plan(declaration=declaration, values=values, steps=steps, by=by, now=now)

    def _approve(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        approve_plan(declaration=declaration, by=by, now=now, conditions=step.get("conditions", ""))

    def _acknowledge(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        acknowledge_plan(declaration=declaration, by=by, now=now)

    def _done(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        taken = declaration.plans.get().steps.order_by("pk")[step["step"]]
        take_plan_step(step=taken, done_on=localdate(now), note=step["note"], by=by, on=localdate(now))

    def _review(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        values = {name: step[name] for name in ("finding", "note")}
        values |= {"on": localdate(now), "next_on": self._day(step["next"])}
        review_plan(declaration=declaration, values=values, by=by, now=now)

    def _not_kept(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        values = {"on": localdate(now), "what": step["what"], "action": step["action"]}
        record_not_kept(declaration=declaration, values=values, by=by, now=now)

    def _escalate(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        to = self.stage.cast.people[step["to"]]
        escalate(declaration=declaration, to=to, reason=step["reason"], by=by, now=now)

    def _plainly(self, declaration: Declaration, step: Told, by: User, now: datetime) -> None:
        perform(declaration=declaration, step=step["do"], by=by, now=now, reason=step.get("reason", ""))
