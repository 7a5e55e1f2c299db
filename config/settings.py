"""Settings, from the environment, in the order of Django's documentation; each is told in docs/how-to/configure.md."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config import embedded_postgres
from config.parts import *  # noqa: F403 - each name in it is a setting
from config.single_sign_on import oidc_app, origin

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Core
DEBUG = env.bool("DEBUG", default=False)
# The private database is for one machine and demo data; anything else needs a secret of its own.
PRIVATE_DATABASE = not env.str("DATABASE_URL", default="")
SECRET_KEY = env.str("SECRET_KEY", default="private-database-only" * 3 if PRIVATE_DATABASE else environ.Env.NOTSET)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if PRIVATE_DATABASE else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=f"http://localhost:{env.str('PORT', default='8000')}")
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
REGISTER_NAME = env.str("REGISTER_NAME", default="Information Sharing Register")

INSTALLED_APPS = [
    "config",
    "assurance",
    "conflicts",
    "agreements",
    "people",
    "records",
    "simple_history",
    "django_htmx",
    "django_filters",
    "django_linear_migrations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.request_number",
    "csp.middleware.CSPMiddleware",
    "config.middleware.private_pages",
    "config.middleware.too_large",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.unsent.SignInKeepingText",  # every view needs a sign-in unless it says otherwise
    "config.middleware.session_end",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.Refusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.unsent.bring_back",
    "axes.middleware.AxesMiddleware",
]

# Below these addresses nothing is noted of a request: no number, no moment of a session. Somebody may stay anonymous.
UNNUMBERED = ("/concern/",)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.renderer.RegisterRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.frame",
            ],
            "builtins": ["config.components"],
        },
    },
]

# Databases
DATABASE_URL = env.str("DATABASE_URL", default=embedded_postgres.url(BASE_DIR, embedded_postgres.APP))
DATABASE_OWNER_URL = env.str(
    "DATABASE_OWNER_URL",
    default=embedded_postgres.url(BASE_DIR, embedded_postgres.OWNER) if PRIVATE_DATABASE else DATABASE_URL,
)
# Migrations, demo data, disposal and tests act as the owner of the schema; everything else as the app.
AS_OWNER = env.bool("DATABASE_AS_OWNER", default=False)
DATABASES = {"default": environ.Env.db_url_config(DATABASE_OWNER_URL if AS_OWNER else DATABASE_URL)}
DATABASES["default"] |= {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
# What records/made_once.py prepares is planned once a connection, whatever the keys (ADR 12).
PREPARED = {"prepare_threshold": 5, "options": "-c plan_cache_mode=force_generic_plan"}
DATABASES["default"]["OPTIONS"] = PREPARED | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What all web processes count together: allauth's limits. Postgres is the only thing they share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"}}

# Signing in
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "people.sign_in.backend.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]

# A password or a mailed code, always for an invited e-mail address (docs/how-to/sign-in.md)
ACCOUNT_ADAPTER = "people.sign_in.account.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.sign_in.SignInForm",
    "request_login_code": "people.forms.sign_in.AskForCodeForm",
    "reset_password": "people.forms.sign_in.AskForLinkForm",
    "reset_password_from_key": "people.forms.sign_in.NewPasswordForm",
    "change_password": "people.forms.sign_in.OtherPasswordForm",
    "set_password": "people.forms.sign_in.FirstPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the link of the invitation, or a code, was mailed there
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False  # closing the browser signs out
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# A link that sets a password, in an invitation or after "forgotten password" (seconds)
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
# Wrong passwords are counted in the database, for each address and network address together.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "people.sign_in.locked.locked_page"
AXES_USERNAME_CALLABLE = "people.sign_in.locked.typed_address"
AXES_CLIENT_IP_CALLABLE = "people.sign_in.locked.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
# allauth's own limits stand besides, by network address; what axes counts, it leaves alone.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
# Second factor: any of totp, webauthn, recovery_codes; empty for none
MFA_ADAPTER = "people.sign_in.second_factor.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there are none: administrators vouch for addresses
MFA_SUPPORTED_TYPES = env.list("SECOND_FACTORS", default=["totp", "webauthn", "recovery_codes"])
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PRIVATE_DATABASE  # http://localhost
# Single sign-on: a JSON list of {"id", "name", "issuer", "client_id", "client_secret"} and, for one agency, "agency"
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", default=[])
SOCIALACCOUNT_ADAPTER = "people.sign_in.single.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [oidc_app(**provider) for provider in OIDC_PROVIDERS]}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False

# Mail: a server by EMAIL_URL, else files that anyone on this machine can read, and a page for administrators
MAIL_SERVER = bool(env.str("EMAIL_URL", default=""))
vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{BASE_DIR}/var/mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default=f"{REGISTER_NAME} <register@localhost>")
EMAIL_TIMEOUT = 10  # seconds

# Internationalisation
LANGUAGE_CODE = "en-nz"
TIME_ZONE = "Pacific/Auckland"
USE_TZ = True
USE_I18N = False
DATE_INPUT_FORMATS = ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d"]

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("FILES_DIR", default=str(BASE_DIR / "var" / "files"))},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Packed already, or read by nothing but the PDFs.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gz", "br", "ico", "jpg", "png", "ttf", "webp", "woff2"]

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(origin(provider["issuer"]) for provider in OIDC_PROVIDERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.unsent.csrf_failure"
# Everything but the private database is served over HTTPS; only a proxy that sets the header may vouch for it.
HTTPS = env.bool("HTTPS", default=not PRIVATE_DATABASE)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# A session ends after this long without a request, and after the longest time whatever happens (seconds).
SESSION_COOKIE_AGE = 60 * env.int("SESSION_MINUTES", default=8 * 60)
SESSION_LONGEST = 3600 * env.int("SESSION_LONGEST_HOURS", default=12)
SESSION_COOKIE_HTTPONLY = True
# Sizes in bytes: a spreadsheet is refused with its own sentence above 25 MB, anything above this unread.
LARGEST_REQUEST = 40 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Logging: one JSON line an event on standard error
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "config.logging.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

# History
SIMPLE_HISTORY_DATE_INDEX = False  # the guards bring the indexes that the measured queries use
# Where heads of the ledger are kept, outside the database; best on another machine. See docs/history.md.
HEADS_FILE = env.str("HEADS_FILE", default=str(BASE_DIR / "var" / "heads.txt"))

# What it judges by
# Standards as data: an edition is a file; an agency adds a folder of its own (docs/how-to/standards.md).
STANDARDS_FOLDERS = [BASE_DIR / "assurance" / "standards", *env.list("STANDARDS_FOLDERS", default=[])]
# From how alike two names are, 0 to 1, an interest and an organisation are put before somebody as a match.
CONFLICT_MATCH_FROM = env.float("CONFLICT_MATCH_FROM", default=0.6)
# Looks at each uploaded document: the dotted path of scan(content, name) -> sentence; empty for none.
DOCUMENT_SCANNER = env.str("DOCUMENT_SCANNER", default="")
