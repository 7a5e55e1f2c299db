"""What a member of the public would understand of an arrangement: the same text on its page and on its PDF.

Who shares what about whom with whom, why, what choice people have, how they are told, whom to ask. An agency that
writes its own summary is quoted; otherwise the text is composed from what is recorded, and says what is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.choices import Choice, NoticeException, Reason
from agreements.models import Agreement, Flow, Terms
from records.choices import YesNoUnknown

SHOWN_FLOWS = 4
SHOWN_CHARACTERS = 700
COMMISSIONER = "If the answer does not satisfy you, the Office of the Privacy Commissioner (privacy.org.nz) can help."

REASONS = {
    Reason.PREVENT_HARM: "It is shared to prevent harm.",
    Reason.JOINED_UP: "It is shared so that people get one joined-up service.",
    Reason.PLANNING: "It is shared to plan services and to see whom they reach.",
    Reason.RESEARCH: "It is shared for research.",
}
CHOICES = {
    Choice.OPT_IN: "It is shared only about people who say yes first.",
    Choice.OPT_OUT: "People can say no, and their information is then not shared.",
    Choice.NONE: "People cannot choose whether their information is shared.",
}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``recorded`` is False where it only says that the register does not know."""

    topic: str
    text: str
    recorded: bool = True

    def __str__(self) -> str:
        return self.text


def public_summary(agreement: Agreement) -> list[Paragraph]:
    """The summary in paragraphs; reads parties, flows and information, so prefetch them where many are shown."""
    own = agreement.terms_now.public_summary.strip()
    told = [Paragraph("", part) for part in own.split("\n\n")] if own else list(_composed(agreement.terms_now))
    return [*told, _whom_to_ask(agreement)]


def _composed(terms: Terms) -> Iterator[Paragraph]:
    if terms.personal_information == YesNoUnknown.NO:
        yield Paragraph("What is shared", "No information about identifiable people is shared under this arrangement.")
        yield _why(terms)
        return
    yield _what(terms)
    yield _why(terms)
    yield _choice(terms)
    yield _told(terms)


def _what(terms: Terms) -> Paragraph:
    flows = list(terms.flows.all())
    if not flows:
        return Paragraph("What is shared", "What is shared, and with whom, is not recorded.", recorded=False)
    sentences = [_flow(flow) for flow in flows[:SHOWN_FLOWS]]
    if len(flows) > SHOWN_FLOWS:
        sentences.append(f"{len(flows) - SHOWN_FLOWS} more flows are listed further on.")
    return Paragraph("What is shared", " ".join(sentences))


def _flow(flow: Flow) -> str:
    between = f"{flow.sender} gives {flow.receiver}"
    items = list(flow.information.all())
    if not items:
        return f"{between} information that is not described yet."
    whom = _joined(list(dict.fromkeys(item.about_whom.strip() for item in items if item.about_whom.strip())))
    about = f", about {_lower(whom)}" if whom else ""
    return f"{between} this information{about}: {_shortened('; '.join(_lower(item.name) for item in items))}."


def _why(terms: Terms) -> Paragraph:
    purpose = _shortened(terms.purpose.strip())
    reason = REASONS.get(Reason(terms.reason_for_sharing), "")
    if not purpose and not reason:
        return Paragraph("Why", "Why it is shared is not recorded.", recorded=False)
    return Paragraph("Why", " ".join(part for part in (_sentence(purpose), reason) if part))


def _choice(terms: Terms) -> Paragraph:
    said = CHOICES.get(Choice(terms.individual_choice))
    if not said:
        return Paragraph("Your choice", "What choice people have is not recorded.", recorded=False)
    return Paragraph("Your choice", f"{said} {_sentence(_shortened(terms.individual_choice_why))}".strip())


def _told(terms: Terms) -> Paragraph:
    told = _sentence(_shortened(terms.how_people_are_told))
    if terms.notice_where:
        told = f"{told} The notice is here: {terms.notice_where}.".strip()
    if not told and terms.notice_exception:
        exception = NoticeException(terms.notice_exception).label
        told = f"People are not told. The reason given: {_lower(exception)}."
    if not told:
        return Paragraph("How people are told", "How people are told is not recorded.", recorded=False)
    return Paragraph("How people are told", told)


def _whom_to_ask(agreement: Agreement) -> Paragraph:
    agency = agreement.agency
    if not agency.privacy_email:
        unknown = f"The privacy team of {agency} answers questions; how to reach it is not recorded."
        return Paragraph("Whom to ask", f"{unknown} {COMMISSIONER}", recorded=False)
    ask = f"To ask about it, or to see or correct information about you, write to {agency}: {agency.privacy_email}."
    return Paragraph("Whom to ask", f"{ask} {COMMISSIONER}")


def _shortened(text: str) -> str:
    """At most 700 characters, cut between words, so that the summary stays half a page."""
    plain = " ".join(text.split())
    if len(plain) <= SHOWN_CHARACTERS:
        return plain
    return f"{plain[:SHOWN_CHARACTERS].rsplit(' ', 1)[0]} …"


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _lower(text: str) -> str:
    """Small first letter inside a sentence, except of names and abbreviations (te reo, IRD, Census)."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first in NAMES else text[:1].lower() + text[1:]


NAMES = {"Māori", "Iwi", "Pacific", "Inland", "New", "Te", "National", "Census", "Whānau"}


def _joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(map(_lower, parts[:-1]))} and {_lower(parts[-1])}"
