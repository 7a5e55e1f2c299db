"""Keep a list under a name, rename it, forget it."""

from agreements.actions.changes import check_and_save
from agreements.models import SavedView
from people.models import User
from people.permissions import NotPermitted, check_may
from people.roles import Permission
from records.acting import action
from records.errors import Refused

MOST_VIEWS = 50


@action
def save_view(*, name: str, query: str, by: User, list_name: str = "agreements") -> SavedView:
    """Keep a query string of a list. Raises ValidationError naming the field, NotPermitted, Refused beyond 50."""
    check_may(by, Permission.READ_AGREEMENTS)
    if by.person is None:
        raise NotPermitted("Only people keep views")
    if SavedView.objects.visible_to(by).count() >= MOST_VIEWS:
        raise Refused(f"You have {MOST_VIEWS} views: delete one before you save another")
    view = SavedView(person=by.person, name=name.strip(), list_name=list_name, query=query)
    check_and_save(view)
    return view


@action
def rename_view(*, view: SavedView, name: str, by: User) -> SavedView:
    """Give a view of the user's own another name. Raises ValidationError, NotPermitted."""
    own = _own(view, by)
    own.name = name.strip()
    check_and_save(own)
    return own


@action
def delete_view(*, view: SavedView, by: User) -> None:
    """Forget a view of the user's own; that it was there stays in the history. Raises NotPermitted."""
    _own(view, by).delete()


def _own(view: SavedView, by: User) -> SavedView:
    found = SavedView.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=view.pk).first()
    if found is None:
        raise NotPermitted("This view is somebody else’s")
    return found
