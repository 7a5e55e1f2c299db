"""A closed list is judged without asking the database, and kept by the database all the same."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint
from django.test.utils import CaptureQueriesContext

from agreements.choices import Status
from agreements.models import Agreement
from records.acting import acting
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_validating_a_closed_list_asks_nothing_of_the_database() -> None:
    terms = agreement_at(Status.DRAFT, Cast()).terms_now
    lists = [one for one in terms._meta.constraints if type(one).__name__ == "OneOf"]
    assert len(lists) >= 15
    with CaptureQueriesContext(connection) as captured:
        for one in lists:
            one.validate(type(terms), terms)
    assert len(captured) == 0


def test_a_value_that_is_none_of_the_list_is_refused_before_the_save() -> None:
    agreement = agreement_at(Status.DRAFT, Cast())
    agreement.status = "lost"
    with pytest.raises(ValidationError, match="agreement_status_known"):
        agreement.validate_constraints()
    agreement.validate_constraints(exclude={"status"})


def test_the_database_refuses_it_as_well() -> None:
    cast = Cast()
    agreement = Agreement.objects.get(pk=agreement_at(Status.DRAFT, cast).pk)
    agreement.status = "lost"
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=cast.privacy_officer):
        agreement.save()


def test_the_order_of_dates_is_judged_without_the_database_and_like_it() -> None:
    terms = agreement_at(Status.DRAFT, Cast()).terms_now
    rule = next(one for one in terms._meta.constraints if one.name == "terms_end_after_start")
    first, last = date(2026, 7, 1), date(2026, 6, 30)
    with CaptureQueriesContext(connection) as captured:
        for terms.starts_on, terms.ends_on in [(last, first), (first, first), (None, last), (first, None)]:
            rule.validate(type(terms), terms)
        terms.starts_on, terms.ends_on = first, last
        with pytest.raises(ValidationError, match="cannot end before it starts"):
            rule.validate(type(terms), terms)
        rule.validate(type(terms), terms, exclude={"ends_on"})
    assert len(captured) == 0


def test_the_checks_of_a_row_are_asked_in_one_query_and_named_one_by_one_where_one_breaks() -> None:
    terms = agreement_at(Status.DRAFT, Cast()).terms_now
    checks = {one.name for one in terms._meta.constraints if type(one) is CheckConstraint}
    assert len(checks) >= 3
    with CaptureQueriesContext(connection) as captured:
        terms.validate_constraints(exclude={"agreement"})  # without it no unique constraint is asked
    assert sum("_check" in one["sql"] for one in captured) == 1
    terms.cycle_months = 0
    with pytest.raises(ValidationError, match="between 1 and 120"):
        terms.validate_constraints()
    terms.validate_constraints(exclude={"cycle_months"})
