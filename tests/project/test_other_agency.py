"""Of things that exist: whoever lacks the permission is refused with 403; 404 is for another agency alone."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.actions.advice import add_advice
from agreements.actions.comment import add_comment
from agreements.actions.contract import link_agreement
from agreements.actions.import_batch import map_columns, upload
from agreements.actions.legal_provision import add_legal_provision
from agreements.actions.pause import pause_organisation
from agreements.actions.saved_view import save_view
from agreements.actions.subcontractor import add_subcontractor
from agreements.choices import Kind, Status, TermsState
from agreements.long_work import ask_export
from agreements.models import Agreement, Contract, Terms
from assurance.actions.approval import save_approval
from assurance.actions.conformance import reassess_locked
from assurance.models import AcceptedException, Amendment, ConformanceRun
from assurance.pdf.plan import issue_plan
from conflicts.actions.declaration import say, submit_declaration
from conflicts.actions.invitation import begin_answer
from conflicts.actions.round import create_round, launch_round
from conflicts.actions.sample import draw_sample
from conflicts.choices import DeclarationStatus, Said
from conflicts.models import Interest, Invitation, Match
from people.actions.person import mark_left
from people.actions.unit import add_unit
from people.doing import do_work
from people.models import Delegation, Handover, Person, Power, RoleGrant, User
from people.roles import ROLE_PERMISSIONS, Permission, Role
from records.acting import acting
from records.actions.mail import queue_mail
from records.models import IssuedFile
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at, answer, contract_of, organisation, variation_at
from tests.assessed import drafted
from tests.assurance.planned import existing
from tests.assurance.yearly import of_the_year
from tests.cast import NOW, TODAY, Cast
from tests.declaring import Team, declaration_at
from tests.delegating import delegated
from tests.project.assurance_world import of_assurance
from tests.project.permission_matrix import MATRIX
from tests.project.permission_matrix_assurance import PROVIDERS
from tests.project.test_permissions import addresses

pytestmark = pytest.mark.django_db
# Organisations are shared by every agency; what names them is not hidden from any.
SHARED = "agreements:organisation"
ELSEWHERE = (SHARED, "conflicts:")  # those of declarations stand in _declared()
OF_A_VERSION = [
    f"agreements:{name}"
    for name in (
        "variation", "look_again", "terms", "terms_pdf", "variation_provisions", "variation_responsibilities",
    )
]  # fmt: skip
# What belongs to no agency: what a standard asks of each, the columns of an export, and a calendar, whose address is
# the key.
NOBODYS = {"agency_attest", "agreements:export", "agreements:export_start", "calendar", "plan_sheet", "schedule_2"}
NOBODYS |= {"activities_sheet", "findings_sheet", "cycle_change", "conformance_sheet"}
NOBODYS |= {"agreements:contracts_sheet", "agreements:reviews_sheet"}
NOBODYS |= {"as_at_sheet", "statement_new", "statements"}
NOBODYS |= {"automated_sheet", "policies_sheet"}
NOBODYS |= {"aisa_appendix", "aisa_pdf", "aisa_sheet", "maturity_rate", "maturity_year"}  # a year
NOBODYS |= {"conflicts:answer", "provider_sheet", *PROVIDERS}  # a signed link is its own key
NOBODYS |= {"conflicts:declarations_sheet", "conflicts:senior_leaders_sheet", "conflicts:matches_sheet"}
NOBODYS |= {"breach_sheet", "complaint_sheet", "concern_sheet", "my_concern"}
NOBODYS |= {"aisa_shown"}  # another agency's, to who is a party: tests/assurance/views/test_aisa_report.py
NOBODYS |= {"people:demo_mail"}  # the demonstration's only: tests/people/views/test_mail.py
LONG_AGO = date(2020, 1, 1)


def everything(cast: Cast, name: str) -> User:
    """A user with every role there is."""
    user = cast.user(Role.PRIVACY_OFFICER, name)
    with acting(by=user):
        for role in set(Role) - {Role.PRIVACY_OFFICER}:
            RoleGrant(person=user.person, role=role, starts_on=LONG_AGO, granted_by=user).save()
    return User.objects.get(pk=user.pk)


def world(cast: Cast, by: User) -> dict[str, dict[str, Any]]:
    """One of each thing, as the addresses that are about it name it."""
    found = _declared(cast) | _world(cast, by)
    return {name: values for name, values in found.items() if name not in NOBODYS}


def _world(cast: Cast, by: User) -> dict[str, dict[str, Any]]:
    agreement = agreement_at(Status.SIGNED, cast)
    one, in_plan = {"reference": agreement.reference}, {"reference": existing(cast).reference}
    row = one | {"kind": "party"}
    batch, view = {"pk": _batch(by)}, {"pk": save_view(name="Mine", query="", by=by).pk}
    person = {"pk": Person.objects.get(user=cast.business_owner).pk}
    contract = contract_of(cast)
    found: dict[str, dict[str, Any]] = {
        **_of_approval(cast, by),
        "agreements:section": one | {"name": "people"},
        **_of_variation(cast, agreement),
        "agreements:step": one | {"name": "end"},
        "agreements:add_row": row,
        **dict.fromkeys(("plan_item", "plan_move"), in_plan),
        **dict.fromkeys(("agreements:change_row", "agreements:remove_row"), row | {"pk": _party(agreement)}),
        "agreements:issued_copy": one | {"pk": _issued(agreement, by)},
        "agreements:import_row": batch | {"number": 2},
        **_evidence(agreement, by),
        **_conformance(one, agreement, by),
        **of_assurance(cast, agreement, one),
        **_of_contract(contract, agreement, by),
        **dict.fromkeys(("agreements:pause_history", "agreements:pause_lift"), _pause(cast)),
        **dict.fromkeys(("agreements:saved_view", "agreements:delete_view"), view),
        **dict.fromkeys(("agreements:legal_provision_retire", "agreements:legal_provision_return"), _law(by)),
        "people:end_role": person | {"grant_pk": RoleGrant.objects.get(person=person["pk"]).pk},
        "people:change_unit": {"pk": add_unit(agency=cast.agency, values={"name": "Housing"}, by=by).pk},
        "people:end_delegation": {"pk": _delegation(cast, by)},
        "people:hand_over": {"pk": _handover(cast, agreement, by)},
        **dict.fromkeys(("people:letter", "people:try_again"), _mail(cast, by)),
        **dict.fromkeys(("people:work", "people:work_file"), _work(by)),
        **_round(by) | {"plan_copy": {"pk": issue_plan(by=by, now=NOW).pk}},
        **of_the_year(cast, by),
    }
    # By a word of the address's name.
    others = {"import": batch, "contract": {"pk": contract.pk}, "": person}
    for name, pattern in addresses().items():
        asked = set(getattr(pattern.pattern, "converters", {}))
        if name in MATRIX and name not in found and asked and not name.startswith(ELSEWHERE):
            found[name] = one if asked == {"reference"} else next(each for word, each in others.items() if word in name)
    return found


def _conformance(one: dict[str, Any], agreement: Agreement, by: User) -> dict[str, dict[str, Any]]:
    return {
        "attest": one | {"requirement": "DPUP-purpose"},
        "exception_accept": one | {"requirement": "ISS-05"},
        "exception_withdraw": {"pk": _exception(agreement, by)},
        "conformance_run": one | {"pk": _run(agreement, by)},
    }


def _batch(by: User) -> int:
    batch = upload(content=b"Title,Parties\nShelter,Trust\n", file_name="list.csv", by=by, now=NOW)
    return map_columns(batch=batch, mapping=batch.mapping, by=by, on=TODAY).pk


def _declared(cast: Cast) -> dict[str, dict[str, Any]]:
    """A declaration with a plan in force, which the integrity team may read, and what it says."""
    made = declaration_at(DeclarationStatus.MONITORING, Team(cast))
    one = {"code": made.code}
    row = one | {"row": made.declared.get().pk}
    names = {name: pattern for name, pattern in addresses().items() if name.startswith("conflicts:")}
    plain = {name for name, pattern in names.items() if set(pattern.pattern.converters) == {"code"}}
    return {
        **dict.fromkeys(plain, one),
        **dict.fromkeys(("conflicts:interest", "conflicts:interest_remove", "conflicts:last_time"), row),
        "conflicts:interest_add": one | {"kind": "family"},
        "conflicts:declaration_step": one | {"name": "take_up"},
        "conflicts:plan_step": {"pk": made.plans.get().steps.get().pk},
    }


def _round(by: User) -> dict[str, dict[str, Any]]:
    """A round that asked its runner, who answered, and a sample of it."""
    now, today = timezone.now(), timezone.localdate()
    values = {"title": "Round", "occasion": "annual", "opens_on": today, "due_on": today, "senior_only": False}
    round_ = launch_round(round_=create_round(values=values, units=[], by=by), by=by, now=now)
    mine = Invitation.objects.get(round=round_, person=by.person)
    draft = begin_answer(invitation=mine, by=by, now=now)
    say(declaration=draft, said=Said.NIL, by=by)
    submit_declaration(declaration=draft, by=by, now=now)
    sample = draw_sample(round_=round_, size=1, by=by, now=timezone.now())
    one, drawn = {"pk": round_.pk}, {"pk": sample.sampled.get().pk}
    whole = ("", "_change", "_launch", "_close", "_people")
    return {
        **{f"conflicts:round{name}": one for name in whole},
        "conflicts:round_sheet": one | {"form": "csv"},
        **{f"conflicts:{name}": {"code": mine.code} for name in ("invitation", "answer_mine")},
        "conflicts:samples": one,
        "conflicts:sample": {"pk": sample.pk},
        "conflicts:sample_result": drawn,
    }


def _law(by: User) -> dict[str, Any]:
    values = {"act": "Kererū Protection Act 2031", "provision": "s 15", "title": "Sharing nests"}
    values |= {"basis_kind": "enactment", "what_it_allows": "The keeper may tell where nests are."}
    return {"pk": add_legal_provision(values=values, by=by).pk}


def _of_contract(contract: Contract, agreement: Agreement, by: User) -> dict[str, dict[str, Any]]:
    one = {"pk": contract.pk}
    link_agreement(contract=contract, agreement=agreement, by=by, now=NOW)
    below = {"organisation": organisation("Harakeke House"), "parent": None, "does": "Hosting"}
    row = one | {"row": add_subcontractor(contract=contract, values=below, by=by).pk}
    return {
        "agreements:comment_done": {"pk": add_comment(about=agreement, text="Look", by=by, now=NOW).pk},
        "agreements:contract_step": one | {"name": "end"},
        "agreements:contract_unlink": one | {"reference": agreement.reference},
        **dict.fromkeys(("agreements:subcontractor_edit", "agreements:subcontractor_remove"), row),
        **dict.fromkeys(
            (
                "conflicts:of_contract",
                "conflicts:contract_conversation",
                "conflicts:suppliers",
                "conflicts:record_supplier",
            ),
            one,
        ),
        "conflicts:record_subcontractor": row,
        "conflicts:match": {"pk": _match(contract, by)},
    }


def _match(contract: Contract, by: User) -> int:
    with acting(by=by):
        said = {"kind": "family", "named_as": "Harakeke", "normalised": "harakeke"}
        interest = Interest(agency=by.agency, supplier=contract.supplier, **said)
        interest.save()
        found = Match(interest=interest, organisation=contract.supplier, how="fuzzy", score="0.7", found_on=LONG_AGO)
        found.save()
    return found.pk


def _of_approval(cast: Cast, by: User) -> dict[str, dict[str, Any]]:
    aisa = agreement_at(Status.DRAFT, cast, title="Youth services", kind=Kind.AISA)
    made = save_approval(agreement=aisa, values={"order": "Order 2026"}, by=by, now=NOW)
    about = {"reference": aisa.reference}
    return {"approval": about, "approval_change": about, "approval_history": {"pk": made.pk}}


def _amendment(terms: Terms, by: User) -> int:
    with acting(by=by):
        made = Amendment(terms=terms, exception="names", by=by, at=NOW)
        made.save()
    return made.pk


def _pause(cast: Cast) -> dict[str, Any]:
    delegated(cast, cast.approver, Power.PAUSE)
    body = organisation("Harakeke House")
    return {"pk": pause_organisation(organisation=body, reason="Asked", by=cast.approver, now=NOW).pk}


def _of_variation(cast: Cast, agreement: Agreement) -> dict[str, dict[str, Any]]:
    terms = variation_at(TermsState.DRAFT, cast, agreement).terms_now
    party = terms.parties.order_by("pk")[1].pk
    second = {"reference": agreement.reference, "number": 2}
    row = second | {"kind": "party"}
    return {
        "amendment": second,
        "amendment_history": {"pk": _amendment(terms, cast.privacy_officer)},
        "agreements:variation_section": second | {"name": "people"},
        "agreements:variation_step": second | {"name": "vary_withdraw"},
        "agreements:variation_add_row": row,
        **dict.fromkeys(("agreements:variation_change_row", "agreements:variation_remove_row"), row | {"pk": party}),
        **dict.fromkeys(OF_A_VERSION, second),
    }


def _evidence(agreement: Agreement, by: User) -> dict[str, dict[str, Any]]:
    """A document, an assessment and advice."""
    document, assessment = {"pk": put_in(agreement, by).pk}, {"pk": drafted(agreement, "pia", by).pk}
    advice = {"pk": _advice(agreement, by)}
    return {
        **dict.fromkeys(
            (f"agreements:document{one}" for one in ("", "_aside", "_back", "_change", "_history", "_version")),
            document,
        ),
        "agreements:document_file": document | {"number": 1},
        **dict.fromkeys(
            (f"agreements:assessment{one}" for one in ("", "_change", "_discard", "_final", "_history")), assessment
        ),
        "agreements:assessment_add": {"reference": agreement.reference, "kind": "risk"},
        "agreements:advice_change": advice,
        "agreements:advice_history": advice,
    }


def _advice(agreement: Agreement, by: User) -> int:
    values = {"kind": "legal", "given_by": "Legal", "given_on": TODAY, "summary": "It is lawful"}
    return add_advice(agreement=agreement, values=values, by=by, now=NOW, on=TODAY).pk


def _exception(agreement: Agreement, by: User) -> int:
    with acting(by=by):
        made = AcceptedException(
            agreement=agreement, requirement="ISS-05", gate="start", why="As agreed", from_on=TODAY, ends_on=TODAY,
            by=by, at=NOW,
        )  # fmt: skip
        made.save()
    return made.pk


def _run(agreement: Agreement, by: User) -> int:
    reassess_locked(agreements=[agreement.pk], on=TODAY, by=by)
    return ConformanceRun.objects.filter(agreement=agreement).latest("pk").pk


def _party(agreement: Agreement) -> int:
    return agreement.terms_now.parties.order_by("pk")[1].pk


def _issued(agreement: Agreement, by: User) -> int:
    client = Client()
    client.force_login(by)
    client.post(reverse("agreements:issue_pdf", args=[agreement.reference]))
    return IssuedFile.objects.get().pk


def _delegation(cast: Cast, by: User) -> int:
    with acting(by=by):
        made = Delegation(
            agency=cast.agency, giver=cast.chief_executive.person, holder=cast.approver.person, power=Power.APPROVE,
            starts_on=LONG_AGO, document="Instrument 1",
        )  # fmt: skip
        made.save()
    return made.pk


def _handover(cast: Cast, agreement: Agreement, by: User) -> int:
    leaver = cast.contract_manager.person
    assert leaver is not None
    answer(agreement, "ownership", by, owner=leaver)
    mark_left(person=leaver, left_on=TODAY, by=by, on=TODAY)
    return Handover.objects.filter(leaver=leaver).latest("pk").pk


def _mail(cast: Cast, by: User) -> dict[str, Any]:
    queued = queue_mail(
        agency=cast.code, to=by.email, subject="Welcome", text="Kia ora", about="Sign-in", readable=True, by=by, now=NOW
    )
    assert queued is not None
    return {"pk": queued.pk}


def _work(by: User) -> dict[str, Any]:
    work = ask_export("csv", "", 1, by=by, now=NOW)
    do_work(work.pk, lambda: NOW)
    return {"pk": work.pk}


def test_what_belongs_to_another_agency_is_not_found_and_ones_own_is(client: Client) -> None:
    cast = Cast()
    ours = everything(cast, "Ours")
    theirs = everything(Cast("OTH", "Other Ministry"), "Theirs")
    places = {name: reverse(name, kwargs=values) for name, values in world(cast, ours).items()}
    client.force_login(ours)
    own = {name: client.get(address).status_code for name, address in places.items()}
    assert {name: status for name, status in own.items() if status not in {200, 302, 405}} == {}
    client.force_login(theirs)
    for send in (client.get, client.post):
        found = {name: send(address).status_code for name, address in places.items()}
        assert {name: status for name, status in found.items() if status not in {404, 405}} == {}


@pytest.mark.parametrize("role", Role)
def test_what_is_there_is_refused_to_a_role_without_the_permission(client: Client, role: Role) -> None:
    cast = Cast()
    places = {name: reverse(name, kwargs=values) for name, values in world(cast, everything(cast, "Ours")).items()}
    client.force_login(cast.user(role, "Somebody"))
    for send in (client.get, client.post):
        found = {
            name: send(address).status_code
            for name, address in places.items()
            if isinstance(MATRIX[name], Permission) and MATRIX[name] not in ROLE_PERMISSIONS[role]
        }
        assert {name: status for name, status in found.items() if status not in {403, 405}} == {}
