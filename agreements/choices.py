"""The closed lists of the field: what kinds of arrangement, party, flow and information there are.

Sources are domain.md's: section 8.2 for kinds, 9.4 for parties and flows, 5.1 for categories of information.
"""

from django.db import models


class Kind(models.TextChoices):
    """What kind of arrangement it is."""

    SHARING_AGREEMENT = "sharing_agreement", "Information sharing agreement (also known as MoU)"
    AISA = "aisa", "Approved information sharing agreement (AISA)"
    MATCHING = "matching", "Information matching agreement"
    CONTRACT_SCHEDULE = "contract_schedule", "Contract schedule"
    DEED = "deed", "Deed"
    OUTCOME_AGREEMENT = "outcome_agreement", "Outcome agreement"
    LETTER = "letter", "Letter of agreement"
    RESEARCH_ACCESS = "research_access", "Research access"
    ONE_OFF = "one_off", "One-off authorisation"


class Status(models.TextChoices):
    """Where an agreement stands. In force, not yet in force and past its end are computed from dates."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SIGNED = "signed", "Signed"
    SUSPENDED = "suspended", "Suspended"
    ENDED = "ended", "Ended"
    CLOSED_OUT = "closed_out", "Closed out"
    WITHDRAWN = "withdrawn", "Withdrawn"


class TermsState(models.TextChoices):
    """Where a version of the terms stands; whether it is in force follows from dates.

    What is agreed here is drafted and approved. What was agreed before is recorded: it claims no approval.
    A variation has a life of its own beside the terms in force, which are past once it comes into force.
    """

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SIGNED = "signed", "Signed, not yet in force"
    IN_FORCE = "in_force", "In force"
    RECORDING = "recording", "Being recorded"
    RECORDED = "recorded", "Recorded"
    PAST = "past", "Past"
    WITHDRAWN = "withdrawn", "Withdrawn"


class VariationKind(models.TextChoices):
    """What a variation is for."""

    CHANGE = "change", "A change of terms"
    RENEWAL = "renewal", "A renewal: it goes on, only its dates change"


class Origin(models.TextChoices):
    """By which door the agreement came in."""

    NEW = "new", "Made here"
    EXISTING = "existing", "Recorded as it stands"
    IMPORTED = "imported", "Imported"


class Classification(models.TextChoices):
    """Policy and privacy markings; national security markings are not for this register."""

    UNCLASSIFIED = "unclassified", "Unclassified"
    IN_CONFIDENCE = "in_confidence", "In Confidence"
    SENSITIVE = "sensitive", "Sensitive"


class Reason(models.TextChoices):
    """Why information is shared (S2: the four reasons of the Data Protection and Use Policy)."""

    PREVENT_HARM = "prevent_harm", "To prevent harm"
    JOINED_UP = "joined_up", "To give a joined-up service"
    PLANNING = "planning", "To plan services and see whom they reach"
    RESEARCH = "research", "To link for research"
    UNKNOWN = "unknown", "We do not know yet"


class Choice(models.TextChoices):
    """What choice the people concerned have."""

    OPT_IN = "opt_in", "They opt in"
    OPT_OUT = "opt_out", "They may opt out"
    NONE = "none", "They have no choice"
    UNKNOWN = "unknown", "We do not know yet"


class NoticeException(models.TextChoices):
    """Exceptions to telling people of an indirect collection (information privacy principle 3A, in our words)."""

    NOT_RELIED_ON = "", "None"
    ALREADY_AWARE = "already_aware", "They already know"
    PUBLICLY_AVAILABLE = "publicly_available", "The information is publicly available"
    NO_PREJUDICE = "no_prejudice", "Not telling them does not harm their interests"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement, revenue or court proceedings"
    PREJUDICES_PURPOSE = "prejudices_purpose", "Telling them would defeat the purpose"
    NOT_PRACTICABLE = "not_practicable", "It is not reasonably practicable"


class AtEnd(models.TextChoices):
    """What happens to the information when the arrangement ends."""

    RETURN = "return", "It is returned"
    DESTROY = "destroy", "It is destroyed and that is certified"
    KEEP = "keep", "It is kept under a retention rule"
    NOTHING_HELD = "nothing_held", "Nothing is held by the other party"
    UNKNOWN = "unknown", "We do not know yet"


class OverseasGround(models.TextChoices):
    """Grounds for disclosure overseas (information privacy principle 12, in our words)."""

    NONE = "", "Not asked"
    AGENT = "agent", "The recipient only stores or processes it for us"
    COMPARABLE_LAW = "comparable_law", "Comparable protection by law"
    CONTRACT = "contract", "Comparable protection by contract"
    AUTHORISED = "authorised", "The people concerned authorised it, knowing the risk"
    OTHER = "other", "Another ground"
    UNKNOWN = "unknown", "We do not know yet"


class Exclusion(models.TextChoices):
    """Why the Information Sharing Standard does not apply (ISS-01)."""

    NONE = "", "No exclusion"
    AISA = "aisa", "Shared under an approved information sharing agreement"
    INTELLIGENCE = "intelligence", "Shared under the Intelligence and Security Act 2017"


class OrganisationKind(models.TextChoices):
    """What kind of body an organisation is."""

    DEPARTMENT = "public_service_department", "Public service department"
    DEPARTMENTAL_AGENCY = "departmental_agency", "Departmental agency"
    EXECUTIVE_BOARD = "executive_board", "Interdepartmental executive board"
    NON_PUBLIC_SERVICE = "non_public_service_department", "Non-public service department"
    CROWN_AGENT = "crown_agent", "Crown agent"
    AUTONOMOUS = "autonomous_crown_entity", "Autonomous Crown entity"
    INDEPENDENT = "independent_crown_entity", "Independent Crown entity"
    OFFICE_OF_PARLIAMENT = "office_of_parliament", "Office of Parliament"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    NGO = "ngo", "Non-government organisation"
    IWI_MAORI = "iwi_maori", "Iwi or Māori organisation"
    COMPANY = "company", "Company"
    RESEARCHER = "research", "University or research body"
    OVERSEAS = "overseas", "Overseas body"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "We do not know yet"


class NameKind(models.TextChoices):
    """How a further name of an organisation is used."""

    MAORI = "maori", "Name in te reo Māori"
    ABBREVIATION = "abbreviation", "Abbreviation"
    FORMER = "former", "Former name"
    TRADING = "trading", "Trading name"
    OTHER = "other", "Other name"


class PartyRole(models.TextChoices):
    """The part an organisation plays in an agreement."""

    LEAD = "lead", "Lead agency"
    PROVIDES = "provides", "Provides information"
    RECEIVES = "receives", "Receives information"
    EXCHANGES = "exchanges", "Provides and receives information"
    COLLECTS = "collects", "Collects information for us"
    SUBCONTRACTOR = "subcontractor", "Subcontractor"
    OTHER = "other", "Other"


class ActsAs(models.TextChoices):
    """Whether a party holds the information for us (Privacy Act 2020 s 11) or for itself."""

    AGENT = "agent", "As our agent"
    INDEPENDENT = "independent", "For its own purposes"
    NOT_APPLICABLE = "not_applicable", "It holds none"
    UNKNOWN = "unknown", "We do not know yet"


class Control(models.TextChoices):
    """How far the receiving party gets hold of the information (F6: no control once downloaded)."""

    VIEW = "view", "They look at it in our system"
    API = "api", "A system connection (API)"
    DOWNLOAD = "download", "They receive or download a copy"
    COLLECT = "collect", "They collect it for us"
    UNKNOWN = "unknown", "We do not know yet"


class Frequency(models.TextChoices):
    """How often information moves."""

    ONCE = "once", "Once"
    ON_REQUEST = "on_request", "On request"
    REAL_TIME = "real_time", "As it happens"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    YEARLY = "yearly", "Yearly"
    UNKNOWN = "unknown", "We do not know yet"


class Category(models.TextChoices):
    """Where information comes from (S2: the four types of the Data Protection and Use Policy)."""

    ADMINISTRATIVE = "administrative", "Administrative"
    SURVEY = "survey", "Survey"
    SECONDARY = "secondary", "Secondary collection"
    LINKED = "linked", "Linked"
    UNKNOWN = "unknown", "We do not know yet"


class Identifiability(models.TextChoices):
    """How far information points to a person."""

    IDENTIFIED = "identified", "Names or identifies people"
    PSEUDONYMISED = "pseudonymised", "Identifiers replaced by a code"
    DE_IDENTIFIED = "de_identified", "De-identified"
    AGGREGATED = "aggregated", "Aggregated"
    UNKNOWN = "unknown", "We do not know yet"


class Sensitivity(models.TextChoices):
    """How much harm misuse could do."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    UNKNOWN = "unknown", "Not assessed"


