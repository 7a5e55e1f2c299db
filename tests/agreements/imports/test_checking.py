"""Ordinary untidiness, row by row: what is recorded, what is asked, and what is said."""

from datetime import date
from typing import Any

import pytest

from agreements.actions.organisation import add_name
from agreements.choices import Status
from agreements.imports.checking import Raw, Result, check
from agreements.imports.known import load
from agreements.imports.row import Checked
from agreements.models import LegalProvision
from people.actions.person import add_person, mark_left
from people.actions.system import system_user
from records.words import NO_BREAK
from tests.agreements_at import agreement_at, answer, organisation
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
TRUST = "Te Whare Tautoko Trust"


def sheet(cast: Cast, *rows: dict[str, str], **choices: str) -> Result:
    """Check rows given by what their columns mean; every row has a title, a kind and a status unless it says so."""
    columns = dict.fromkeys(["title", "kind", "status", *(name for row in rows for name in row)])
    usual = {"kind": "Deed", "status": "Signed"}
    raws = [
        Raw(number, [({"title": f"Row {number}"} | usual | row).get(name, "") for name in columns], {})
        for number, row in enumerate(rows, start=2)
    ]
    mapping = {str(at): name for at, name in enumerate(columns)}
    return check(raws, mapping, choices, load(cast.privacy_officer), TODAY)


def one(cast: Cast, choices: dict[str, str] | None = None, /, **cells: Any) -> Checked:
    """One row, checked."""
    return sheet(cast, cells, **(choices or {})).rows[0]


def said(row: Checked, level: str = "") -> str:
    found = " | ".join(problem.text for problem in row.problems if level in ("", problem.level))
    return found.replace(NO_BREAK, " ")


# Parties


def test_a_name_like_one_in_the_register_is_asked_about(cast: Cast) -> None:
    body = organisation(TRUST)
    key = "party:te whare tautoko trusst"
    waiting = sheet(cast, {"parties": "Te Whare Tautoko Trusst"})
    assert [question.key for question in waiting.open] == [key]
    assert "waits for your answer: which organisation" in said(waiting.rows[0], "error")
    assert list(one(cast, {key: str(body.pk)}, parties="Te Whare Tautoko Trusst").draft.parties) == [body.pk]
    assert list(one(cast, {key: "new"}, parties="Te Whare Tautoko Trusst").draft.parties) == ["Te Whare Tautoko Trusst"]
    left_out = one(cast, {key: ""}, parties="Te Whare Tautoko Trusst")
    assert (left_out.draft.parties, "is left out, as you decided" in said(left_out)) == ({}, True)


def test_two_bodies_of_one_abbreviation_are_told_apart_by_a_person(cast: Cast) -> None:
    bodies = [organisation("Pacific Health Board"), organisation("Primary Health Branch")]
    for body in bodies:
        add_name(organisation=body, name="PHB", kind="abbreviation", by=system_user("test"))
    question = sheet(cast, {"parties": "PHB"}).open[0]
    assert {value for value, _ in question.options} == {*(str(body.pk) for body in bodies), "new", ""}
    assert list(one(cast, {"party:phb": str(bodies[1].pk)}, parties="PHB").draft.parties) == [bodies[1].pk]


def test_a_new_name_spelt_twice_is_one_body(cast: Cast) -> None:
    rows = [{"parties": "Northpoint Analytics Limited"}, {"parties": "Northpoint Analitics Limited"}]
    question = sheet(cast, *rows).open[0]
    assert question.suggested == "as:Northpoint Analytics Limited"
    result = sheet(cast, *rows, **{question.key: question.suggested})
    assert result.new_names == ["Northpoint Analytics Limited"]


def test_one_party_or_three_is_asked_once(cast: Cast) -> None:
    result = sheet(cast, {"parties": "Smith, Jones and Partners"})
    (question,) = result.open
    assert question.group == "split"
    whole = one(cast, {question.key: "whole"}, parties="Smith, Jones and Partners")
    assert list(whole.draft.parties) == ["Smith, Jones and Partners"]
    split = one(cast, {question.key: "split"}, parties="Smith, Jones and Partners")
    assert len(split.draft.parties) > 1


def test_a_name_that_is_no_name(cast: Cast) -> None:
    assert "names no party: not recorded" in said(one(cast, parties="various"))
    assert "at most 200 are kept" in said(one(cast, parties="x" * 201), "error")
    assert "No other party is named" in said(one(cast, parties=""))


