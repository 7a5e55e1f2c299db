"""What the register finds of the agency as a whole: each check passes and fails, and unknown is never compliant."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assurance.agency_checks import AGENCY_CHECKS
from assurance.agency_facts import AgencyFacts, collect_agency
from assurance.editions import asked_of
from assurance.outcome import Outcome
from conflicts.actions.declaration import say, submit_declaration
from conflicts.choices import Said
from tests.assurance.facts_of import ON
from tests.cast import NOW, TODAY, Cast
from tests.declaring import draft_of

ANSWERED = {one.id: "met" for one in asked_of("agency", ON) if one.id.startswith("M") and one.attested}
CURRENT = {"privacy": (2, 0), "contracts": (1, 0), "conflicts": (1, 0)}
GOOD = AgencyFacts(9, 9, 2, 2, 4, 0, 0, 3, 3, ANSWERED, CURRENT)
BAD: dict[str, dict[str, Any]] = {
    "policies_current": {"policies": CURRENT | {"privacy": (2, 1)}},
    "annual_coverage": {"declared": 8},
    "senior_leaders_declared": {"senior_declared": 1},
    "decisions_reasoned": {"waiting": 1},
    "staff_conversations": {"managers_with_conversation": 2},
    "model_standards_met": {"answers": ANSWERED | {"M9": "not_met"}},
}


def test_fourteen_expectations_are_asked_and_every_check_has_its_examples() -> None:
    assert [one.id for one in asked_of("agency", ON) if one.id.startswith("M")] == [f"M{n}" for n in range(1, 15)]
    named = {one.check for one in asked_of("agency", ON) if one.check}
    assert named == set(AGENCY_CHECKS) == set(BAD)


@pytest.mark.parametrize("name", sorted(AGENCY_CHECKS))
def test_it_passes_fails_and_is_unknown_where_nothing_is_known(name: str) -> None:
    check = AGENCY_CHECKS[name]
    outcomes = [check(facts, ON).outcome for facts in (GOOD, replace(GOOD, **BAD[name]), AgencyFacts())]
    assert outcomes == [Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN]


@pytest.mark.django_db
def test_a_nil_return_counts_and_the_page_shows_what_was_found(client: Client) -> None:
    cast = Cast()
    user = cast.contract_manager
    before = collect_agency(cast.agency, TODAY)
    draft = draft_of(user)
    say(declaration=draft, said=Said.NIL, by=user)
    submit_declaration(declaration=draft, by=user, now=NOW)
    assert collect_agency(cast.agency, TODAY).declared == before.declared + 1
    client.force_login(user)
    text = client.get(reverse("agency_conformance")).text
    assert "Everybody declares at least once a year" in text
    assert "Found from what is recorded" in text
    assert f"{before.declared + 1} of {before.people} people declared in the last year" in text
    assert text.index("Commissioner’s letter</h2>") < text.index('id="L0"') < text.index('id="M1"')
    assert f'<a class="button" href="{reverse("agency_conformance")}">' in client.get("/conformance/").text
    assert client.get(reverse("agency_attest", args=["M5"])).status_code == 404
