"""The assessments, advice and documents of one arrangement of the story."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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

    def keep_documents(self, agreement: Agreement) -> None:
        """Documents, each on its day, in the order of the story; later versions in their own."""
        for said in self.told.get("documents", []):
            self._document(agreement, **said)

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

    def _document(
        self, agreement: Agreement, title: str, kind: str, days: int, readers: str = "ours", **more: Any
    ) -> None:
        name, says = more.get("file", f"{title}.pdf"), more.get("says", [])
        content = paper(name, title, [f"{agreement.reference}  {agreement.title}", *says])
        now = self.clock.on(days)
        values = {"title": title, "kind": kind, "readers": readers}
        with self.door.at(now):
            made = add_document(agreement=agreement, values=values, name=name, content=content, by=self.author, now=now)
        self._next_version(made, name, more)

    def _next_version(self, made: Document, name: str, more: Mapping[str, Any]) -> None:
        if "next" not in more:
            return
        days, note = more["next"]
        now = self.clock.on(days)
        with self.door.at(now):
            content = paper(name, f"{made}, version 2", [*more.get("says", []), note])
            add_version(document=made, name=name, content=content, note=note, by=self.author, now=now)

    @contextmanager
    def _soon(self) -> Iterator[datetime]:
        moment = self.clock.soon()
        with self.door.at(moment):
            yield moment
