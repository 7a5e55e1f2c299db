"""Who may open which address. A new address is refused by the tests until it stands here.

`public`: everyone. `signed in`: everyone with a sign-in; what they see depends on who they are. Else a Permission.
"""

from people.roles import Permission

PUBLIC, SIGNED_IN = "public", "signed in"

MATRIX: dict[str, str | Permission] = {
    "components": PUBLIC,
    "agreements:legal_provision_add": Permission.KEEP_ORGANISATIONS,
    "agreements:legal_provision_offers": Permission.READ_AGREEMENTS,
    "agreements:legal_provisions": Permission.READ_AGREEMENTS,
    "agreements:organisation": Permission.READ_AGREEMENTS,
    "agreements:organisation_add": Permission.CREATE_AGREEMENTS,
    "agreements:organisation_offers": Permission.READ_AGREEMENTS,
    # agreements
    "agreements:issue_pdf": Permission.READ_AGREEMENTS,
    "agreements:issued": Permission.READ_AGREEMENTS,
    "agreements:issued_copy": Permission.READ_AGREEMENTS,
    "agreements:new_agreement": Permission.CREATE_AGREEMENTS,
    "agreements:record_agreement": Permission.CREATE_AGREEMENTS,
    "agreements:agreement": Permission.READ_AGREEMENTS,
    "agreements:duplicate": Permission.CREATE_AGREEMENTS,
    "agreements:provisions": Permission.READ_AGREEMENTS,
    "agreements:responsibilities": Permission.READ_AGREEMENTS,
    "agreements:section": Permission.READ_AGREEMENTS,
    "agreements:add_row": Permission.READ_AGREEMENTS,
    "agreements:change_row": Permission.READ_AGREEMENTS,
    "agreements:remove_row": Permission.READ_AGREEMENTS,
    "agreements:history": Permission.READ_HISTORY,
    "agreements:as_at": Permission.READ_HISTORY,
    "agreements:step": Permission.READ_AGREEMENTS,
}

# Signing in and out, from django-allauth. Its views guard themselves.
OF_ALLAUTH = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_request_login_code": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": SIGNED_IN,
    "socialaccount_signup": PUBLIC,
    "socialaccount_connections": SIGNED_IN,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
}