class Answer(models.TextChoices):
    """Whether a provision stands in the agreement."""

    PRESENT = "present", "Present"
    ABSENT = "absent", "Absent"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    UNKNOWN = "unknown", "We do not know yet"


class Duty(models.TextChoices):
    """Who does what (L1.4): each has exactly one accountable party."""

    LEAD = "lead", "Lead"
    PROVIDES_INFORMATION = "provides_information", "Provides the information"
    CONTRACT_MANAGER = "contract_manager", "Manages the contract"
    ASSURANCE = "assurance", "Assurance"
    BREACH_LEAD = "breach_lead", "Leads on a privacy breach"
    COMPLAINTS = "complaints", "Complaints"
    CONFLICTS = "conflicts", "Conflicts of interest"
    DISPOSAL = "disposal", "Return or destruction"


class ContractStage(models.TextChoices):
    """Where a contract stands, from the plan to its end (the stages of procurement, letter 2)."""

    PLANNED = "planned", "Planned"
    PROCUREMENT = "procurement", "In procurement"
    NEGOTIATION = "negotiation", "In negotiation"
    SIGNED = "signed", "Signed"
    IN_SERVICE = "in_service", "In service"
    ENDED = "ended", "Ended"


class ContractTemplate(models.TextChoices):
    """Which template a contract was written on (domain.md 1.1 no 9: not every one suits personal information)."""

    OWN = "own", "Our own, drafted for it"
    GMC = "gmc", "Government Model Contract"
    AOG = "aog", "All-of-Government contract"
    OTHER = "other", "Another, such as the supplier's"
    UNKNOWN = "unknown", "We do not know yet"


