"""What a cell says about a provision, and above all what it does not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.imports.answers import code_in, codes_in, looks_answered, read_answer, titled
from agreements.imports.columns import guess, meaning
from agreements.models import Provision
from records.sheets.sheet import Line


@pytest.mark.parametrize(
    ("text", "answer", "where"),
    [
        ("Yes", "present", ""),
        ("x", "present", ""),
        ("✓", "present", ""),
        ("Yes, clause 4.2", "present", "4.2"),
        ("yes - cl 7(b), p 12", "present", "7(b)|12"),
        ("4.2", "present", "4.2"),
        ("Clause 12 and 13", "present", "12 and 13"),
        ("Schedule 2, page 7", "present", "Schedule 2|7"),
        ("s 9 of the deed", "present", "s 9 of the deed"),
        ("Yes (see Ana's email)", "present", ""),
        ("No", "absent", ""),
        ("n", "absent", ""),
        ("Absent", "absent", ""),
        ("not included", "absent", ""),
        ("no - covered by the contract", "absent", ""),
        ("N/A - no personal information", "not_applicable", ""),
    ],
)
def test_what_leaves_no_doubt_is_read(text: str, answer: str, where: str) -> None:
    fields = read_answer(text).fields
    assert fields is not None
    assert fields["answer"] == answer
    clause, _, page = where.partition("|")
    assert (fields.get("clause", ""), fields.get("page", "")) == (clause, page)


@pytest.mark.parametrize(
    "text",
    [
        "partly",
        "see contract",
        "in progress",
        "No. 4",
        "No information may be passed on without consent",
        "Not sure, ask legal",
        "yesterday",
        "30 days' written notice",
        "Section on privacy still to come",
        "Part of it",
        "=1+1",
        "C7",
    ],
)
def test_what_leaves_a_doubt_is_left_to_a_person(text: str) -> None:
    assert read_answer(text).fields is None


def test_why_it_is_absent_is_kept() -> None:
    for text, why in (("no - covered by the contract", "covered by the contract"), ("N/A: one-off", "one-off")):
        fields = read_answer(text).fields
        assert fields is not None
        assert fields["why_absent"] == why


@pytest.mark.parametrize(
    ("piece", "codes"),
    [
        ("C1", ["C1"]),
        ("c.07 Security", ["C7"]),
        ("C1-C4", ["C1", "C2", "C3", "C4"]),
        ("C24 to 30", ["C24", "C25"]),
        ("Training", ["C20"]),
        ("maori data", ["C21"]),
        ("C26", []),
        ("C0", []),
        ("C123", []),
        ("Privacy", []),
    ],
)
def test_codes_and_titles_name_provisions(piece: str, codes: list[str]) -> None:
    assert codes_in(piece) == codes


def test_headings_are_guessed_by_code_or_by_title_over_answers() -> None:
    answers, prose = ["Yes", "No", "cl 4", "n/a"], ["Staff are trained every year by the privacy team of the Trust"] * 4
    lines = [Line(number, [yes, text]) for number, (yes, text) in enumerate(zip(answers, prose, strict=True))]
    assert guess(["Training", "Training"], lines) == {"0": "provision_C20", "1": ""}
    assert meaning("C12 - Assurance") == "provision_C12"
    assert meaning("Provision C3") == "provision_C3"
    assert meaning("Contract number") == "procurement_ref"
    assert meaning("C99") == ""
    assert (code_in("Cost 12"), titled("Reporting")) == ("", "C16")
    assert not looks_answered(["TBC", "", "n/a"])


def test_who_does_what_is_guessed() -> None:
    headings = ["Lead agency", "Breach lead", "Who handles complaints", "Roles and responsibilities", "Who has access"]
    named = ["duty_lead", "duty_breach_lead", "duty_complaints", "responsibilities", "access_holders"]
    assert [meaning(heading) for heading in headings] == named


@given(
    st.one_of(
        st.text(max_size=300),
        st.from_regex(r"(?i)(yes|no|n/a|cl|p|schedule|\\d+)[ ,.:;()\\-–]{0,3}[\\w ().,]{0,80}", fullmatch=True),
    )
)
def test_whatever_stands_in_a_cell_is_read_as_something_that_can_be_kept(text: str) -> None:
    fields = read_answer(text).fields
    if fields is not None:
        Provision(code="C1", **fields).clean_fields(exclude=["terms"])
        assert fields["answer"] != "not_applicable" or fields["why_absent"]
