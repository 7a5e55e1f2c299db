"""Agreements as the register knew them at the end of a day: status changes, and the newest run on or before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from agreements.choices import Kind, Status
from agreements.models.agreement import IN_USE
from assurance.editions import asked_of, editions
from assurance.facts import AgreementFacts, PartyFact
from assurance.figures.base import Row, page_of
from assurance.plan_score import cohort_of
from assurance.predicates import standard
from people.models import Agency
from records.as_at import end_of
from records.one_page import once

STANDARD = "information-sharing"
AGREEMENT = "agreements:agreement"  # its page
KEPT = ("L1.3", "L1.4")  # besides what is mandatory: thousands of runs are in memory at once
CODES = ("C6", "C9", "C12", "C14")  # the provisions that are counted
OUTSIDE = PartyFact(0, 0, "", "", "yes", "")  # one of those that stand outside the State services
PACKED = ("results", "written", "answers", "assessments")

# One look at each agreement: jsonb_to_record unpacks a run once, however much is taken out of it.
THEN = """
WITH said AS (
  SELECT DISTINCT ON (c.agreement_id) c.agreement_id, c.target
  FROM agreements_statuschange c JOIN agreements_agreement a ON a.id = c.agreement_id
  WHERE a.agency_id = %(agency)s AND c.on <= %(day)s AND c.at < %(until)s
  ORDER BY c.agreement_id, c.id DESC
), newest AS (
  SELECT DISTINCT ON (r.agreement_id) r.agreement_id, r.id
  FROM assurance_conformancerun r JOIN agreements_agreement a ON a.id = r.agreement_id
  WHERE a.agency_id = %(agency)s AND r.on <= %(day)s AND r.at < %(until)s
  ORDER BY r.agreement_id, r.on DESC, r.id DESC
)
SELECT a.reference, a.title, said.target, r.editions, r.results - %(unwanted)s::text[] AS results,
  f.agreement, f.terms, f.kind, f.terms_state, f.existing, f.personal_information, f.outside_state_services,
  f.public_service, f.exclusion, f.written, f.service_contract, f.signed_on, f.assessments,
  (SELECT jsonb_object_agg(code, f.provisions -> code ->> 'answer')
   FROM unnest(%(codes)s::text[]) code WHERE f.provisions ? code) AS answers,
  f.contracts IS NOT NULL AND f.contracts <> '[]' AS contracted,
  (SELECT count(DISTINCT one ->> 'organisation') FROM jsonb_array_elements(f.parties) one
   WHERE one ->> 'outside' = 'no') AS public_parties,
  f.parties @> '[{"outside": "yes"}]' AS outsiders
FROM said JOIN agreements_agreement a ON a.id = said.agreement_id
LEFT JOIN newest ON newest.agreement_id = a.id
LEFT JOIN assurance_conformancerun r ON r.id = newest.id
LEFT JOIN LATERAL jsonb_to_record(r.facts) AS f(
  agreement bigint, terms bigint, kind text, terms_state text, existing boolean, personal_information text,
  outside_state_services text, public_service text, exclusion text, written jsonb, service_contract text,
  signed_on date, provisions jsonb, assessments jsonb, contracts jsonb, parties jsonb) ON true
WHERE said.target <> 'withdrawn'
ORDER BY a.reference
"""
# Known now and not then: in use on the day by a step recorded since, or first recorded since and signed before.
LATER = """
WITH said AS (
  SELECT DISTINCT ON (c.agreement_id) c.agreement_id, c.target, min(c.at) OVER (PARTITION BY c.agreement_id) AS first
  FROM agreements_statuschange c JOIN agreements_agreement a ON a.id = c.agreement_id
  WHERE a.agency_id = %(agency)s AND c.on <= %(day)s
  ORDER BY c.agreement_id, c.id DESC
)
SELECT a.reference, a.title FROM agreements_agreement a
LEFT JOIN said ON said.agreement_id = a.id
LEFT JOIN agreements_terms t ON t.id = a.current_terms_id
WHERE a.agency_id = %(agency)s AND a.reference <> ALL (%(counted)s) AND (
  said.target = ANY (%(in_use)s)
  OR a.created_at >= %(until)s AND t.signed_on <= %(day)s AND a.status = ANY (%(in_use)s))
