"""Show on the form what an action refused; nothing typed is lost."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from records.errors import Refused


def show_refusal(form: BaseForm, problem: ValidationError | Refused) -> None:
    """Put each sentence at its field, and those of no field above the form."""
    if isinstance(problem, Refused):
        form.add_error(None, str(problem))
        return
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)
