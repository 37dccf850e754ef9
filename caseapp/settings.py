"""One settings module; every choice comes from the environment. `.env.example` explains each name."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from caseapp.core.starting import refuse

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    _is_writable = os.access(DATA_DIR, os.W_OK)
except OSError:
    _is_writable = False
if not _is_writable:
    refuse(
        f"The data folder {DATA_DIR} cannot be made or written to.\n"
        "Give it to the account that runs the program, or name another folder in DATA_DIR."
    )


def _embedded_secret(path: Path) -> str:
    """The embedded install makes its own secret once and keeps it beside its data, readable by its owner alone.

    Web server and worker may start at the same moment: the secret of whoever is first holds for both.
    """
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text()


# The keys that open the files of cases. Named apart, so that an office keeps them apart; empty: in DATA_DIR.
CASE_KEYS_FILE = env("CASE_KEYS_FILE", default="")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or _embedded_secret(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Seals the secrets of second factors in the database; it must not be in the database itself.
SECOND_FACTOR_KEY = env("SECOND_FACTOR_KEY", default="") or _embedded_secret(DATA_DIR / "second_factor_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# HTTPS=on is for a server behind a TLS proxy. The embedded default is plain HTTP on this machine alone,
# where a browser would refuse Secure cookies.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "caseapp.core.apps.WebFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "caseapp.core.apps.CoreConfig",
    "caseapp.audit",
    "caseapp.accounts",
    "caseapp.library",
    "caseapp.cases",
    "caseapp.packets",
]

MIDDLEWARE = [
    "caseapp.core.middleware.NumberedRequests",
    # Before all that could answer by itself: no answer goes out without these.
    "caseapp.core.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "caseapp.audit.middleware.OriginOnRecord",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caseapp.core.middleware.MethodsOfBrowsers",
    "caseapp.core.middleware.CookiesOfOurs",
    "caseapp.core.middleware.FormsInUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "caseapp.accounts.middleware.SessionsEnd",
    "caseapp.accounts.middleware.OwnLanguage",
    "caseapp.core.middleware.SignInForWholePage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "caseapp.accounts.middleware.SecondFactorFirst",
    "caseapp.accounts.middleware.FewUploads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "caseapp.packets.middleware.RefusalsOnRecord",
    "caseapp.core.middleware.KeysAtHand",
]

ROOT_URLCONF = "caseapp.urls"
WSGI_APPLICATION = "caseapp.wsgi.application"

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
                "django.template.context_processors.i18n",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Tests use a file too: SQLite in memory locks whole tables, and no other process could see it.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # Six writers measured: no failure with these; one in ten with Django's defaults.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON; "
        # A search looks up tens of thousands of rows: read where the system keeps them, they need not be copied first.
        "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;",
    }
    # Only PostgreSQL keeps another column in an index; whoever types `make run` can do nothing about it.
    SILENCED_SYSTEM_CHECKS = ["models.W040"]
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # The planner takes reading a text and compiling a query for cheaper than they are, and the index for dearer.
    DATABASES["default"]["OPTIONS"] = {"options": "-c random_page_cost=1.1 -c jit=off"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="filesystem://localhost")
# SQLite takes one writer at a time, so one web process is enough there.
WEB_PROCESSES = env.int("WEB_PROCESSES", default=1)
WORKER_PROCESSES = env.int("WORKER_PROCESSES", default=2)
# A worker that has given no sign of life for this long is taken for dead, and its work is taken up again.
JOB_SILENT_SECONDS = env.int("JOB_SILENT_SECONDS", default=30)

# Pages of the web are fetched through this proxy where it is set.
FETCH_PROXY = env("FETCH_PROXY", default="")

# Throttling of sign-in counts in the cache, and used codes are remembered there: every process must share one, and
# nobody must be able to crowd out the counts by making many.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CELERY_BROKER_URL,
    }
    if CELERY_BROKER_URL.startswith("redis")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["caseapp.accounts.backends.PeopleOfTheOffice"]
# The first hashes; passwords hashed by the second are hashed anew when their owner signs in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "caseapp.accounts.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "caseapp.accounts.passwords.NotGuessable"},
]
ACCOUNT_ADAPTER = "caseapp.accounts.adapter.ClosedOffice"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "caseapp.accounts.forms.door.SignInForm",
    "change_password": "caseapp.accounts.forms.door.OwnPasswordForm",
    "reauthenticate": "caseapp.accounts.forms.door.StillYouForm",
    "reset_password_from_key": "caseapp.accounts.forms.door.FirstPasswordForm",
    "user_token": "caseapp.accounts.forms.door.SetPasswordLinkForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "caseapp.accounts.links.SetPasswordTokens"  # noqa: S105
# How long a sign-in opens what caseapp.accounts.recent guards.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # Failures are counted by caseapp.accounts.throttle, which says why there are three.
    "login_failed": None,
    "sign_in_failed_for_person_at_address": "5/15m/key",
    "sign_in_failed_for_person": "20/h/key",
    "sign_in_failed_at_address": "100/h/ip",
    # Requests that bring files; each may bring many.
    "uploads": env("UPLOADS_PER_PERSON", default="300/m") + "/user",
}
# Proxies in front of us that append to X-Forwarded-For; with 0 the header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Recovery codes are the program's own (caseapp.accounts.proving): allauth keeps what it could show again.
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
MFA_ADAPTER = "caseapp.accounts.adapter.SecondFactors"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "caseapp.accounts.forms.factors.SecondStepForm",
    "reauthenticate": "caseapp.accounts.forms.factors.StillYouByCodeForm",
    "activate_totp": "caseapp.accounts.forms.factors.CodeAppForm",
    "add_webauthn": "caseapp.accounts.forms.factors.NewPasskeyForm",
    "edit_webauthn": "caseapp.accounts.forms.factors.PasskeyNameForm",
    "authenticate_webauthn": "caseapp.accounts.forms.factors.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "caseapp.accounts.forms.factors.StillYouByPasskeyForm",
    "login_webauthn": "caseapp.accounts.forms.factors.PasskeySignInForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["caseapp.formats"]
TIME_ZONE = env("OFFICE_TIME_ZONE", default="America/New_York")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATICFILES_DIRS = [BASE_DIR / "caseapp" / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "caseapp.core.static_storage.HashedStaticFiles"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}

# For all that is typed into one form: the longest text that is taken in (caseapp.intake.readers.MAX_BYTES), with room
# for the second sign that browsers send at each of its line ends. More is refused while it comes in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# For one file; caseapp.intake.MOST_BYTES must fit into it.
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
# For all the files that one request brings.
MAX_REQUEST_BYTES = 200 * 1024 * 1024
# The socket of a virus scanner (clamd), as a path or host:port; nothing where the office has none.
CLAMAV = env("CLAMAV", default="")
FILE_UPLOAD_HANDLERS = [
    "caseapp.core.antivirus.ScannedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "caseapp.core.uploads.BoundedFileUpload",
]
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "caseapp.core.logs.IdsOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ids"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # These tell of every page they set.
        **{name: {"level": "ERROR"} for name in ("fontTools", "weasyprint.progress", "pikepdf")},
        # These tell of every task: too much for a day, and nothing that its row does not know.
        **{name: {"level": "WARNING"} for name in ("celery", "kombu")},
        # These would write by handlers of their own.
        **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server", "gunicorn.error")},
        # Addresses and what is asked for in them may be a client's words.
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
