"""An agreement with a subcontractor two levels down and flows between all of them, made by real actions."""

from dataclasses import dataclass
from typing import Any

from agreements.actions.row import add_row
from agreements.choices import PartyRole, Status
from agreements.models import Agreement, Flow, Party
from agreements.rows import KINDS
from tests.agreements_at import agreement_at, answer, organisation
from tests.cast import Cast


@dataclass
class Flowing:
    """An agreement that is still a draft, to which parties and flows are added."""

    cast: Cast
    agreement: Agreement

    def party(self, name: str, under: Party | None = None) -> Party:
        """One more party, or a subcontractor."""
        role = PartyRole.SUBCONTRACTOR if under else PartyRole.RECEIVES
        return self._add("party", organisation=organisation(name), role=role, parent=under)

    def named(self, name: str) -> Party:
        """The party of this name."""
        return self.agreement.terms_now.parties.get(organisation__name=name)

    def flow(self, sender: Party, receiver: Party, *carries: str, **values: Any) -> Flow:
        """A flow that carries kinds of information; ``values`` are of the information."""
        flow: Flow = self._add("flow", sender=sender, receiver=receiver, method="SFTP", volume=1200)
        for name in carries:
            self._add("information", flow=flow, name=name, **values)
        return flow

    def answer(self, section: str, **values: Any) -> None:
        """Answers of one section."""
        self.agreement = answer(self.agreement, section, self.cast.privacy_officer, **values)

    def _add(self, kind: str, **values: Any) -> Any:
        by = self.cast.privacy_officer
        return add_row(agreement=self.agreement, kind=KINDS[kind], values=values, by=by)


def flowing(cast: Cast, title: str = "School attendance liaison", **options: Any) -> Flowing:
    """A draft between the cast's agency and Te Whare Tautoko Trust."""
    return Flowing(cast, agreement_at(Status.DRAFT, cast, title=title, **options))
