"""The assessments, advice and documents of one arrangement of the story."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.advice import add_advice
from agreements.actions.assessment import make_final, start_assessment
from agreements.actions.document import add_document, add_version
from agreements.assessment_kinds import BY_NAME
from agreements.models import Agreement, Document
from config.demo.calendar import Clock
from config.demo.paper import paper
from config.demo.people import Cast
from people.models import User
from records.moment import Door

AGAIN_AFTER = {"low": 1095, "medium": 730, "high": 365, "critical": 365}  # days, by the risk that remains


@dataclass
class Evidence:
    """Tells it through the real actions, each at its moment behind the open door."""

    told: Mapping[str, Any]
    cast: Cast
    door: Door
    clock: Clock
    author: User
    kept: set[tuple[int, str]] = field(default_factory=set)

    def assess(self, agreement: Agreement) -> None:
        """Assessments and advice, before the arrangement goes on; existing ones have none."""
        if self.told.get("existing"):
            return
        for kind, said in self.told.get("assessments", {}).items():
            self._assess(agreement, kind, dict(said))
        for said in self.told.get("advice", []):
            with self._soon() as now:
                on = localdate(now)
                add_advice(agreement=agreement, values=said | {"given_on": on}, by=self.author, now=now, on=on)

    def keep_documents(self, agreement: Agreement, before: int = 1) -> None:
        """The documents and later versions whose day comes before that many days from today, each once."""
        due = sorted((one for one in self._pending() if one[0] < before), key=lambda one: one[0])
        for days, title, told in due:
            self.kept.add((days, title))
            now = self.clock.on(days)
            with self.door.at(now):
                self._keep(agreement, title, told, now, days)

    def _pending(self) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
        for told in self.told.get("documents", []):
            for days in (told["days"], *told.get("next", [])[:1]):
                if (days, told["title"]) not in self.kept:
                    yield days, told["title"], told

    def _keep(self, agreement: Agreement, title: str, told: Mapping[str, Any], now: datetime, days: int) -> None:
        name, says = told.get("file", f"{title}.pdf"), told.get("says", [])
        about = f"{agreement.reference}  {agreement.title}"
        if days == told["days"]:
            values = {"title": title, "kind": told["kind"], "readers": told.get("readers", "ours")}
            content = paper(name, title, [about, *says])
            add_document(holder=agreement, values=values, name=name, content=content, by=self.author, now=now)
            return
        note = told["next"][1]
        document = Document.objects.get(agreement=agreement, title=title)
        content = paper(name, f"{title}, version 2", [about, *says, note])
        add_version(document=document, name=name, content=content, note=note, by=self.author, now=now)

    def _assess(self, agreement: Agreement, kind: str, said: dict[str, Any]) -> None:
        draft, accepted_by = said.pop("draft", False), said.pop("accepted_by", "mereana")
        condition = said.pop("condition", "")
        asked = {question.name for question in BY_NAME[kind].questions}
        answers = {name: said.pop(name) for name in list(said) if name in asked}
        with self._soon() as now:
            values: dict[str, Any] = {"answers": answers, "done_on": localdate(now)} | said
            if values.get("residual") in AGAIN_AFTER:
                values |= {"again_on": localdate(now) + timedelta(days=AGAIN_AFTER[values["residual"]])}
            made = start_assessment(agreement=agreement, kind=kind, values=values, by=self.author, now=now)
        if not draft:
            by = self.cast.users[accepted_by] if made.of_kind.accepted else self.author
            with self._soon() as now:
                make_final(assessment=made, by=by, now=now, on=localdate(now), reason=condition)

    @contextmanager
    def _soon(self) -> Iterator[datetime]:
        moment = self.clock.soon()
        with self.door.at(moment):
            yield moment
