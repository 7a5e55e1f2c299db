"""The single answers of the terms as term and value. ``face`` leaves out what only the agency itself reads."""

from datetime import date

from agreements.choices import AtEnd, Choice, NoticeException, OverseasGround, Reason
from agreements.models import Agreement, Terms
from agreements.pdf.shorten import shorten
from people.labels import role_label
from people.models import Person, Placement
from people.roles import Role
from records.choices import YesNoUnknown
from records.words import NO_BREAK, NOT_RECORDED, number, nz_date, nz_range, yes_no_unknown

Facts = list[tuple[str, str]]


def glance(agreement: Agreement, on: date, *, face: bool) -> Facts:
    """Status, kind, who owns it, dates; reviews and other inner matters only for the agency itself."""
    terms = agreement.terms_now
    parties = [str(party) for party in terms.parties.all() if party.parent_id is None]
    facts = [
        ("Status", _status(agreement, on)),
        ("Kind", agreement.get_kind_display()),
        ("Parties", "; ".join(parties[:8]) + (f"; and {len(parties) - 8} more" if len(parties) > 8 else "")),
        ("Term", _term(terms)),
        ("Signed", nz_date(terms.signed_on)),
        ("Document", terms.instrument),
        ("Legally binding", yes_no_unknown(terms.binding)),
    ]
    return _said(facts if face else facts + _ownership(agreement, on))


def _ownership(agreement: Agreement, on: date) -> Facts:
    people = [agreement.owner, agreement.manager, agreement.senior_owner]
    positions = _positions([person for person in people if person], on)
    return [
        (role_label(agreement.agency, Role.BUSINESS_OWNER), _person(agreement.owner, positions)),
        (role_label(agreement.agency, Role.CONTRACT_MANAGER), _person(agreement.manager, positions)),
        *([("Senior owner", _person(agreement.senior_owner, positions))] if agreement.senior_owner else []),
        ("Next review", nz_date(agreement.review_due_on)),
        *([("Contract", agreement.procurement_ref)] if agreement.procurement_ref else []),
        *([("Recorded from", agreement.recorded_from)] if agreement.recorded_from else []),
    ]


def _positions(people: list[Person], on: date) -> dict[int, str]:
    placed = Placement.objects.filter(person__in=people, starts_on__lte=on).order_by("starts_on")
    return dict(placed.values_list("person_id", "position"))


def _person(person: Person | None, positions: dict[int, str]) -> str:
    if person is None:
        return NOT_RECORDED
    position = positions.get(person.pk, "")
    left = f" (left on {nz_date(person.left_on)})" if person.left_on else ""
    return f"{person}, {position}{left}" if position else f"{person}{left}"


def _status(agreement: Agreement, on: date) -> str:
    status, standing = agreement.get_status_display(), agreement.standing(on)
    return status if standing == status else f"{status}, {standing[0].lower()}{standing[1:]}"


def _term(terms: Terms) -> str:
    if terms.ends_on or not terms.starts_on:
        return nz_range(terms.starts_on, terms.ends_on)
    known = "no end date" if terms.open_ended == YesNoUnknown.YES else "end not recorded"
    return f"From {nz_date(terms.starts_on)}, {known}"


def purpose(terms: Terms) -> Facts:
    """What it is for and which uses are allowed."""
    facts = [("What it is for", terms.purpose), ("Allowed uses", terms.permitted_uses)]
    facts += [("Service", terms.service)] if terms.service else []
    facts += [("Main reason", _label(Reason, terms.reason_for_sharing))]
    return _said([*facts, ("What good it does", terms.benefits)] if terms.benefits else facts)


def people(terms: Terms) -> Facts:
    """Necessity, choice and how people are told."""
    affected = number(terms.people_affected)
    return _said(
        [
            ("Why it is necessary", terms.necessity),
            ("Less identifying way considered", terms.less_identifying_alternative),
            ("What choice people have", _label(Choice, terms.individual_choice)),
            ("How they are told", terms.how_people_are_told),
            ("People touched in a year", f"About {affected}" if affected else ""),
            *_notice(terms),
        ]
    )


def _notice(terms: Terms) -> Facts:
    if terms.indirect_collection != YesNoUnknown.YES:
        return [("Collected from somebody else", yes_no_unknown(terms.indirect_collection))]
    if terms.notice_exception:
        exception = _label(NoticeException, terms.notice_exception)
        return [("Collected from somebody else", f"Yes; people are not told: {exception.lower()} (to be confirmed)")]
    parts = (terms.notice_by, terms.notice_where, f"since {nz_date(terms.notice_on)}" if terms.notice_on else "")
    return [("Collected from somebody else", "Yes. Notice: " + (", ".join(filter(None, parts)) or NOT_RECORDED))]


def safeguards(terms: Terms) -> Facts:
    """How it is kept safe, where, for how long and what happens at the end."""
    ground = _label(OverseasGround, terms.overseas_ground)
    abroad = yes_no_unknown(terms.overseas)
    if terms.overseas == YesNoUnknown.YES:
        abroad = (
            f"Yes: {terms.overseas_countries or 'countries not recorded'}. Ground: {ground.lower()} (to be confirmed)"
        )
    hours = terms.breach_hours
    return _said(
        [
            ("How it is kept safe", terms.safeguards),
            ("Breach to be told within", f"{hours}{NO_BREAK}hours" if hours else ""),
            ("Outside New Zealand", abroad),
            ("How long it is kept", terms.retention),
            ("At the end", _label(AtEnd, terms.at_end)),
        ]
    )


def maori(terms: Terms) -> Facts:
    """Whether any of it is Māori data, who was engaged and who governs it."""
    facts = [("Any Māori data", yes_no_unknown(terms.maori_data))]
    if terms.maori_data == YesNoUnknown.YES:
        when = f", {nz_date(terms.maori_engaged_on)}" if terms.maori_engaged_on else ""
        facts += [("Engaged", f"{terms.maori_engaged}{when}" if terms.maori_engaged else "")]
        facts += [("What came of it", terms.maori_outcome)]
        facts += [("Who governs it", terms.maori_governance)]
        facts += [("Conditions", terms.maori_conditions)] if terms.maori_conditions else []
    return _said(facts)


def automated(terms: Terms) -> Facts:
    """Whether a machine decides or recommends anything about a person."""
    facts = [("A machine decides or recommends", yes_no_unknown(terms.automated))]
    if terms.automated == YesNoUnknown.YES:
        facts.append(("What, and who checks it", terms.automated_what))
    return _said(facts)


def _label(choices: type[Reason | Choice | AtEnd | OverseasGround | NoticeException], value: str) -> str:
    return str(choices(value).label)


def _said(facts: Facts) -> Facts:
    return [(term, shorten(value.strip()) or NOT_RECORDED) for term, value in facts]
