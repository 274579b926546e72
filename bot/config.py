"""Settings, read once from the environment and `.env`, and handed on as plain values."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ENV_FILE = Path(".env")
TELEGRAM = "https://api.telegram.org"

_HERE = Path(__file__).parent
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class SettingsError(Exception):
    """Some settings are wrong; each line names one, what is the matter, and what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


def packs_folder() -> Path:
    """Return where the packs stand: inside an installed bot, or at the top of a checkout."""
    installed = _HERE / "packs"
    return installed if installed.is_dir() else _HERE.parent / "questions"


def _token(text: str) -> str:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", text.strip()):
        raise ValueError(
            "is not a bot's token. Copy it whole from BotFather: digits, a colon, letters and digits"
        )
    return text.strip()


def _discord_token(text: str) -> str:
    token = text.strip().removeprefix("Bot ")
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", token):
        raise ValueError(
            "is not a bot's token. Copy it whole from the developer portal of Discord: your "
            "application, Bot, Reset Token. It has three parts with dots between them"
        )
    return token


def _secret(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError(
            "may only have letters, digits, _ and -. Make one with: openssl rand -hex 24"
        )
    return text


def _people(text: str) -> tuple[str, ...]:
    """Read `telegram:77, discord:88` as platform ids; a bare number is a Telegram id."""
    people = re.split(r"[,\s]+", text.strip(" ,"))
    for person in people:
        if not re.fullmatch(r"((telegram|discord):)?[1-9]\d*", person, re.ASCII):
            raise ValueError(
                f"has {person!r}, which is no person's id. Write numbers with commas between them, "
                "such as 77, telegram:77 or discord:88"
            )
    return tuple(person if ":" in person else f"telegram:{person}" for person in people)


def _hosts(text: str) -> tuple[str, ...]:
    names = re.split(r"[,\s]+", text.strip(" ,"))
    for name in names:
        if not re.fullmatch(r"[A-Za-z0-9.-]+", name):
            raise ValueError(
                f"has {name!r}, which is no host name. Write names such as bot.example.org, "
                "with commas between them and without https://"
            )
    return tuple(name.lower() for name in names)


def _database(text: str) -> str:
    """Name the driver that we use, whichever usual form the address has."""
    engine, _, rest = text.strip().partition("://")
    driver = _DRIVERS.get(engine.partition("+")[0])
    if not driver or not rest.strip("/"):
        raise ValueError(
            "is not the address of a database that we know. Write sqlite:///data/doublecheck.db "
            "or postgresql://user:password@host/name"
        )
    # What libpq calls sslmode, asyncpg calls ssl.
    return f"{driver}://" + re.sub(r"(?<=[?&])sslmode=", "ssl=", rest)


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]\S*", text.strip()):
        raise ValueError("is not a web address. Write it with https:// in front")
    return text.strip().rstrip("/")


def _api(text: str) -> str:
    """Accept the address of the server alone as well; the client wants it up to the token."""
    address = _address(text)
    return address if address.endswith("/bot") else f"{address}/bot"


def _files(text: str) -> str:
    address = _address(text)
    return address if address.endswith("/bot") else f"{address}/file/bot"


