"""Interests and organisations find each other in the action that makes it possible, and what was decided stays."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from agreements.actions.organisation import add_name, change_organisation, link_organisations, organisation_values
from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.row import add_row
from agreements.actions.subcontractor import add_subcontractor
from agreements.choices import PartyRole, Status
from agreements.digest import digest
from agreements.models import Organisation
from agreements.rows import KINDS
from conflicts.actions.declaration import declare_interest, say, submit_declaration
from conflicts.actions.match import confirm_match, reject_match
from conflicts.choices import How, MatchState, Said
from conflicts.errors import NotNow, NotYours
from conflicts.models import Interest, Match
from people.permissions import NotPermitted
from records.acting import acting
from tests.agreements_at import agreement_at, contract_of, organisation
from tests.assurance.test_collect_conflicts import of_subcontractor
from tests.cast import NOW, Cast
from tests.declaring import Team, draft_of, with_interest

TRUST = "Te Whare Tautoko Trust"
NZBN = "9429000000017"


def declared(team: Team, named_as: str, **values: Any) -> Interest:
    """An interest that the team's member of staff has submitted."""
    draft = draft_of(team.staff)
    for row in draft.declared.all():
        declare_interest(declaration=draft, values={"standing": "same"}, by=team.staff, declared=row)
    with_interest(draft, team.staff, named_as=named_as, **values)
    submit_declaration(declaration=draft, by=team.staff, now=NOW)
    return Interest.objects.latest("pk")


def party(cast: Cast, name: str, **values: Any) -> Organisation:
    """An organisation that becomes a party now."""
    body = organisation(name, **values)
    made = agreement_at(Status.DRAFT, cast, title=f"With {name}", parties=())
    row = {"organisation": body, "role": PartyRole.RECEIVES}
    add_row(agreement=made, kind=KINDS["party"], values=row, by=cast.privacy_officer)
    return body


def found() -> list[tuple[str, str]]:
    """How, and with which organisation."""
    return [(one.how, one.organisation.name) for one in Match.objects.order_by("pk").select_related("organisation")]


@pytest.mark.parametrize(
    ("named_as", "how"),
    [
        (TRUST, How.EXACT),
        ("TE WHARE TAUTOKO TRUST", How.EXACT),
        ("Tautoko House", How.OTHER_NAME),
        ("Te Whare Tautoku Trust", How.FUZZY),
        ("My sister's job at Te Whare Tautoko Trust, Whangārei", How.FUZZY),
        ("Tautoko Holdings Limited", How.OWNER),
        ("Something with another name", None),
    ],
)
def test_both_ways_round_find_the_same(team: Team, cast: Cast, named_as: str, how: How | None) -> None:
    body = party(cast, TRUST, nzbn=NZBN)
    by = cast.privacy_officer
    add_name(organisation=body, name="Tautoko House", kind="trading", by=by)
    link_organisations(owner=organisation("Tautoko Holdings Limited"), owned=body, kind="owner", by=by)
    declared(team, named_as)
    expected = [(how, TRUST)] if how else []
    assert found() == expected
    with acting(by=by):
        for one in Match.objects.all():
            one.delete()
    contract = contract_of(cast, supplier=organisation("DEMO Other"))
    add_subcontractor(contract=contract, values={"organisation": body, "parent": None}, by=by)
    assert found() == expected


def test_a_number_finds_what_no_name_does(team: Team, cast: Cast) -> None:
    party(cast, TRUST, nzbn=NZBN)
    declared(team, "The place my partner works", nzbn=NZBN)
    assert found() == [(How.NZBN, TRUST)]


def test_a_capital_name_without_its_macron_is_the_same_and_one_letter_is_like_nothing(team: Team, cast: Cast) -> None:
    party(cast, "Tūī Whānau Services Limited")
    party(cast, "T")
    declared(team, "TUI WHANAU SERVICES LIMITED")
    assert found() == [(How.EXACT, "Tūī Whānau Services Limited")]
    declared(team, "T")
    assert found()[1:] == [(How.EXACT, "T")]