def test_roles_stand_in_the_order_of_the_parties_or_not_at_all(cast: Cast) -> None:
    body = organisation(TRUST)
    given = one(cast, parties=f"{TRUST}; New Body", roles="Receives information; Provides information")
    assert set(given.draft.parties.values()) <= {"receives", "provides", "other"}
    short = one(cast, parties=f"{TRUST}; New Body", roles="Receives")
    assert "1 roles for 2 parties: the roles are not recorded" in said(short)
    assert short.draft.parties[body.pk] == "other"


def test_whose_subcontractor_it_is_must_be_clear(cast: Cast) -> None:
    assert one(cast, parties="A Trust", subcontractors="B Cloud").draft.subcontractors == ["B Cloud"]
    unclear = one(cast, parties="A Trust; C Board", subcontractors="B Cloud")
    assert (unclear.draft.subcontractors, unclear.draft.parties["B Cloud"]) == ([], "other")
    assert "Whose subcontractor it is cannot be told" in said(unclear, "warning")


@pytest.mark.parametrize(
    ("way", "role", "flows"),
    [
        ("out", "receives", (1, 1)),
        ("in", "provides", (1, 1)),
        ("both", "exchanges", (2, 2)),
        ("leave", "other", (0, 0)),
    ],
)
def test_which_way_it_goes_is_decided_once(cast: Cast, way: str, role: str, flows: tuple[int, int]) -> None:
    organisation(cast.agency.name, agency=cast.agency)
    cells = {"parties": "A Trust", "information": "Names"}
    assert "waits for your answer: which way it goes" in said(one(cast, **cells), "error")
    draft = one(cast, {"direction": way}, **cells).draft
    assert draft.parties == {"A Trust": role}
    assert (len(draft.senders), len(draft.receivers)) == flows
    assert draft.information == (["Names"] if way != "leave" else [])


def test_who_provides_and_who_receives_makes_the_flow(cast: Cast) -> None:
    own = organisation(cast.agency.name, agency=cast.agency)
    draft = one(cast, provides="A Trust", information="Names; Names; Ages").draft
    assert (draft.parties, draft.receivers, draft.information) == ({"A Trust": "provides"}, [own.pk], ["Names", "Ages"])
    assert one(cast, receives="A Trust", information="Names").draft.senders == [own.pk]
    both = one(cast, provides="A Trust", receives="A Trust").draft
    assert both.parties == {"A Trust": "exchanges"}
    long = one(cast, receives="A Trust", information="n" * 300)
    assert (len(long.draft.information[0]), "is shortened to 200 characters" in said(long)) == (200, True)


# Single cells


def test_dates_that_read_two_ways_are_decided_once(cast: Cast) -> None:
    assert "day or month first" in said(one(cast, signed_on="01/02/2019"), "error")
    assert one(cast, {"day_first": "yes"}, signed_on="01/02/2019").draft.values["signed_on"] == date(2019, 2, 1)
    assert one(cast, {"day_first": "no"}, signed_on="01/02/2019").draft.values["signed_on"] == date(2019, 1, 2)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"purpose": "x" * 100_000}, "at most"),
        ({"old_reference": "x" * 201}, "longer than 200 characters"),
        ({"breach_hours": "9000"}, "is more than the register counts"),
        ({"breach_hours": "soon"}, "is not one number"),
        ({"overseas": "perhaps"}, "is neither yes nor no"),
        ({"signed_on": "31/02/2016"}, "cannot be read as a date"),
        ({"status": "Withdrawn"}, "It was withdrawn before it was signed"),
        ({"starts_on": "2 March 2020", "ends_on": "1 March 2020"}, "before it starts"),
        ({"ended_on": "1 July 2099"}, "which is still to come"),
        ({"title": ""}, "It has no title"),
    ],
)
def test_what_cannot_be_read_holds_the_row_back(cast: Cast, cells: dict[str, str], sentence: str) -> None:
    row = one(cast, **cells)
    assert sentence in said(row, "error")
    assert not row.good


def test_or_is_left_out_where_that_was_decided(cast: Cast) -> None:
    row = one(cast, {"unreadable": "leave"}, signed_on="31/02/2016", breach_hours="soon")
    assert row.good
    assert said(row, "warning").count("Not recorded") == 2
    assert "signed_on" not in row.draft.values


def test_words_that_the_register_does_not_know_are_asked_about(cast: Cast) -> None:
    question = sheet(cast, {"frequency": "fortnightly-ish"}).open[0]
    assert question.key == "word:frequency:fortnightly ish"
    assert one(cast, {question.key: "monthly"}, frequency="fortnightly-ish").draft.flow == {"frequency": "monthly"}
    left = one(cast, {question.key: ""}, frequency="fortnightly-ish")
    assert "is not recorded, as you decided" in said(left)
    assert one(cast, sensitivity="High").draft.item == {"sensitivity": "high"}


