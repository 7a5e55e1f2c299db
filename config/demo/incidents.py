"""Breaches, concerns and a complaint of the story, through the real actions, each on its day. All of it is invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.models import Agreement
from assurance.actions import breach_kept, breach_told
from assurance.actions.breach import record_breach
from assurance.actions.complaint import give_complaint, note_complaint, record_complaint
from assurance.actions.concern import raise_concern, raise_own_concern
from assurance.actions.concern_handling import acknowledge_concern, close_concern
from assurance.due.concern_tick import concerns_kept
from assurance.provider.receipts import new_receipt
from config.demo.calendar import Clock
from config.demo.teller import Stage
from people.actions.system import system_user

ABOUT = "Printing and posting of letters"  # the agreement that most of it is about
LETTERS = {
    "kind": "breach",
    "title": "Letters about appointments sent to former addresses",
    "what_happened": "The provider posted 38 letters from a list that was a year old. Eleven went to former addresses.",
    "found_how": "A family that lives there now rang the provider and returned a letter unopened.",
    "severity": "moderate",
    "people_affected": 11,
    "contained": "yes",
    "containment": "Nine letters were fetched back unopened. The old list was deleted.",
    "factor_mitigation": "The households were rung the same day and asked not to open what they have.",
    "factor_sensitivity": "The letters say who has an appointment with a counsellor, when and where.",
    "factor_harm": "Two families live apart from somebody they are afraid of, who could learn where they were.",
    "factor_holder": "The people who live at the former addresses now. Two letters were opened.",
}
NEARLY = {
    "kind": "near_miss",
    "title": "Export of a whole region prepared instead of one school",
    "what_happened": "A filter was left out. The second person who checks each export saw it before it left.",
    "found_how": "By the check of a second person before each transfer.",
    "severity": "minor",
    "people_affected": 0,
    "contained": "yes",
}
FRESH = {
    "kind": "breach",
    "title": "Case notes visible to another team for a day",
    "what_happened": "A change of access groups let a team of the provider read case notes that are not theirs.",
    "found_how": "In their weekly look at the access log.",
    "severity": "unknown",
    "contained": "yes",
    "containment": "The group was changed back.",
}


@dataclass
class Incidents:
    """Tells them in the order of their days."""

    stage: Stage

    def tell(self) -> None:
        """A breach notified, a near miss, concerns late and answered, a complaint, a breach whose clock runs."""
        clock = Clock(self.stage.now, "incidents")
        self.officer, self.about = self.stage.cast.users["hinemoa"], self._agreement()
        self._letters(clock)
        self._concern_answered(clock)
        self._complaint(clock)
        self._concern_late(clock)
        self._nearly(clock)
        self._fresh(clock)

    @contextmanager
    def _on(self, clock: Clock, days: int) -> Iterator[datetime]:
        moment = clock.on(days)
        with self.stage.door.at(moment):
            yield moment

    def _agreement(self) -> Agreement | None:
        mine = Agreement.objects.filter(agency=self.stage.cast.agencies["MCW"], status="signed").order_by("pk")
        return mine.filter(title__icontains=ABOUT).first() or mine.first()

    def _record(self, told: dict[str, Any], now: datetime, agency: datetime, provider: datetime | None = None) -> Any:
        aware = {"agency_aware_at": agency, "provider_aware_at": provider, "happened_on": None}
        return record_breach(values=told | aware, agreement=self.about, by=self.officer, now=now)

    def _letters(self, clock: Clock) -> None:
        with self._on(clock, -37) as now:
            made = self._record(LETTERS, now, now - timedelta(hours=2), now - timedelta(hours=27))
        given: dict[str, Any] = {"breach": made, "by": self.officer}
        with self._on(clock, -36) as now:
            why = "Harm to the two families could be serious, and two letters were read."
            breach_told.decide_breach(**given, notifiable=True, reasons=why, now=now)
            breach_told.commissioner_notified(**given, at=now, reference="DEMO-2217", now=now)
        with self._on(clock, -34) as now:
            how = "By telephone, then by letter, each family by somebody they know."
            breach_told.people_notified(**given, at=now, how=how, why_not="", now=now)
        with self._on(clock, -29) as now:
            said = "The provider showed how addresses are now checked against last week's list."
            breach_told.add_breach_step(**given, at=now, said=said, now=now)
            note = "DEMO. The provider checked each address of the week against its list of 1 July, and found no other."
            what, name = "The provider’s note on its addresses", "demo-addresses.txt"
            breach_kept.add_breach_file(**given, what=what, name=name, content=note.encode(), now=now)
            breach_kept.give_breach(**given, owner=self.officer.who, now=now)

    def _concern_answered(self, clock: Clock) -> None:
        with self._on(clock, -28) as now:
            values = {"about": "process", "text": "Our newest provider began before anybody had looked at its answers."}
            made = raise_own_concern(
                values=values, receipt=new_receipt(""), by=self.stage.cast.users["jess"], on=localdate(now)
            )
        with self._on(clock, -26) as now:
            said = "Thank you. Losa looks into it, and you hear from us within three weeks."
            acknowledge_concern(concern=made, said=said, by=self.officer, now=now)
        with self._on(clock, -17) as now:
            answer = "You were right: two answers were missing. They are there now, and nothing starts without them."
            close_concern(concern=made, outcome="put_right", answer=answer, by=self.stage.cast.users["losa"], now=now)

    def _complaint(self, clock: Clock) -> None:
        with self._on(clock, -16) as now:
            values = {
                "received_on": localdate(now), "source": "commissioner", "their_reference": "DEMO-C/4471",
                "theme": "disclosure", "text": "A father says that a letter meant for him went by way of his employer.",
            }  # fmt: skip
            made = record_complaint(values=values, agreement=self.about, by=self.officer, now=now)
            said = "Asked the provider which address they took, and from where."
            note_complaint(complaint=made, said=said, by=self.officer, now=now)
            who = self.officer.who
            give_complaint(complaint=made, owner=who, answer_by=made.answer_by, by=self.officer, now=now)

    def _concern_late(self, clock: Clock) -> None:
        with self._on(clock, -15) as now:
            text = "People outside the agreement can see the shared folder. I told my team leader in March."
            raise_concern(
                agency=self.stage.cast.agencies["MCW"], values={"about": "information", "text": text}, anonymous=True,
                receipt=new_receipt(""), by=system_user("concern"), on=localdate(now),
            )  # fmt: skip
        with self._on(clock, -6) as now:
            concerns_kept(localdate(now))

    def _nearly(self, clock: Clock) -> None:
        with self._on(clock, -5) as now:
            made = self._record(NEARLY, now, now - timedelta(hours=3))
        with self._on(clock, -4) as now:
            lessons = "The check by a second person works. The form now refuses an export without a filter."
            breach_told.close_breach(breach=made, lessons=lessons, by=self.officer, now=now)

    def _fresh(self, clock: Clock) -> None:
        with self._on(clock, 0) as now:
            self._record(FRESH, now, now - timedelta(hours=1), now - timedelta(hours=51))


def tell_incidents(stage: Stage) -> None:
    """Everything of it, once every arrangement stands."""
    Incidents(stage).tell()
