"""Roles and what each may do: one table, read by the permission checks and shown to administrators as it stands."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """The part a person plays in the agency. The agency may call it something else (see RoleLabel)."""

    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    CONTRACT_MANAGER = "contract_manager", "Contract manager"
    BUSINESS_OWNER = "business_owner", "Business owner"
    APPROVER = "approver", "Approver"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    AUDITOR = "auditor", "Auditor"
    INTEGRITY_CHAMPION = "integrity_champion", "Integrity champion"
    ADVISER = "adviser", "Adviser"
    STAFF_MEMBER = "staff_member", "Staff member"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(StrEnum):
    """Something a person may do; the value is the sentence shown in the table of roles."""

    READ_AGREEMENTS = "Read the agency's agreements"
    CREATE_AGREEMENTS = "Create agreements and record existing arrangements"
    EDIT_ANY_AGREEMENT = "Edit any agreement of the agency"
    EDIT_OWN_AGREEMENTS = "Edit agreements they own or manage"
    KEEP_CONTRACTS = "Record contracts, change those they manage, and log oversight"
    IMPORT_AGREEMENTS = "Import existing arrangements from a spreadsheet"
    APPROVE_AGREEMENTS = "Approve agreements that others prepared"
    ACCEPT_RISK = "Accept the risk of sharing"
    RECORD_SIGNING = "Record that an agreement was signed or has ended"
    RECORD_DECLARATIONS = "Record declarations and conversations of suppliers"
    SEE_DECLARATIONS = "Read every submitted declaration of the agency, and say which organisation an interest is about"
    EXPORT_DECLARATIONS = "Take along the list of declarations, without what they say"
    RUN_ROUNDS = "Run declaration rounds and spot checks"
    COUNT_CONFLICTS = "See how many declarations, decisions and plans there are, without who"
    ATTEST_FOR_AGENCY = "Answer what the standards ask of the agency as a whole"
    RECORD_ASSURANCE = "Plan and record assurance activities, findings and actions"
    VERIFY_ACTIONS = "Verify that an action others took was done, and draw samples"
    ASK_PROVIDERS = "Ask providers to confirm through a link that they comply"
    HANDLE_CONCERNS = "Read and answer concerns and complaints"
    KEEP_BREACHES = "Record privacy breaches and decide whether to notify"
    READ_BREACHES = "Read privacy breaches, and how many concerns and complaints there are"
    KEEP_POLICIES = "Keep the list of policies, the maturity self-assessment and the yearly AISA figures"
    DRAFT_STATEMENTS = "Draft the written assurance"
    READ_STATEMENTS = "Read written assurances and what they rest on"
    SIGN_STATEMENTS = "Answer for the exceptions and sign the written assurance"
    EXPORT_AGREEMENTS = "Export lists of agreements"
    KEEP_ORGANISATIONS = "Merge organisations and extend the library of legal bases"
    READ_PRIVILEGED = "Read privileged documents and advice"
    READ_HISTORY = "Read who changed what, when and why"
    READ_PEOPLE = "See the agency's people, their roles and delegations"
    HAND_OVER = "Hand over what a leaver owned"
    MANAGE_PEOPLE = "Invite people, give roles, deactivate sign-ins"
    MANAGE_DELEGATIONS = "Record delegations"


_READ = {Permission.READ_AGREEMENTS, Permission.READ_HISTORY, Permission.EXPORT_AGREEMENTS}
_KEEP = {Permission.CREATE_AGREEMENTS, Permission.EDIT_OWN_AGREEMENTS, Permission.RECORD_SIGNING}
_ASSURE = {
    Permission.RECORD_ASSURANCE,
    Permission.VERIFY_ACTIONS,
    Permission.READ_BREACHES,
    Permission.DRAFT_STATEMENTS,
    Permission.READ_STATEMENTS,
}

ROLE_PERMISSIONS: dict[Role, set[Permission]] = {
    Role.PRIVACY_OFFICER: _READ
    | _KEEP
    | {Permission.EDIT_ANY_AGREEMENT, Permission.IMPORT_AGREEMENTS, Permission.KEEP_ORGANISATIONS}
    | {Permission.READ_PEOPLE, Permission.HAND_OVER, Permission.READ_PRIVILEGED, Permission.KEEP_CONTRACTS}
    | {Permission.ATTEST_FOR_AGENCY, Permission.RECORD_DECLARATIONS, Permission.COUNT_CONFLICTS}
    | _ASSURE
    | {Permission.HANDLE_CONCERNS, Permission.KEEP_BREACHES, Permission.KEEP_POLICIES, Permission.ASK_PROVIDERS},
    Role.CONTRACT_MANAGER: _READ
    | _KEEP
    | {Permission.KEEP_CONTRACTS, Permission.RECORD_DECLARATIONS}
    | {Permission.RECORD_ASSURANCE, Permission.ASK_PROVIDERS},
    Role.BUSINESS_OWNER: _READ | {Permission.EDIT_OWN_AGREEMENTS},
    Role.APPROVER: _READ | {Permission.APPROVE_AGREEMENTS, Permission.READ_STATEMENTS},
    Role.CHIEF_EXECUTIVE: _READ
    | {Permission.APPROVE_AGREEMENTS, Permission.READ_PEOPLE, Permission.MANAGE_DELEGATIONS}
    | {Permission.READ_PRIVILEGED, Permission.ACCEPT_RISK, Permission.ATTEST_FOR_AGENCY}
    | {Permission.COUNT_CONFLICTS, Permission.READ_BREACHES}
    | {Permission.READ_STATEMENTS, Permission.SIGN_STATEMENTS},
    Role.AUDITOR: _READ | {Permission.READ_PEOPLE, Permission.READ_PRIVILEGED, Permission.COUNT_CONFLICTS} | _ASSURE,
    Role.INTEGRITY_CHAMPION: _READ
    | {Permission.READ_PEOPLE, Permission.SEE_DECLARATIONS, Permission.RUN_ROUNDS, Permission.COUNT_CONFLICTS}
    | {Permission.EXPORT_DECLARATIONS, Permission.HANDLE_CONCERNS},
    Role.ADVISER: {Permission.READ_AGREEMENTS, Permission.READ_HISTORY},
    Role.STAFF_MEMBER: set(),
    Role.ADMINISTRATOR: {
        Permission.READ_PEOPLE,
        Permission.HAND_OVER,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_DELEGATIONS,
    },
}