class PackSettings(BaseSettings):
    """The one setting that a question on the command line needs too."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        validate_default=False,
    )

    questions: Path = Field(default_factory=packs_folder)
    """Folder with the packs to answer from; unset: the packs that come with the bot."""


class Settings(PackSettings):
    """Everything that an operator may set."""

    telegram_token: Annotated[SecretStr, BeforeValidator(_token)] | None = None
    """Token of the Telegram bot, from BotFather; unset: no Telegram."""

    discord_token: Annotated[SecretStr, BeforeValidator(_discord_token)] | None = None
    """Token of the Discord bot, from Discord's developer portal; unset: no Discord."""

    owners: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_people)] = ()
    """Ids of the people who own the bot, grant roles and are told of reports: telegram:77, discord:88."""

    database_url: Annotated[SecretStr, BeforeValidator(_database)] = SecretStr(
        "sqlite+aiosqlite:///data/doublecheck.db"
    )
    """Database: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."""

    web: bool = True
    """Whether the local page is served: on or off."""

    web_host: str = "127.0.0.1"
    """Address that the local page listens at; 0.0.0.0 opens it to the whole network."""

    web_port: int = Field(default=8321, ge=0, le=65535)
    """Port of the local page, a number from 1 to 65535; 0 takes any that is free."""

    web_names: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)] = ()
    """Further host names that the local page may be asked by, with commas between them."""

    webhook_url: Annotated[str, AfterValidator(_address)] | None = None
    """Public https address under which Telegram reaches the local page; unset: polling."""

    webhook_secret: Annotated[SecretStr, BeforeValidator(_secret)] | None = None
    """Secret that Telegram repeats in every call of the webhook; needed with WEBHOOK_URL."""

    telegram_api_url: Annotated[str, AfterValidator(_api)] = f"{TELEGRAM}/bot"
    """Base address of the Telegram Bot API, for a Bot API server of your own."""

    telegram_file_url: Annotated[str, AfterValidator(_files)] = f"{TELEGRAM}/file/bot"
    """Base address of the files of the Telegram Bot API."""

    questions_per_minute: int = Field(default=30, ge=1)
    """Questions that one person may ask within a minute, a number from 1 up."""

    group_questions_per_minute: int = Field(default=60, ge=1)
    """Questions that all in a group together may ask within a minute, a number from 1 up."""

    keep_answers_days: int = Field(default=30, ge=1)
    """Days that it is kept which facts an answer showed, for its buttons; a number from 1 up."""

    keep_chat_hours: int = Field(default=24, ge=1)
    """Hours that the local page can show a conversation again; a number from 1 up."""

    keep_reports_days: int = Field(default=60, ge=1)
    """Days that problem reports are kept; a number from 1 up."""

    keep_missed_days: int = Field(default=365, ge=1)
    """Days that a missed quiz question is kept for practice since it was last asked; from 1 up."""

    keep_results_days: int = Field(default=365, ge=1)
    """Days that the answers of a quiz with a class are kept after its end; from 1 up."""

    keep_unanswered_days: int = Field(default=30, ge=1)
    """Days that the wording of unanswered questions is kept, of those who allowed it; from 1 up."""

    keep_audit_days: int = Field(default=365, ge=1)
    """Days that it is kept who granted, published or signed in; a number from 1 up."""

    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)
    ] = "INFO"
    """How much the log says: DEBUG, INFO, WARNING or ERROR."""

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        url = self.webhook_url
        if not (self.web or self.telegram_token or self.discord_token):
            raise ValueError(
                "WEB is off, and neither TELEGRAM_TOKEN nor DISCORD_TOKEN is set. "
                "Set one, or nothing runs"
            )
        if url and not self.webhook_secret:
            raise ValueError(
                "WEBHOOK_SECRET is missing, but WEBHOOK_URL is set. Set both or neither"
            )
        if url and not self.web:
            raise ValueError("WEB is off, but WEBHOOK_URL needs its server. Set WEB=on")
        # A Bot API server of one's own may call plain http; Telegram's never does.
        if url and url.startswith("http:") and self.telegram_api_url.startswith(TELEGRAM):
            raise ValueError(
                "WEBHOOK_URL must begin with https://, because Telegram calls nothing else"
            )
        return self

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be written anywhere."""
        secrets = (self.telegram_token, self.discord_token, self.webhook_secret)
        held = [secret.get_secret_value() for secret in secrets if secret]
        password = urlsplit(self.database_url.get_secret_value()).password
        return (*held, password) if password else tuple(held)


Some = TypeVar("Some", bound=PackSettings)


def read_settings(kind: type[Some]) -> Some:
    """Read the settings of a kind; raise SettingsError with a line for each that is wrong."""
    try:
        misspelt = tuple(_misspelt())
        if misspelt:
            raise SettingsError(*misspelt)
        return kind()
    except ValidationError as error:
        lines = [_line(detail) for detail in error.errors(include_url=False, include_input=False)]
        raise SettingsError(*lines) from None
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"{ENV_FILE} cannot be read: {error}. Save it as UTF-8 text."
        ) from None


def _misspelt() -> Iterator[str]:
    """Yield a line for each name in `.env` that is nearly a setting; others are none of our business."""
    known = {name.upper() for name in Settings.model_fields}
    for name in dotenv_values(ENV_FILE, interpolate=False):
        near = get_close_matches(name.upper(), known, 1, cutoff=0.85)
        if near and name.upper() not in known:
            yield f"{name} in {ENV_FILE} is not a setting. Did you mean {near[0]}?"


def _line(error: ErrorDetails) -> str:
    """Say which variable is wrong, how, and what to write; never what it held."""
    name = str(error["loc"][0]) if error["loc"] else ""
    if error["type"] == "value_error":
        return f"{name.upper()} {error.get('ctx', {})['error']}.".lstrip()
    cure = Settings.model_fields[name].description
    problem = error["msg"][0].lower() + error["msg"][1:]
    return f"{name.upper()} is wrong: {problem}. {cure}"
