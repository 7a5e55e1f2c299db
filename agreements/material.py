"""What a variation changes that asks for more than an approval (domain.md 6, F2 and F13; 8.5 rule 14).

A change of purpose, information, volume, party, subcontractor or country reopens the risk assessment. A mandatory
provision that is taken out or weakened needs a delegate and a reason. Pure where the terms were fetched by whole().
"""

from collections.abc import Callable, Sequence

from agreements.choices import Answer, PartyRole
from agreements.models import Terms
from agreements.provisions import BY_CODE, MANDATORY

TENFOLD = 10


def material_changes(old: Terms, new: Terms) -> list[str]:
    """What changed, in the words of the table, in its order."""
    return [what for what, changed in MATERIAL.items() if changed(old, new)]


def weakened(old: Terms, new: Terms) -> list[str]:
    """Codes of mandatory provisions that stood in the old terms and do not stand in the new, in their order."""
    before, after = _present(old), _present(new)
    return [code for code in MANDATORY if code in before and code not in after]


def weakened_since_approval(terms: Terms) -> list[str]:
    """The same of terms that were approved, sent back and edited since, in their order."""
    after = _present(terms)
    return [code for code in MANDATORY if code in (terms.provisions_approved or ()) and code not in after]


def provisions_present(terms: Terms) -> list[str]:
    """Codes of the provisions that stand in the terms."""
    return sorted(_present(terms))


def says_weakened(codes: Sequence[str]) -> str:
    """What the approver has to be and to say; empty where no mandatory provision is weakened."""
    named = " and ".join(f"{code} {BY_CODE[code].title}" for code in codes)
    return f"Takes out or weakens {named}: needs a delegate and a reason" if named else ""


def says_material(changed: Sequence[str]) -> str:
    """What has to be assessed again, in one sentence; empty where nothing material changes."""
    named = " and ".join(f"the {what}" for what in changed)
    return f"This changes {named}: assess the risk again" if named else ""


def _present(terms: Terms) -> set[str]:
    return {row.code for row in terms.provisions.all() if row.answer == Answer.PRESENT}


def _purpose(old: Terms, new: Terms) -> bool:
    return (old.purpose.strip(), old.permitted_uses.strip()) != (new.purpose.strip(), new.permitted_uses.strip())


def _information(old: Terms, new: Terms) -> bool:
    """Something more is shared, or what is shared says more about people."""
    return not _carried(new) <= _carried(old)


def _carried(terms: Terms) -> set[tuple[str, ...]]:
    items = [item for flow in terms.flows.all() for item in flow.information.all()]
    return {
        (item.name.casefold(), item.identifiability, item.sensitivity, item.children, item.health, item.maori)
        for item in items
    }


def _volume(old: Terms, new: Terms) -> bool:
    """Ten times as many records, or people, or more."""
    pairs = [(_records(old), _records(new)), (old.people_affected or 0, new.people_affected or 0)]
    return any(before > 0 and after >= TENFOLD * before for before, after in pairs)


def _records(terms: Terms) -> int:
    return sum(flow.volume or 0 for flow in terms.flows.all())


def _organisations(terms: Terms, *, below: bool) -> set[int]:
    return {
        party.organisation_id
        for party in terms.parties.all()
        if (party.parent_id is not None or party.role == PartyRole.SUBCONTRACTOR) == below
    }


def _party(old: Terms, new: Terms) -> bool:
    return not _organisations(new, below=False) <= _organisations(old, below=False)


def _subcontractor(old: Terms, new: Terms) -> bool:
    return not _organisations(new, below=True) <= _organisations(old, below=True)


def _country(old: Terms, new: Terms) -> bool:
    return (old.overseas, old.overseas_countries.strip()) != (new.overseas, new.overseas_countries.strip())


MATERIAL: dict[str, Callable[[Terms, Terms], bool]] = {
    "purpose": _purpose,
    "information": _information,
    "volume": _volume,
    "party": _party,
    "subcontractor": _subcontractor,
    "country": _country,
}
