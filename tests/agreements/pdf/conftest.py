"""A full agreement to print."""

import pytest

from agreements.actions.row import add_row
from agreements.choices import Answer, Duty, Status
from agreements.models import Agreement
from agreements.rows import KINDS
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast


@pytest.fixture
def full(cast: Cast) -> Agreement:
    """A draft with a flow, two kinds of information, a provision and a duty."""
    by = cast.privacy_officer
    draft = agreement_at(Status.DRAFT, cast, title="Whānau hōtaka ārahi me ngā ūpoko")
    answer(draft, "people", by, how_people_are_told="A leaflet in Māori and English")
    ours, theirs = draft.terms_now.parties.order_by("pk")
    flow = add_row(agreement=draft, kind=KINDS["flow"], values={"sender": ours, "receiver": theirs}, by=by)
    for name in ("Name and address", "Iwi affiliation"):
        values = {"flow": flow, "name": name, "about_whom": "Adults who opt in", "maori": "yes"}
        add_row(agreement=draft, kind=KINDS["information"], values=values, by=by)
    row = {"code": "C1", "answer": Answer.PRESENT, "clause": "Clause 2", "page": "3"}
    add_row(agreement=draft, kind=KINDS["provision"], values=row, by=by)
    add_row(agreement=draft, kind=KINDS["responsibility"], values={"duty": Duty.LEAD, "party": ours}, by=by)
    return Agreement.objects.get(pk=draft.pk)