def test_people_are_found_by_name_or_address_and_never_added(cast: Cast) -> None:
    by, on = cast.administrator, TODAY
    ana = add_person(agency=cast.agency, values={"name": "Ana Faleolo", "email": "ana@mcw.example.nz"}, on=on, by=by)
    for typed in ("Ana Faleolo", "Faleolo, Ana", "ana@mcw.example.nz", "Ana Faleolo <ana@mcw.example.nz>"):
        assert one(cast, owner=typed).draft.values["owner"] == ana
    assert "nobody of this name" in said(one(cast, owner="Somebody Gone"), "warning")
    add_person(agency=cast.agency, values={"name": "Ana Faleolo"}, on=on, by=by)
    assert "several people have this name" in said(one(cast, owner="Ana Faleolo"), "warning")
    mark_left(person=ana, left_on=on, on=on, by=by)
    assert "has left; recorded all the same" in said(one(cast, owner="ana@mcw.example.nz"), "warning")


def test_law_is_found_asked_about_or_said_to_be_missing(cast: Cast) -> None:
    law = LegalProvision.objects.exclude(act="").first()
    assert law is not None
    assert one(cast, legal_bases=str(law)).draft.legal_bases == [law.pk]
    assert "the library has none like it" in said(one(cast, legal_bases="zebra crossing"), "warning")
    question = sheet(cast, {"legal_bases": "Tax Administration Act 1994 part 99"}).open[0]
    assert question.key == "law:tax administration act 1994 part 99"
    row = one(cast, {question.key: ""}, legal_bases="Tax Administration Act 1994 part 99")
    assert (row.draft.legal_bases, "is not recorded, as you decided" in said(row)) == ([], True)
    chosen = one(cast, {question.key: question.options[0][0]}, legal_bases="Tax Administration Act 1994 part 99")
    assert chosen.draft.legal_bases == [int(question.options[0][0])]


# The row as a whole


def test_a_kind_that_is_not_said_is_decided_once(cast: Cast) -> None:
    assert "waits for your answer" in said(one(cast, kind=""), "error")
    row = one(cast, {"kind:none": "deed"}, kind="")
    assert (row.draft.values["kind"], row.good) == ("deed", True)
    assert "recorded as deed" in said(row)


@pytest.mark.parametrize(
    ("cells", "status", "sentence"),
    [
        ({"status": ""}, Status.SIGNED, "Its status is not said: recorded as signed"),
        ({"status": "", "ended_on": "1 July 2020"}, Status.ENDED, "recorded as ended"),
        ({"status": "Ended"}, Status.ENDED, "The day it ended is not said"),
        ({"ends_on": "1 July 2020"}, Status.SIGNED, "It is past its end (1 July 2020)"),
        ({"status": "Draft", "signed_on": "1 July 2020"}, Status.DRAFT, "It is called a draft, but has a day"),
        ({"signed_on": "1 July 2099"}, Status.SIGNED, "It is signed in the future"),
        ({"open_ended": "Yes", "ends_on": "1 July 2099"}, Status.SIGNED, "is said to have none: the date"),
        ({"ends_on": "ongoing"}, Status.SIGNED, ""),
    ],
)
def test_status_and_dates_agree_or_it_is_said(cast: Cast, cells: dict[str, str], status: str, sentence: str) -> None:
    row = one(cast, **cells)
    assert row.draft.status == status
    assert sentence in said(row)


def test_the_same_row_twice_is_held_back_unless_decided(cast: Cast) -> None:
    rows: list[dict[str, Any]] = [{"title": "Buses", "parties": "A Trust", "starts_on": "1 July 2020"}] * 2
    held = sheet(cast, *rows).rows[1]
    assert "same title, parties and dates as row 2" in said(held, "error")
    both = sheet(cast, *rows, twice="import").rows[1]
    assert both.good
    other = sheet(cast, rows[0], rows[0] | {"starts_on": "1 July 2021"}).rows[1]
    assert "but other dates" in said(other, "warning")


def test_what_the_register_holds_already_is_held_back(cast: Cast) -> None:
    there = answer(agreement_at(Status.DRAFT, cast), "purpose", cast.privacy_officer, known_as="MOU-77")
    assert f"It looks like {there.reference}" in said(one(cast, title="School Attendance Liaison", parties=TRUST))
    assert "is known as MOU-77 already" in said(one(cast, title="Buses", old_reference="MOU-77"), "error")
    near = one(cast, title="School attendance liaisons", parties="Somebody Else")
    assert f"Its title is much like that of {there.reference}" in said(near, "warning")
    assert one(cast, title="School attendance liaison", parties="Somebody Else Entirely").good