def test_names_owners_and_renamings_that_come_later_are_matched_in_their_action(team: Team, cast: Cast) -> None:
    body, by = party(cast, "Harakeke House"), cast.privacy_officer
    for name in ("Kōwhai Trading", "Pounamu Group", "Rimu House"):
        declared(team, name)
    assert found() == []
    add_name(organisation=body, name="Kowhai Trading", kind="trading", by=by)
    link_organisations(owner=organisation("Pounamu Group"), owned=body, kind="owner", by=by)
    values = organisation_values(body)
    change_organisation(organisation=body, values=values | {"name": "Rimu House"}, seen=digest(values), by=by)
    assert [how for how, _ in found()] == [How.OTHER_NAME, How.OWNER, How.EXACT]


def test_an_organisation_that_takes_no_part_is_no_match_and_an_ended_interest_neither(team: Team, cast: Cast) -> None:
    organisation("Nobody's Partner Limited")
    declared(team, "Nobody's Partner Limited")
    assert found() == []
    draft = draft_of(team.staff)
    row = draft.declared.get()
    declare_interest(declaration=draft, values={"standing": "ended"}, by=team.staff, declared=row)
    say(declaration=draft, said=Said.NIL, by=team.staff)
    submit_declaration(declaration=draft, by=team.staff, now=NOW)
    party(cast, "Nobody's Partner Limited")
    assert found() == []


def test_confirmed_links_the_interest_and_rejected_is_for_good(team: Team, cast: Cast) -> None:
    body, by = party(cast, TRUST), cast.integrity_champion
    interest = declared(team, TRUST)
    match = Match.objects.get()
    with pytest.raises(NotPermitted):
        confirm_match(match=match, why="Same", by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotNow, match="Say why"):
        confirm_match(match=match, why=" ", by=by, now=NOW)
    confirm_match(match=match, why="The same trust, by its address", by=by, now=NOW)
    interest.refresh_from_db()
    assert (interest.organisation, interest.linked_by) == (body, by)
    with pytest.raises(NotNow, match="decided already"):
        reject_match(match=match, why="No", by=by, now=NOW)
    declared(team, "Te Whare Tautoku Trust")
    other = Match.objects.get(state=MatchState.CANDIDATE)
    reject_match(match=other, why="A trust of the same name in Invercargill", by=by, now=NOW)
    add_name(organisation=body, name="Te Whare Tautoku Trust", kind="former", by=cast.privacy_officer)
    assert Match.objects.get(pk=other.pk).state == MatchState.REJECTED
    assert Match.objects.count() == 2


def test_nobody_says_what_their_own_interest_is_about(cast: Cast, team: Team) -> None:
    party(cast, TRUST)
    champion = cast.integrity_champion
    draft = draft_of(champion)
    with_interest(draft, champion, named_as=TRUST)
    submit_declaration(declaration=draft, by=champion, now=NOW)
    with pytest.raises(NotYours, match="your own"):
        reject_match(match=Match.objects.get(), why="No", by=champion, now=NOW)


def test_a_merger_keeps_what_was_decided_and_asks_nothing_twice(team: Team, cast: Cast) -> None:
    gone, stays = party(cast, TRUST), party(cast, "Te Whare Tautoko Trust Board")
    declared(team, TRUST)
    by = cast.integrity_champion
    assert Match.objects.count() == 2
    reject_match(match=Match.objects.get(organisation=gone), why="Another trust of that name", by=by, now=NOW)
    merge_organisations(merged=gone, into=stays, by=cast.privacy_officer)
    match = Match.objects.get()
    assert (match.organisation, match.state) == (stays, MatchState.REJECTED)
    assert match.why == "Another trust of that name"


def test_a_supplier_that_declared_is_merged_with_what_it_declared(cast: Cast, team: Team) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who)
    body = organisation("DEMO Cloud Limited")
    below = add_subcontractor(contract=contract, values={"organisation": body, "parent": None}, by=cast.privacy_officer)
    declaration = of_subcontractor(below, cast)
    stays = organisation("DEMO Cloud Services Limited")
    merge_organisations(merged=body, into=stays, by=cast.privacy_officer)
    declaration.refresh_from_db()
    assert declaration.supplier == stays
    assert localdate(NOW) == declaration.submitted_on
