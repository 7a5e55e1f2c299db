"""Mail to providers: asked, with the link, and the receipt. Nothing of the agency but what the request names."""

from django.conf import settings
from django.template.loader import render_to_string

from assurance.models import OPENS_FOR, AskedAgreement, ProviderRequest
from assurance.provider.links import address_of
from records.actions.mail import Letter
from records.models import Mail
from records.words import nz_date, nz_datetime

ABOUT = "A confirmation asked of a provider"
ASKED = "assurance/email/provider_asked"
RECEIPT = "assurance/email/provider_receipt"


def asking(request: ProviderRequest, titles: list[str]) -> Letter:
    """The mail that carries the link; each time it is sent it has a key of its own."""
    subject = f"{request.agency.name}: please confirm by {nz_date(request.due_on)}"
    context: dict[str, object] = {
        "titles": titles,
        "url": address_of(request),
        "days": OPENS_FOR.days,
        "due": nz_date(request.due_on),
    }
    return _letter(request, f"asked {request.version} {request.mails}", subject, ASKED, context)


def receipt(request: ProviderRequest, asked: list[AskedAgreement]) -> Letter:
    """The mail that says what was received, with the code of the receipt. No link: the answers stand in the page."""
    context: dict[str, object] = {"asked": asked, "at": nz_datetime(request.submitted_at)}
    return _letter(request, "receipt", f"Receipt {request.receipt}: your confirmation", RECEIPT, context)


def mails_of(request: ProviderRequest) -> list[Mail]:
    """Its mail in the outbox, the newest first; what was sent long ago is forgotten there."""
    return list(Mail.objects.filter(key__startswith=f"provider {request.pk} ").order_by("-pk"))


def _letter(request: ProviderRequest, key: str, subject: str, template: str, context: dict[str, object]) -> Letter:
    known = {"request": request, "agency": request.agency.name, "register": settings.REGISTER_NAME}
    text = render_to_string(f"{template}_message.txt", known | context)
    plain = text.replace("\N{NO-BREAK SPACE}", " ").strip() + "\n"
    return Letter(f"provider {request.pk} {key}", request.email, subject, plain, ABOUT)
