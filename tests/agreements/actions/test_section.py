"""Saving a section writes what differs, judges what was asked, and nothing else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from agreements.actions.section import section_values, update_section
from agreements.choices import Status
from agreements.digest import digest
from agreements.models import Agreement, Terms
from agreements.sections import BY_NAME, OF_FIELD
from records.models import Recorded
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def save(agreement: Agreement, cast: Cast, section: str, **answers: object) -> None:
    """Save the section with these answers changed."""
    now = section_values(agreement, BY_NAME[section])
    update_section(
        agreement=agreement, section=BY_NAME[section], values=now | answers, seen=digest(now), by=cast.privacy_officer
    )


def test_only_the_record_that_differs_is_written() -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    own, terms = agreement.history.count(), agreement.terms_now.history.count()
    save(agreement, cast, "safeguards", safeguards="Encrypted")
    assert (agreement.history.count(), agreement.terms_now.history.count()) == (own, terms + 1)


def test_a_save_without_a_change_leaves_no_trace() -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    own, terms = agreement.history.count(), agreement.terms_now.history.count()
    save(agreement, cast, "purpose")
    assert (agreement.history.count(), agreement.terms_now.history.count()) == (own, terms)


def test_dates_out_of_order_are_refused_with_a_sentence() -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        save(agreement, cast, "dates", starts_on=date(2026, 7, 1), ends_on=date(2026, 6, 30))


@pytest.mark.parametrize("model", [Agreement, Terms])
def test_no_rule_spans_two_sections(model: type[Recorded]) -> None:
    """So judging the answers of one section is enough: see actions/section.py."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
    assert len(rules) >= 5
    for rule in rules:
        named = {str(leaf[0]).split("__")[0] for leaf in rule.condition.flatten() if isinstance(leaf, tuple)}
        assert len({OF_FIELD[name].name for name in named if name in OF_FIELD}) <= 1, rule.name
