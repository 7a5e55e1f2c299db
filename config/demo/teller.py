"""Tell one arrangement of the story through the real actions, each at its moment behind the open door."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from agreements.actions.agreement import create_agreement, record_existing
from agreements.actions.pause import pause_organisation
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row
from agreements.actions.section import section_values, update_section
from agreements.actions.status import perform
from agreements.checkers import OutsideCheck
from agreements.choices import Answer
from agreements.digest import digest
from agreements.models import Agreement, Document, Flow, LegalProvision, Party
from agreements.provisions import PROVISIONS
from agreements.rows import KINDS
from agreements.sections import SECTIONS, Section
from assurance.actions.approval import save_approval
from config.demo.accepting import accepting
from config.demo.calendar import Clock, day
from config.demo.evidence import Evidence
from config.demo.organisations import Finder
from config.demo.people import Cast
from config.demo.varying import step_on, vary
from conflicts.actions.conversation import record_conversation
from conflicts.choices import ConversationOutcome
from conflicts.choices import Stage as ProcurementStage
from people.models import User
from records.moment import Door

Told = Mapping[str, Any]
DAYS = ("starts_on", "ends_on", "signed_on", "review_due_on", "notice_on", "maori_engaged_on")
PEOPLE = ("owner", "manager", "senior_owner", "technical_adviser", "security_officer")
WHO_TALKED = "Our contract manager and their manager"
FLAGS = ("children", "health", "maori")


@dataclass
class Stage:
    """What telling needs: the cast, the organisations, the library, the open door and the day."""

    cast: Cast
    find: Finder
    door: Door
    now: datetime
    library: dict[str, LegalProvision] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day the story is told."""
        return timezone.localdate(self.now)


