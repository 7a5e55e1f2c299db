"""Interests that people of the story declared, each found by another way: matches of every kind, some decided."""

from typing import Any

from agreements.actions.organisation import add_organisation, link_organisations
from agreements.models import Organisation
from config.demo.calendar import Clock
from config.demo.teller import Stage
from conflicts.actions.declaration import declare_interest, start_declaration, submit_declaration
from conflicts.actions.match import confirm_match, reject_match
from conflicts.choices import Capacity, MatchState, Occasion
from conflicts.models import Match
from people.models import User

OWNER, OWNED = "Southern Gum Holdings Pty Ltd", "Southern Gum Cloud Pty Ltd"
NUMBER = "9429990001230"  # invented, with a last digit that checks the others
# Who, in their own words, of which kind, what the interest is, and its NZBN. All of them work somewhere near it.
SAID = (
    ("tom", "TE WHARE TAUTOKO TRUST", "family", "My sister leads one of its teams", ""),
    ("sina", "Kereru Community Transport", "membership", "I drive for them one Saturday a month", ""),
    ("jess", "Northpoint Analitics", "former_job", "I worked there until the winter of last year", ""),
    ("wiremu", "Southern Gum Holdings", "financial", "Shares from a family trust", ""),
    ("hinemoa", "My husband's job at Tūī Family Counselling, two days a week", "family", "He keeps their books", ""),
    ("arjun", "Our printing firm", "business", "My brother and I own half of it (DEMO)", NUMBER),
)
DECIDED = {
    "tom": (confirm_match, "Same address in Whangārei; asked Tom"),
    "jess": (reject_match, "Another company: hers is in Melbourne and makes games"),
}


def tell_matches(stage: Stage) -> None:
    """Declared lately, matched at once; the integrity champion has decided about two."""
    clock = Clock(stage.now, "matches")
    began = clock.on(-1)  # after whatever these people declared before
    with stage.door.at(began):
        by, abroad = stage.cast.users["hinemoa"], {"demo": True, "country": "Australia"}
        owned, body = Organisation.objects.get(name=OWNED), add_organisation(name=OWNER, values=abroad, by=by)
        link_organisations(owner=body, owned=owned, kind="owner", by=by)
    for who, named_as, kind, says, nzbn in SAID:
        values = {"kind": kind, "named_as": named_as, "says": says, "nzbn": nzbn}
        _declare(stage, clock, stage.cast.users[who], values)
    for who, (decide, why) in DECIDED.items():
        rows = Match.objects.filter(interest__person=stage.cast.people[who], state=MatchState.CANDIDATE)
        found = rows.order_by("-score").first()
        moment = clock.soon()
        if found:
            with stage.door.at(moment):
                decide(match=found, why=why, by=stage.cast.users["losa"], now=moment)


def _declare(stage: Stage, clock: Clock, user: User, values: dict[str, Any]) -> None:
    """What changed since last time; whatever was declared before is still the same."""
    moment = clock.soon()
    with stage.door.at(moment):
        given = {"capacity": Capacity.STAFF, "occasion": Occasion.CHANGE}
        draft = start_declaration(values=given, person=user.who, by=user, now=moment)
        for row in draft.declared.all():
            declare_interest(declaration=draft, values={"standing": "same"}, by=user, declared=row)
        declare_interest(declaration=draft, values=values, by=user)
        submit_declaration(declaration=draft, by=user, now=moment)
