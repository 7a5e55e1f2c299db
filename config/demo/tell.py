"""The whole story, in the order of its days."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from agreements.models import Agreement, LegalProvision
from assurance.tick import reassess_all
from config.demo.aisas import PublicRecord, public_record
from config.demo.answering import tell_answers
from config.demo.asking import tell_providers
from config.demo.assuring import tell_assurance
from config.demo.calendar import Clock
from config.demo.contracts import Contracts
from config.demo.deciding import tell_declarations
from config.demo.imported import ImportedSheet
from config.demo.incidents import tell_incidents
from config.demo.matching import tell_matches
from config.demo.organisations import Finder, add_organisations
from config.demo.people import STORY, add_cast
from config.demo.planning import tell_plan
from config.demo.rounds import tell_rounds
from config.demo.stating import tell_statements
from config.demo.suppliers import tell_suppliers
from config.demo.teller import Stage, Teller
from config.demo.yearly import tell_yearly
from people.actions.person import mark_left
from people.models import User
from records.acting import acting
from records.backfill import backfill

BEGAN = 760  # days before today: the first person of the story is entered
WHY = "Demonstration: an invented story, told as if it had happened"


def tell_story(*, by: User, now: datetime) -> int:
    """Tell it as the system user ``by`` and return how many arrangements it has; all of it or nothing."""
    start = now - timedelta(days=BEGAN + 5)
    with transaction.atomic(), backfill(by=by, why=WHY, start=start, end=now) as door:
        began = Clock(now, "beginning").on(-BEGAN)
        with acting(by=by, reason=WHY), door.at(began):
            cast = add_cast(by=by, on=localdate(began))
            add_organisations(cast, by=by)
            find = Finder(by)
        stage = Stage(cast, find, door, now, {row.code: row for row in LegalProvision.objects.all()})
        chapters: list[Teller | PublicRecord | ImportedSheet] = [
            *(Teller(stage, told) for told in arrangements()),
            *public_record(stage, cast.users["hinemoa"]),
            ImportedSheet(stage, cast.users["hinemoa"]),
        ]
        # References are given in the order of the days, and history never runs backwards.
        for chapter in sorted(chapters, key=lambda one: one.begins):
            chapter.tell()
        Contracts(stage).tell()
        tell_assurance(stage)
        tell_plan(stage)
        tell_rounds(stage)
        tell_answers(stage)
        tell_declarations(stage)
        tell_matches(stage)
        tell_suppliers(stage)
        tell_incidents(stage)
        tell_yearly(stage)
        tell_providers(stage)
        _somebody_leaves(stage)
        reassess_all(localdate(now))
        tell_statements(stage)
    return Agreement.objects.count()


def arrangements() -> Iterator[dict[str, Any]]:
    """Every arrangement of the story, with what its profile adds where it says nothing itself."""
    for path in sorted(STORY.glob("[0-9]*.toml")):
        with path.open("rb") as file:
            chapter = tomllib.load(file)
        for told in chapter["arrangement"]:
            yield _with_profile(told)


def _profiles() -> dict[str, Any]:
    with (STORY / "profiles.toml").open("rb") as file:
        return tomllib.load(file)


def _with_profile(told: dict[str, Any]) -> dict[str, Any]:
    profile = _profiles().get(told.get("profile", ""), {})
    answers = profile.get("answers", {}) | told.get("answers", {})
    return profile | told | {"answers": answers}


def _somebody_leaves(stage: Stage) -> None:
    """The leaver of the story: what she owned stands on the hand-over list."""
    left = localdate(stage.now) - timedelta(days=12)
    moment = Clock(stage.now, "leaver").on(-12)
    with stage.door.at(moment):
        mark_left(person=stage.cast.people["helen"], left_on=left, by=stage.cast.users["kevin"], on=left)
