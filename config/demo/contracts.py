"""The contracts of the story, how they are looked after, the reviews, and what colleagues ask of one another."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.comment import add_comment
from agreements.actions.contract import add_contract, link_agreement
from agreements.actions.contract_stage import take_stage_step
from agreements.actions.document import add_document
from agreements.actions.oversight import log_oversight
from agreements.actions.review import record_exercise, record_review
from agreements.actions.set_aside import set_aside
from agreements.actions.subcontractor import add_subcontractor
from agreements.models import Agreement, Contract, Document, Subcontractor
from config.demo.calendar import Clock, day
from config.demo.paper import paper
from config.demo.people import STORY
from config.demo.teller import Stage, Told

DATES = ("starts_on", "ends_on")


@dataclass
class Contracts:
    """Tells story/contracts.toml, once every arrangement stands and before anybody leaves."""

    stage: Stage
    told: dict[str, Contract] = field(default_factory=dict)

    def tell(self) -> None:
        """Everything in the order of the file."""
        with (STORY / "contracts.toml").open("rb") as file:
            story = tomllib.load(file)
        for one in story["contract"]:
            self._contract(one)
        for one in story["review"]:
            self._review(one)
        for one in story["use"]:
            self._use(one)
        for one in story["comment"]:
            self._comment(one)

    def _keep(self, contract: Contract, told: Told) -> None:
        """A document of the contract, on its day; ``aside`` says why it was set aside the day after."""
        clock = Clock(self.stage.now, told["title"])
        by, moment = self.stage.cast.users[told["by"]], clock.on(told["days"])
        name = told.get("file", f"{told['title']}.pdf")
        values = {"title": told["title"], "kind": told["kind"], "readers": "ours"}
        content = paper(name, told["title"], [f"{contract.reference}  {contract.title}", *told.get("says", [])])
        with self.stage.door.at(moment):
            made = add_document(holder=contract, values=values, name=name, content=content, by=by, now=moment)
        if "aside" in told:
            later = clock.on(told["days"] + 1)
            with self.stage.door.at(later):
                set_aside(document=made, reason=told["aside"], by=by, now=later)

    def _contract(self, told: Told) -> None:
        clock, by = Clock(self.stage.now, told["number"]), self.stage.cast.users["hinemoa"]
        values = {name: self._day(value) if name in DATES else value for name, value in told["values"].items()}
        values |= {"reference": told["number"], "title": told["title"], "stage": told["stage"]}
        values |= {"supplier": self.stage.find(told["supplier"]), "manager": self.stage.cast.people[told["manager"]]}
        moment = clock.on(told["recorded"])
        with self.stage.door.at(moment):
            contract = add_contract(values=values, by=by, now=moment)
            for title in told["serves"]:
                link_agreement(contract=contract, agreement=_agreement(title), by=by, now=moment)
            self._under(contract, told.get("under", []))
        self.told[contract.reference] = contract
        for step, days, why in told.get("steps", []):
            self._step(contract, clock, step, days, why)
        for document in told.get("documents", []):
            self._keep(contract, document)
        for kind, days, note, evidence in told["log"]:
            values = {"kind": kind, "note": note} | self._shown(evidence, told.get("documents", []))
            self._log(contract, clock, told["manager"], days, values)

    def _step(self, contract: Contract, clock: Clock, step: str, days: int, why: str) -> None:
        moment, by = clock.on(days), self.stage.cast.users["hinemoa"]
        with self.stage.door.at(moment):
            take_stage_step(contract=contract, step=step, by=by, now=moment, on=localdate(moment), reason=why)

    def _under(self, contract: Contract, rows: list[list[Any]]) -> None:
        known: dict[str, Subcontractor] = {}
        for name, does, starts, *above in rows:
            values = {"organisation": self.stage.find(name), "does": does, "starts_on": self._day(starts)}
            values["parent"] = known[above[0]] if above else None
            by = self.stage.cast.users["hinemoa"]
            known[name] = add_subcontractor(contract=contract, values=values, by=by)

    def _log(self, contract: Contract, clock: Clock, who: str, days: int, values: dict[str, Any]) -> None:
        moment = clock.on(days)
        with self.stage.door.at(moment):
            said = values | {"on": localdate(moment)}
            log_oversight(about=contract, values=said, by=self.stage.cast.users[who], now=moment)

    def _shown(self, evidence: str, kept: list[Told]) -> dict[str, Any]:
        """Evidence as ``Title, page 2`` where the contract keeps that document, else in words."""
        title, _, page = evidence.partition(", page ")
        if title not in {told["title"] for told in kept}:
            return {"evidence_note": evidence}
        return pointing_to(title, page)

    def _review(self, told: Told) -> None:
        moment = Clock(self.stage.now, told["findings"]).on(told["on"])
        values = {"done_on": localdate(moment), "outcome": told["outcome"], "findings": told["findings"]}
        values |= {"gmc_considered": told["considered"], "next_due_on": self._day(told["next"])}
        values |= pointing_to(*told["shown"]) if "shown" in told else {}
        with self.stage.door.at(moment):
            by = self.stage.cast.users[told["by"]]
            record_review(agreement=_agreement(told["agreement"]), values=values, by=by, now=moment)

    def _use(self, told: Told) -> None:
        moment = Clock(self.stage.now, told["found"]).on(told["on"])
        values = {name: told[name] for name in ("code", "found", "evidence_note") if name in told}
        values |= {"on": localdate(moment)} | (pointing_to(*told["shown"]) if "shown" in told else {})
        with self.stage.door.at(moment):
            by = self.stage.cast.users[told["by"]]
            record_exercise(agreement=_agreement(told["agreement"]), values=values, by=by, now=moment)

    def _comment(self, told: Told) -> None:
        moment = Clock(self.stage.now, told["text"]).on(told["on"])
        about = self.told[told["contract"]] if "contract" in told else _agreement(told["agreement"])
        asks, by = self.stage.cast.people[told["asks"]], self.stage.cast.users[told["by"]]
        with self.stage.door.at(moment):
            add_comment(about=about, text=told["text"], assigned_to=asks, by=by, now=moment)

    def _day(self, value: int | str) -> date:
        return day(value, self.stage.today)


def pointing_to(title: str, page: str) -> dict[str, Any]:
    """A page of the document of that title, as evidence."""
    document = Document.objects.get(title=title)
    return {"evidence": document, "evidence_page": page, "evidence_on": localdate(document.added_at)}


def _agreement(title: str) -> Agreement:
    return Agreement.objects.get(title=title)
