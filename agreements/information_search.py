"""Find kinds of information by their names, whatever their macrons and capitals."""

from django.db.models import Q, QuerySet

from agreements.models import Agreement, Information
from agreements.models.flow import plain_name
from agreements.normalise import normalise
from agreements.reach import readable
from people.models import User
from records.choices import YesNoUnknown

FLAGS = {
    "children": Q(children=YesNoUnknown.YES),
    "health": Q(health=YesNoUnknown.YES),
    "maori": Q(maori=YesNoUnknown.YES) | Q(flow__terms__maori_data=YesNoUnknown.YES),
    "overseas": Q(flow__terms__overseas=YesNoUnknown.YES) | ~Q(flow__receiver__organisation__country="New Zealand"),
}


def find_information(user: User, q: str, category: str, flags: list[str]) -> "QuerySet[Information]":
    """What the present terms of agreements that the person may read carry: every word in the name, every flag set."""
    agreements = Agreement.objects.in_use().filter(readable(user)).values("current_terms")
    found = Information.objects.filter(flow__terms__in=agreements)
    if q:
        found = found.annotate(plain_name=plain_name())
        for word in normalise(q).split() or [q]:
            found = found.filter(plain_name__contains=word)
    if category:
        found = found.filter(category=category)
    for flag in flags:
        found = found.filter(FLAGS[flag])
    return found
