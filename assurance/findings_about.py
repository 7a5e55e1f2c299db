"""Open findings about an organisation and the agreements it takes part in (settings.ORGANISATION_FINDINGS)."""

from django.db.models import Q

from agreements.models import Organisation
from assurance.models import Finding
from conflicts.what_if import Finding as About
from people.models import User


def findings_about(organisation: Organisation, user: User) -> list[About]:
    """What the user may read of them now, the newest first. One query."""
    party = Q(agreement__current_terms__parties__organisation=organisation)
    rows = Finding.objects.visible_to(user).open().filter(Q(organisation=organisation) | party)
    return [
        About(f"{one} ({one.get_severity_display().lower()})", one.get_absolute_url())
        for one in rows.order_by("-pk").distinct()
    ]
