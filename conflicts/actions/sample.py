"""Spot checks: draw declarations of a round by chance, so that anybody can draw the same again; keep what is found."""

import random
import secrets
from datetime import datetime

from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save
from conflicts.actions.round import lock_round
from conflicts.errors import NotNow, NotYours
from conflicts.models import DeclarationStep, Round, Sample, SampledDeclaration, SampleResult
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records import bulk
from records.acting import action


@action
def draw_sample(*, round_: Round, size: int, by: User, now: datetime, seed: str = "") -> Sample:
    """Draw so many answered declarations; without a ``seed`` one is made. Raises NotNow, NotPermitted, NotYours."""
    locked = lock_round(round_, by)
    answered = answered_by(locked, now)
    if not 0 < size <= len(answered):
        raise NotNow(
            f"Draw between 1 and {len(answered):,}: so many have answered" if answered else "Nobody has answered"
        )
    sample = Sample(
        round=locked,
        seed=(seed.strip() or secrets.token_hex(8))[:32],
        size=size,
        drawn_from=len(answered),
        by=by,
        at=now,
    )
    check_and_save(sample)
    bulk.create([SampledDeclaration(sample=sample, declaration_id=key) for key in drawn(answered, sample)])
    return sample


def answered_by(round_: Round, at: datetime) -> list[int]:
    """The keys of the declarations that had answered the round by then, in their order: what a sample is drawn from."""
    submitted = DeclarationStep.objects.filter(step="submit", at__lte=at, declaration__invitation__round=round_)
    return sorted(set(submitted.values_list("declaration", flat=True)))


def drawn(answered: list[int], sample: Sample) -> list[int]:
    """What the seed draws from these sorted keys, by Python's random.Random(seed).sample: the same every time."""
    return sorted(random.Random(sample.seed).sample(answered, sample.size))  # noqa: S311 - it is to be repeatable


@action
def keep_result(*, sampled: SampledDeclaration, result: str, note: str, by: User, now: datetime) -> SampledDeclaration:
    """Keep what the check of one declaration found. Raises NotYours, NotPermitted, ValidationError."""
    check_may(by, Permission.RUN_ROUNDS)
    locked = SampledDeclaration.objects.select_for_update(of=("self",), no_key=True).get(pk=sampled.pk)
    locked = SampledDeclaration.objects.select_related("sample__round", "declaration").get(pk=locked.pk)
    if locked.sample.round.agency_id != by.agency.pk:
        raise NotYours("This sample belongs to another agency")
    if locked.declaration.person_id == by.person_id:
        raise NotYours("Nobody checks their own declaration: let somebody else do it")
    locked.result, locked.note = result, note.strip()
    looked = result != SampleResult.OPEN
    locked.checked_by, locked.checked_on = (by, localdate(now)) if looked else (None, None)
    check_and_save(locked)
    return locked