class ValueBand(models.TextChoices):
    """What a contract is worth over its whole life, without GST; a band, since the finance system has the figure."""

    NOTHING = "nothing", "Nothing is paid"
    UP_TO_100K = "100k", "Up to $100,000"
    UP_TO_1M = "1m", "$100,000 to $1 million"
    UP_TO_10M = "10m", "$1 million to $10 million"
    MORE = "more", "More than $10 million"
    UNKNOWN = "unknown", "We do not know yet"


class OversightKind(models.TextChoices):
    """What was done to look after a contract or an agreement."""

    MEETING = "meeting", "Meeting"
    REPORT = "report", "Report read"
    ACCESS = "access", "Access reviewed"
    INCIDENT = "incident", "Incident followed up"
    VISIT = "visit", "Visit"
    OTHER = "other", "Other"


class ReviewOutcome(models.TextChoices):
    """What a review decided about an agreement."""

    KEEP = "keep", "Keep it as it is"
    VARY = "vary", "Vary its terms"
    END = "end", "End it"
    REPLACE = "replace", "Replace it by another"


class BasisKind(models.TextChoices):
    """What kind of law a legal basis is (domain.md 3.1). An agreement or memorandum is none of them."""

    ENACTMENT = "enactment", "Act or regulation"
    IPP_EXCEPTION = "ipp_exception", "Exception to a privacy principle"
    INFORMATION_MATCHING = "information_matching", "Information matching provision"
    AISA = "aisa", "Approved information sharing agreement"
    CODE_OF_PRACTICE = "code_of_practice", "Code of practice"
    CONSENT = "consent", "The person's own authorisation"
    IDENTITY_INFORMATION = "identity_information", "Access to identity information"
    LAW_ENFORCEMENT = "law_enforcement_information", "Access to law enforcement information"
    STATISTICS = "statistics", "Statistics and research"
    S30_AUTHORISATION = "s30_authorisation", "Authorisation by the Privacy Commissioner"
    OTHER = "other", "Other"


class Confidence(models.TextChoices):
    """How far reference data can be relied on; the words say what was done, so that nobody takes it for advice."""

    VERIFIED = "verified", "Read at the source named"
    MEMORY = "memory", "Well known, not read again for this register"
    UNCERTAIN = "uncertain", "Uncertain: check before you rely on it"
    ADDED = "added", "Added by an agency"
