"""Tell a variation of one arrangement of the story: started, edited, and taken as far as the story goes."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.section import section_values, update_section
from agreements.actions.variation import start_variation, take_variation_step
from agreements.choices import Answer
from agreements.digest import digest
from agreements.models import Agreement
from agreements.sections import IN_VARIATION
from people.models import User

Soon = Callable[[], AbstractContextManager[datetime]]


def vary(agreement: Agreement, told: Mapping[str, Any], *, by: User, now: datetime, soon: Soon) -> Agreement:
    """Start it at ``now`` and edit it a few minutes later; ``told`` holds why, answers and provisions put right."""
    varied = start_variation(
        agreement=agreement,
        why=told["why"],
        kind=told.get("kind", "change"),
        ends_on=told.get("ends_on"),
        by=by,
        now=now,
    )
    for section in IN_VARIATION:
        answers = {name: told["answers"][name] for name in section.fields if name in told.get("answers", {})}
        if answers:
            seen = section_values(varied, section)
            with soon():
                update_section(agreement=varied, section=section, values=seen | answers, seen=digest(seen), by=by)
    _put_right(varied, told.get("provisions", {}), by, soon)
    return varied


def _put_right(varied: Agreement, clauses: Mapping[str, str], by: User, soon: Soon) -> None:
    """Provisions that now stand in the document, each with its clause."""
    if not clauses:
        return
    stand = provision_values(varied)
    present = {"answer": Answer.PRESENT.value, "why_absent": ""}
    answers = stand | {code: stand[code] | present | {"clause": clause} for code, clause in clauses.items()}
    with soon():
        save_provisions(agreement=varied, answers=answers, seen=provisions_digest(varied), by=by)


def step_on(varied: Agreement, name: str, why: str, *, by: User, now: datetime) -> Agreement:
    """Take one step with the variation."""
    return take_variation_step(agreement=varied, step=name, by=by, now=now, reason=why)
