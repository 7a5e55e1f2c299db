"""Fields that read what people write."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from people.models import Agency
from records.forms import DATE_ERROR, NZDateField, NZMomentField, PickField, YesNoUnknownField, plain
from records.words import nz_date
from tests.cast import Cast


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


@pytest.mark.parametrize(
    "typed",
    ["July 2025", "31/2/2025", "7/13/2025", "1/7/25", "soon", "1 July", "\N{SNOWMAN}", "1/1/0001", "31/12/0999"],
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=DATE_ERROR):
        NZDateField().clean(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_we_show_can_be_typed_back(day: date) -> None:
    assert NZDateField().clean(nz_date(day)) == day


def test_a_moment_before_every_calendar_is_refused_and_not_left_to_the_database() -> None:
    with pytest.raises(ValidationError, match=DATE_ERROR):
        NZMomentField().clean("1/1/0001, 0:05")


def test_a_stored_date_is_shown_as_people_write_it() -> None:
    assert NZDateField().prepare_value(date(2025, 7, 1)) == "1 July 2025"
    assert NZDateField().prepare_value("1/7/25") == "1/7/25"


def test_unknown_is_an_answer() -> None:
    assert YesNoUnknownField().clean("unknown") == "unknown"
    with pytest.raises(ValidationError):
        YesNoUnknownField().clean("perhaps")


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


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("1 July 2025, 4.12 pm", (2025, 7, 1, 16, 12)),
        ("1/7/2025 16:12", (2025, 7, 1, 16, 12)),
        ("2025-07-01 12.05 AM", (2025, 7, 1, 0, 5)),
        ("1 July 2025, 11 am", (2025, 7, 1, 11, 0)),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed: str, wanted: tuple[int, ...]) -> None:
    moment = localtime(NZMomentField().clean(typed))
    assert (moment.year, moment.month, moment.day, moment.hour, moment.minute) == wanted
    assert NZMomentField().clean(NZMomentField().prepare_value(moment)) == moment


@pytest.mark.parametrize("typed", ["1 July 2025", "4.12 pm", "1 July 2025 25:00", "1 July 2025 13 pm", "now", "9.5"])
def test_a_moment_without_day_or_hour_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter"):
        NZMomentField().clean(typed)