class Teller:
    """Tells one arrangement; ``told`` is its table of the story."""

    def __init__(self, stage: Stage, told: Told) -> None:
        self.stage, self.told = stage, told
        self.author: User = stage.cast.users[told["author"]]
        self.clock = Clock(stage.now, told["title"])
        self.begins = self.clock.on(told["made"])
        self.parties: dict[str, Party] = {}

    def tell(self) -> Agreement:
        """From its first day to where it stands today."""
        agreement = self._begin()
        self.parties = {self.author.agency.code: agreement.terms_now.parties.select_related("organisation").get()}
        self._add_rows(agreement)
        for section in SECTIONS:
            self._answer(agreement, section)
        self._provisions(agreement)
        self._duties(agreement)
        evidence = Evidence(self.told, self.stage.cast, self.stage.door, self.clock, self.author)
        evidence.assess(agreement)
        for step in self.told.get("steps", []):
            evidence.keep_documents(agreement, before=step[2])
            self._show_provisions(agreement)
            self._step(agreement, *step)
        evidence.keep_documents(agreement)
        return agreement

    @contextmanager
    def _soon(self) -> Iterator[datetime]:
        moment = self.clock.soon()
        with self.stage.door.at(moment):
            yield moment

    def _begin(self) -> Agreement:
        with self.stage.door.at(self.begins):
            if self.told.get("existing"):
                return self._record(self.begins)
            words = {name: self.told[name] for name in ("title", "kind", "purpose")}
            return create_agreement(**words, by=self.author, now=self.begins)

    def _record(self, moment: datetime) -> Agreement:
        own = {name: self.told[name] for name in ("title", "kind", "purpose", "recorded_from")}
        status = self.told["existing"]
        ended = self._plain("ends_on", self.told.get("ended_on")) if status == "ended" else None
        return record_existing(
            values=own
            | {name: self._plain(name, self.told["answers"].get(name)) for name in ("signed_on", "starts_on")},
            status=status,
            by=self.author,
            now=moment,
            ended_on=ended,
            reason=self.told.get("why", ""),
        )

    def _add_rows(self, agreement: Agreement) -> None:
        for row in self.told.get("parties", []):
            self._party(agreement, *row)
        for flow in self.told.get("flows", []):
            self._flow(agreement, **flow)
        for code, note in self.told.get("law", {}).items():
            self._add(agreement, "legal_basis", provision=self.stage.library[code], note=note)
        for who, where in self.told.get("access", []):
            body = self.parties[where].organisation
            self._add(
                agreement, "access_holder", organisation=body, described_as=who, starts_on=agreement.terms_now.starts_on
            )

    def _add(self, agreement: Agreement, kind: str, **values: Any) -> Any:
        with self._soon():
            return add_row(agreement=agreement, kind=KINDS[kind], values=values, by=self.author)

    def _party(self, agreement: Agreement, name: str, role: str, acts_as: str = "unknown", parent: str = "") -> None:
        values: dict[str, Any] = {"organisation": self.stage.find(name), "role": role, "acts_as": acts_as}
        if parent:
            values |= {"parent": self.parties[parent]}
        if not parent:
            values |= {name: self.told[name] for name in ("contact", "breach_contact") if name in self.told}
        if "acknowledged" in self.told:
            values |= {"acknowledged_on": self.clock.on(self.told["acknowledged"]).date()}
        self.parties[name] = self._add(agreement, "party", **values)

    def _flow(self, agreement: Agreement, *, carries: list[list[str]], **told: Any) -> None:
        values = told | {"sender": self.parties[told["sender"]], "receiver": self.parties[told["receiver"]]}
        flow: Flow = self._add(agreement, "flow", **values)
        for name, about, category, identifiability, sensitivity, *flags in carries:
            answers = {flag: "yes" if flag in flags else "no" for flag in FLAGS}
            self._add(
                agreement, "information", flow=flow, name=name, about_whom=about, category=category,
                identifiability=identifiability, sensitivity=sensitivity, **answers,
            )  # fmt: skip

    def _answer(self, agreement: Agreement, section: Section) -> None:
        told = {name: self._plain(name, value) for name, value in self.told.get("answers", {}).items()}
        answers = {name: told[name] for name in section.fields if name in told}
        if not answers:
            return
        current = Agreement.objects.select_related("current_terms").get(pk=agreement.pk)
        values = section_values(current, section)
        with self._soon():
            update_section(
                agreement=current, section=section, values=values | answers, seen=digest(values), by=self.author
            )

    def _plain(self, name: str, value: Any) -> Any:
        if name in DAYS and value is not None:
            return day(value, self.stage.today)
        return self.stage.cast.people[value] if name in PEOPLE and value else value

    def _provisions(self, agreement: Agreement) -> None:
        told = self.told.get("provisions")
        if told is None:
            return
        blank = provision_values(agreement)
        said = {kind.code: _provision(kind.code, number, told) for number, kind in enumerate(PROVISIONS, start=1)}
        answers = {code: said[code] or blank[code] for code in blank}
        with self._soon():
            save_provisions(agreement=agreement, answers=answers, seen=provisions_digest(agreement), by=self.author)

    def _show_provisions(self, agreement: Agreement) -> None:
        """Once its document is kept, the provisions point to its pages."""
        told = dict(self.told.get("shown", {}))
        document = Document.objects.filter(agreement=agreement, title=told.get("document")).first()
        if document is None or agreement.terms_now.provisions.filter(evidence=document).exists():
            return
        on, values = localdate(document.added_at), provision_values(agreement)
        shown = {"document": "", "page": "", "evidence": document, "evidence_on": on}
        answers = {code: values[code] | shown | {"evidence_page": values[code]["page"]} for code in told["codes"]}
        with self._soon():
            seen = provisions_digest(agreement)
            save_provisions(agreement=agreement, answers=values | answers, seen=seen, by=self.author)

    def _duties(self, agreement: Agreement) -> None:
        wanted = {
            (duty, self.parties[name].pk) for duty, names in self.told.get("duties", {}).items() for name in names
        }
        if wanted:
            seen = responsibilities_digest(agreement)
            with self._soon():
                save_responsibilities(agreement=agreement, wanted=wanted, seen=seen, by=self.author)

    def _step(
        self, agreement: Agreement, name: str, who: str, days: int, why: str = "", became: str = "", how: str = ""
    ) -> None:
        if name in ("sign", "vary_sign"):
            self._conversation(agreement, days - 3)
        moment, by = self.clock.on(days), self.stage.cast.users[who]
        with self.stage.door.at(moment):
            if name in ("accept", "withdraw_exception"):
                accepting(agreement, name, why, became, how, by, moment)
                return
            if name == "approval":
                told = dict(self.told["approval"])
                told["lead"] = self.stage.find(told["lead"])
                if "order_on" in told:  # an Order has a day; a matching programme has none
                    told["order_on"] = date.fromisoformat(told["order_on"])
                save_approval(agreement=agreement, values=told, by=by, now=moment)
                return
            if name == "pause":
                pause_organisation(organisation=self.stage.find(became), reason=why, by=by, now=moment)
                return
            if name.startswith("vary"):
                self._vary(agreement, name, why, by, moment)
                return
            perform(
                agreement=agreement, step=name, by=by, now=moment, reason=why, disposal=became, disposal_note=how,
                outside=self._outside() if name == "approve" else None,
            )  # fmt: skip

    def _conversation(self, agreement: Agreement, days: int) -> None:
        """Before a signing people talk with the other side about conflicts; mostly nothing is raised."""
        if self.told["answers"].get("outside_state_services") != "yes":
            return
        moment = self.clock.on(days)
        told = {
            "stage": ProcurementStage.BEFORE_SIGNING,
            "outcome": ConversationOutcome.NOTHING,
            "with_whom": WHO_TALKED,
        }
        with self.stage.door.at(moment):
            values = told | {"on": localdate(moment)}
            record_conversation(agreement=agreement, values=values, by=self.author, now=moment)

    def _vary(self, agreement: Agreement, name: str, why: str, by: User, moment: datetime) -> None:
        if name == "vary":
            told = dict(self.told["variation"])
            told |= {"ends_on": self._plain("ends_on", told.get("ends_on")), "why": why}
            self.varied = vary(agreement, told, by=by, now=moment, soon=self._soon)
        else:
            self.varied = step_on(self.varied, name, why, by=by, now=moment)

    def _outside(self) -> OutsideCheck | None:
        told = self.told.get("outside")
        return OutsideCheck(**told | {"checked_on": day(told["checked_on"], self.stage.today)}) if told else None


def _provision(code: str, number: int, told: Told) -> dict[str, str] | None:
    """Present in the clause of its number, unless the story says that it is absent, not applicable or not answered."""
    if code in told.get("open", []):
        return None
    blank = {"clause": "", "document": "", "page": "", "why_absent": ""}
    for answer in (Answer.ABSENT, Answer.NOT_APPLICABLE):
        if code in told.get(answer.value, {}):
            return blank | {"answer": answer.value, "why_absent": told[answer.value][code]}
    where = {"clause": f"Clause {number + 1}", "document": told["document"], "page": str(2 + number // 3)}
    return blank | where | {"answer": Answer.PRESENT.value}
