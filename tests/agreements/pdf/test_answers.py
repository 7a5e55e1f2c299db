"""The single answers of the terms in the words of the PDF: whatever was answered is said, whatever was not as well."""

from datetime import date
from typing import Any

import pytest

from agreements.choices import NoticeException
from agreements.models import Terms
from agreements.pdf.answers import automated, maori, people, purpose, safeguards
from records.words import NOT_RECORDED


def told(facts: list[tuple[str, str]]) -> dict[str, str]:
    """By the words of the question; no-break spaces as plain ones."""
    return {term: value.replace("\xa0", " ") for term, value in facts}


def terms(**answers: Any) -> Terms:
    return Terms(**answers)


def test_nothing_answered_is_said_everywhere() -> None:
    blank = terms()
    assert told(safeguards(blank))["How it is kept safe"] == NOT_RECORDED
    assert told(people(blank))["Why it is necessary"] == NOT_RECORDED
    assert told(purpose(blank))["What it is for"] == NOT_RECORDED


def test_overseas_says_where_and_on_what_ground() -> None:
    abroad = told(safeguards(terms(overseas="yes", overseas_countries="Australia", breach_hours=24)))
    assert "Yes: Australia. Ground: " in abroad["Outside New Zealand"]
    assert abroad["Breach to be told within"] == "24 hours"
    unsaid = told(safeguards(terms(overseas="yes")))["Outside New Zealand"]
    assert "countries not recorded" in unsaid
    assert told(safeguards(terms(overseas="no")))["Outside New Zealand"] == "No"


def test_maori_data_names_who_was_engaged_and_what_came_of_it() -> None:
    facts = told(
        maori(
            terms(
                maori_data="yes", maori_engaged="Ngāti Toa", maori_engaged_on=date(2026, 7, 1), maori_outcome="Agreed",
                maori_governance="A joint board", maori_conditions="No research",
            )
        )
    )  # fmt: skip
    assert facts["Engaged"] == "Ngāti Toa, 1 July 2026"
    assert (facts["What came of it"], facts["Who governs it"]) == ("Agreed", "A joint board")
    assert facts["Conditions"] == "No research"
    assert told(maori(terms(maori_data="yes")))["Engaged"] == NOT_RECORDED
    assert list(told(maori(terms(maori_data="no")))) == ["Any Māori data"]


def test_a_machine_that_decides_is_named_with_who_checks_it() -> None:
    facts = told(automated(terms(automated="yes", automated_what="Ranks; a person checks each")))
    assert facts["What, and who checks it"] == "Ranks; a person checks each"
    assert list(told(automated(terms(automated="no")))) == ["A machine decides or recommends"]


def test_how_people_are_told_where_others_collected() -> None:
    where = "Collected from somebody else"
    given = terms(
        indirect_collection="yes", notice_by="the Trust", notice_where="its website", notice_on=date(2026, 7, 1)
    )
    assert told(people(given))[where] == "Yes. Notice: the Trust, its website, since 1 July 2026"
    assert told(people(terms(indirect_collection="yes")))[where] == f"Yes. Notice: {NOT_RECORDED}"
    kept = terms(indirect_collection="yes", notice_exception=NoticeException.values[-1])
    assert "Yes; people are not told: " in told(people(kept))[where]
    assert told(people(terms(people_affected=1200)))["People touched in a year"] == "About 1,200"


@pytest.mark.parametrize("text", ["x" * 5_000, "<b>bold</b>", "{{ 7|add:7 }}"])
def test_hostile_answers_are_text(text: str) -> None:
    said = told(purpose(terms(purpose=text)))["What it is for"]
    assert said.startswith(text[:5])
    assert len(said) < 5_000
