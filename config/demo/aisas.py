"""The real approved information sharing agreements as public facts (agreements/data says how sure each is)."""

from datetime import date, datetime
from typing import Any

from agreements.actions.agreement import record_existing
from agreements.actions.row import add_row, remove_row
from agreements.actions.status import perform
from agreements.models import Agreement
from agreements.reference_data import rows
from agreements.rows import KINDS
from assurance.actions.approval import save_approval
from config.demo.calendar import Clock
from config.demo.teller import Stage
from people.models import User

RECORDED = -420  # days from today
REVOKED = {"Disclosure of information to New Zealand Police about serious crime": date(2020, 10, 1)}


class PublicRecord:
    """One agreement of the public record, waiting to be recorded as an arrangement of other agencies."""

    def __init__(self, stage: Stage, row: dict[str, str], by: User) -> None:
        self.stage, self.row, self.by = stage, row, by
        self.clock = Clock(stage.now, row["name"])
        self.begins = self.clock.on(RECORDED)

    def tell(self) -> None:
        """Record it with its parties; the public record says no more."""
        with self.stage.door.at(self.begins):
            agreement = _record(self.row, self.by, self.begins)
            _parties(self.stage, agreement, self.row, self.by)
            _approval(self.stage, agreement, self.row, self.by, self.begins)
            perform(agreement=agreement, step="complete_recording", by=self.by, now=self.begins)


def public_record(stage: Stage, by: User) -> list[PublicRecord]:
    """Every row of the file."""
    return [PublicRecord(stage, row, by) for row in rows("approved_information_sharing_agreements.csv")]


def _record(row: dict[str, str], by: User, now: datetime) -> Agreement:
    ended = next((day for start, day in REVOKED.items() if row["name"].startswith(start)), None)
    return record_existing(
        values=_values(row),
        status="ended" if ended else "signed",
        by=by,
        now=now,
        ended_on=ended,
        reason=f"Public record, not an arrangement of this agency. Confidence: {row['confidence']}",
    )


def _values(row: dict[str, str]) -> dict[str, Any]:
    start = date.fromisoformat(row["in_force_on"]) if row["in_force_on"] else None
    return {
        "title": row["name"][:200],
        "known_as": "AISA, public record",
        "kind": "aisa",
        "classification": "unclassified",
        "recorded_from": f"{row['confidence'].capitalize()}: {row['order_reference']}"[:300],
        "purpose": f"{row['public_service']}.",
        "service": row["public_service"][:300],
        "permitted_uses": f"Information: {row['information']}.",
        "benefits": f"Source: {row['source']}",
        "personal_information": "yes",
        "outside_state_services": "no",
        "public_service": "yes",
        "exclusion": "aisa",
        "exclusion_reference": row["order_reference"][:200],
        "instrument": row["order_reference"][:200],
        "binding": "yes",
        "starts_on": start,
        "notice_where": row["online_address"],
    }


def _approval(stage: Stage, agreement: Agreement, row: dict[str, str], by: User, now: datetime) -> None:
    """What the public record says of its Order, and no more: how sure it is stands with the agreement."""
    made_on = date.fromisoformat(row["made_on"]) if row["made_on"] else None
    values = {
        "lead": stage.find(row["lead_agency"]) if row["lead_agency"] else None,
        "order": row["order_reference"][:200],
        "order_on": made_on,
        "address": row["online_address"],
        "public_services": row["public_service"],
        "information": row["information"],
    }
    save_approval(agreement=agreement, values=values, by=by, now=now)


def _parties(stage: Stage, agreement: Agreement, row: dict[str, str], by: User) -> None:
    """Those of the public record instead of the agency that keeps it."""
    own = agreement.terms_now.parties.get()
    for name in filter(None, (part.strip() for part in row["parties"].split(";"))):
        if name.startswith("added parties"):
            continue
        body = stage.find(name, kind="other", state_services="yes", source="Order in Council", confidence="uncertain")
        role = "lead" if name == row["lead_agency"] else "exchanges"
        add_row(agreement=agreement, kind=KINDS["party"], values={"organisation": body, "role": role}, by=by)
    remove_row(agreement=agreement, kind=KINDS["party"], pk=own.pk, by=by)
