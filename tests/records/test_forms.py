"""Fields that read what people write, and rows that need no script."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from people.models import Agency
from records.forms import DATE_ERROR, NZDateField, PickField, Rows, YesNoUnknownField, plain, silence
from records.words import nz_date
from tests.cast import Cast


class PartyForm(forms.Form):
    """A row."""

    name = forms.CharField()
    role = forms.ChoiceField(choices=[("a", "Lead"), ("b", "Provider")])


PartyRows = forms.formset_factory(PartyForm, formset=Rows, extra=0)
TWO = "p-TOTAL_FORMS=2&p-INITIAL_FORMS=0&p-0-name=Te+Whare&p-0-role=a&p-1-name=Northpoint&p-1-role=b"


@pytest.mark.parametrize(
    "typed",
    [
        "1 July 2025",
        "1 Jul 2025",
        "1/7/2025",
        "01/07/2025",
        "1.7.2025",
        "2025-07-01",
        " 1\N{NO-BREAK SPACE}July  2025 ",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert NZDateField().clean(typed) == date(2025, 7, 1)


@pytest.mark.parametrize("typed", ["July 2025", "31/2/2025", "7/13/2025", "1/7/25", "soon", "1 July", "\N{SNOWMAN}"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=DATE_ERROR):
        NZDateField().clean(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_we_show_can_be_typed_back(day: date) -> None:
    assert NZDateField().clean(nz_date(day)) == day


def test_a_stored_date_is_shown_as_people_write_it() -> None:
    assert NZDateField().prepare_value(date(2025, 7, 1)) == "1 July 2025"
    assert NZDateField().prepare_value("1/7/25") == "1/7/25"


def test_unknown_is_an_answer() -> None:
    assert YesNoUnknownField().clean("unknown") == "unknown"
    with pytest.raises(ValidationError):
        YesNoUnknownField().clean("perhaps")


def test_adding_a_row_keeps_what_was_typed_and_checks_nothing() -> None:
    rows = PartyRows(QueryDict(f"{TWO}&p-add=1"), prefix="p")
    assert not rows.is_valid()
    assert [form["name"].value() for form in rows] == ["Te Whare", "Northpoint", None]
    assert not any(form.errors for form in rows)


def test_removing_a_row_closes_the_gap() -> None:
    rows = PartyRows(QueryDict(f"{TWO}&p-remove=0"), prefix="p")
    assert not rows.is_valid()
    assert [(form["name"].value(), form["role"].value()) for form in rows] == [("Northpoint", "b")]


@pytest.mark.parametrize("row", ["7", "-1", "first", ""])
def test_removing_a_row_that_is_not_there_changes_nothing(row: str) -> None:
    rows = PartyRows(QueryDict(f"{TWO}&p-remove={row}"), prefix="p")
    assert len(rows.forms) == 2
    assert not rows.is_valid()


def test_rows_that_are_saved_are_checked() -> None:
    assert PartyRows(QueryDict(TWO), prefix="p").is_valid()
    assert not PartyRows(QueryDict(TWO.replace("Northpoint", "")), prefix="p").is_valid()


def test_a_silenced_form_shows_what_was_typed() -> None:
    form = PartyForm({"name": "Te Whare"})
    silence(form)
    assert not form.errors
    assert form["name"].value() == "Te Whare"


@pytest.mark.django_db
def test_a_name_is_picked_whatever_its_capitals_and_macrons() -> None:
    agency = Cast().agency

    class PickForm(forms.Form):
        agency = PickField(queryset=Agency.objects.all())

    assert PickForm({"agency": agency.name.upper()}).fields["agency"].clean(f" {agency.name.upper()}") == agency
    wrong = PickForm({"agency": "Ministry of Silence"})
    assert "Nothing is called “Ministry of Silence”" in str(wrong.errors)
    assert f'<option value="{agency.name}">' in str(PickForm(initial={"agency": agency.pk})["agency"])
    assert PickForm(initial={"agency": agency.pk})["agency"].value() == agency.name


def test_plain_text_has_no_macrons() -> None:
    assert plain("  Whānau  TAUTOKO ") == "whanau tautoko"
