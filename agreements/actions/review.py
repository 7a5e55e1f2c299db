"""Record that an agreement was reviewed, and that one of its provisions was used."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.actions.evidence import check_evidence
from agreements.choices import ReviewOutcome
from agreements.models import EVIDENCE_FIELDS, Agreement, Exercise, Review
from agreements.policies.agreement import check_may_edit
from people.models import User
from records.acting import action

REVIEW_FIELDS = ("done_on", "outcome", "findings", "gmc_considered", "next_due_on", *EVIDENCE_FIELDS)
EXERCISE_FIELDS = ("code", "on", "found", "evidence_note", *EVIDENCE_FIELDS)
GOES_ON = (ReviewOutcome.KEEP, ReviewOutcome.VARY)


@action
def record_review(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> Review:
    """Record a review that was done; the agreement's next review becomes the one it names, or none.

    Raises ValidationError naming the field, NotYours, NotNow, NotPermitted.
    """
    with changing(agreement, by) as locked:
        check_may_edit(locked, by)
        review = Review(agreement=locked, due_on=locked.review_due_on, by=by, at=now)
        _fill(review, REVIEW_FIELDS, values, by)
        _check_days(review, localdate(now))
        check_and_save(review)
        locked.review_due_on = review.next_due_on
        locked.save()
    return review


@action
def record_exercise(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> Exercise:
    """Record that a provision was used: an audit made, a confirmation asked for, an undertaking called in.

    Raises ValidationError naming the field, NotYours, NotNow, NotPermitted.
    """
    with changing(agreement, by) as locked:
        check_may_edit(locked, by)
        exercise = Exercise(agreement=locked, by=by, at=now)
        _fill(exercise, EXERCISE_FIELDS, values, by)
        _check_has_come("on", exercise.on, localdate(now))
        check_and_save(exercise)
    return exercise


def keep_exercise(*, agreement: Agreement, by: User, now: datetime, **values: Any) -> Exercise:
    """Write that a provision was used, inside an action that locked the agreement and checked who acts.

    Raises ValidationError naming the field.
    """
    exercise = Exercise(agreement=agreement, by=by, at=now, **values)
    check_and_save(exercise)
    return exercise


def _fill(row: Review | Exercise, names: Iterable[str], values: Mapping[str, Any], by: User) -> None:
    for name in names:
        if name in values:
            setattr(row, name, values[name])
    check_evidence(row.evidence, row.agreement, by)


def _check_days(review: Review, today: date) -> None:
    _check_has_come("done_on", review.done_on, today)
    if review.next_due_on is None and review.outcome in GOES_ON:
        raise refuse("next_due_on", "It goes on: say when it is looked at next")
    if review.next_due_on is not None and review.next_due_on <= review.done_on:
        raise refuse("next_due_on", "The next review comes after this one")


def _check_has_come(field: str, day: date, today: date) -> None:
    if day > today:
        raise refuse(field, "This day lies in the future: record it when it has happened")