ORDER BY a.reference
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement on the day. ``scope`` is yes, no or unknown; ``results`` are as a run keeps them."""

    reference: str
    title: str
    status: str
    signed_on: date | None
    assessed: bool
    kind: str
    scope: str
    cohort: str
    residual: str
    edition: str
    service_contract: str
    answers: Mapping[str, str]
    public_parties: int
    results: Mapping[str, list[str]]

    def row(self, note: str = "", outcome: str = "") -> Row:
        """Its line in a list."""
        return Row(self.reference, self.title, page_of(AGREEMENT, self.reference), note, outcome)


def known(agency: Agency, as_at: date) -> list[Standing]:
    """Everything the register held on the day and that was not withdrawn, by reference. One query, once a page."""
    return once(("known", agency.pk, as_at), lambda: _known(agency, as_at))


def in_use(agency: Agency, as_at: date) -> list[Standing]:
    """Agreements that were signed and not over on the day."""
    return [one for one in known(agency, as_at) if one.status in IN_USE]


def third_party(agency: Agency, as_at: date) -> list[Standing]:
    """Those in the Standard's scope, and those of which nobody knows: never an AISA (domain.md 8.5 rule 7)."""
    return [one for one in in_use(agency, as_at) if one.scope != "no"]


def recorded_later(agency: Agency, as_at: date) -> list[Row]:
    """What was in use on the day and recorded only after it: named, and not counted. One query."""
    given = _given(agency, as_at) | {"counted": [one.reference for one in in_use(agency, as_at)]}
    with connection.cursor() as cursor:
        cursor.execute(LATER, given)
        return [Row(reference, title, page_of(AGREEMENT, reference)) for reference, title in cursor.fetchall()]


def _given(agency: Agency, as_at: date) -> dict[str, Any]:
    return {"agency": agency.pk, "day": as_at, "until": end_of(as_at), "in_use": list(IN_USE)}


def _known(agency: Agency, as_at: date) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(THEN, _given(agency, as_at) | {"codes": list(CODES), "unwanted": _unwanted(as_at)})
        names = [column.name for column in cursor.description or ()]
        return [_standing(_unpacked(dict(zip(names, row, strict=True)))) for row in cursor]


def _unwanted(as_at: date) -> list[str]:
    """Requirements whose outcome nothing here counts: leaving them in the database is most of the time."""
    every = {asked.id for one in editions() for asked in one.requirements}
    return sorted(every - {*KEPT, *mandatory(as_at)})


def mandatory(on: date) -> list[str]:
    """What stops a signing or a start, or admits no delay, by the standards of a day (domain.md 2, L1.6)."""
    return [one.id for one in asked_of("agreement", on) if one.gates or one.critical]


def _unpacked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: json.loads(row[name]) for name in PACKED if row[name]}


def _standing(row: Mapping[str, Any]) -> Standing:
    facts, assessed = _facts(row), row["terms"] is not None
    against = [key.removeprefix(f"{STANDARD} ") for key in row["editions"] or () if key.startswith(f"{STANDARD} ")]
    return Standing(
        reference=row["reference"],
        title=row["title"],
        status=row["target"],
        signed_on=row["signed_on"],
        assessed=assessed,
        kind=facts.kind,
        scope=standard(facts)[0],
        cohort=cohort_of(facts) if assessed else "unknown",
        residual=_residual(row["assessments"] or ()),
        edition=against[0] if against else "",
        service_contract="yes" if row["contracted"] else facts.service_contract,
        answers=row["answers"] or {},
        public_parties=row["public_parties"],
        results=row["results"] or {},
    )


def _facts(row: Mapping[str, Any]) -> AgreementFacts:
    """As much of the facts as tells scope and cohort; what was never assessed is unknown throughout."""
    return AgreementFacts(
        agreement=row["agreement"] or 0,
        terms=row["terms"] or 0,
        reference=row["reference"],
        kind=row["kind"] or Kind.SHARING_AGREEMENT,
        status=Status.SIGNED,
        terms_state=row["terms_state"] or "",
        existing=bool(row["existing"]),
        personal_information=row["personal_information"] or "unknown",
        outside_state_services=row["outside_state_services"] or "unknown",
        public_service=row["public_service"] or "unknown",
        exclusion=row["exclusion"] or "",
        service_contract=row["service_contract"] or "unknown",
        signed_on=row["signed_on"],
        written=frozenset(row["written"] or ()),
        parties=(OUTSIDE,) if row["outsiders"] else (),
    )


def _residual(assessments: Any) -> str:
    """What the newest final risk assessment left."""
    finals = [one for one in assessments if one["kind"] == "risk" and one["status"] == "final"]
    newest = max(finals, key=lambda one: one["done_on"] or "", default=None)
    return newest["residual"] if newest else "unknown"
