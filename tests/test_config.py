"""Settings are read once; what is wrong is one clear line, which never shows a secret."""

from pathlib import Path

import pytest

from bot.config import PackSettings, Settings, SettingsError, packs_folder, read_settings

NO_PAGE = {"WEB": "off", "TELEGRAM_TOKEN": "1:a"}
TOKEN = "123456789:AAE-not_a_real_token_of_any_bot_xyz"
DISCORD = "MTA0MjQyNDI0MjQyNDI0MjQyNA.GabcDE.not-a_real_token_of_any_bot_0123456789"


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def complaint(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings(Settings)
    return str(caught.value)


def test_nothing_needs_to_be_set():
    settings = read_settings(Settings)

    assert settings.telegram_token is None
    assert settings.web
    assert settings.web_host == "127.0.0.1"
    assert settings.questions == packs_folder()
    assert settings.secrets() == ()


def test_settings_come_from_a_file_and_the_environment_wins(monkeypatch):
    Path(".env").write_text("WEB_PORT=9001\nWEB_HOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("WEB_PORT", "9002")

    settings = read_settings(Settings)

    assert (settings.web_host, settings.web_port) == ("0.0.0.0", 9002)  # noqa: S104 - not opened


def test_an_empty_value_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    monkeypatch.setenv("WEB_PORT", "")

    settings = read_settings(Settings)

    assert settings.telegram_token is None
    assert settings.web_port == 8321


@pytest.mark.parametrize(("word", "served"), [("on", True), ("off", False), ("0", False)])
def test_the_page_is_switched_with_words(monkeypatch, word, served):
    monkeypatch.setenv("WEB", word)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)

    assert read_settings(Settings).web is served


@pytest.mark.parametrize("text", ["telegram:77,discord:78", "77, discord:78", " 77 discord:78, "])
def test_owners_are_ids_of_platforms(monkeypatch, text):
    monkeypatch.setenv("OWNERS", text)

    assert read_settings(Settings).owners == ("telegram:77", "discord:78")


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("sqlite+aiosqlite:////var/x.db", "sqlite+aiosqlite:////var/x.db"),
        ("postgres://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("postgresql://u:p@h/n?sslmode=require", "postgresql+asyncpg://u:p@h/n?ssl=require"),
        ("postgresql+asyncpg://u@h/n", "postgresql+asyncpg://u@h/n"),
    ],
)
def test_the_usual_forms_of_a_database_address_are_understood(monkeypatch, written, understood):
    monkeypatch.setenv("DATABASE_URL", written)

    assert read_settings(Settings).database_url.get_secret_value() == understood


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("WEB_PORT", "99999", "from 1 to 65535"),
        ("WEB_PORT", "http", "from 1 to 65535"),
        ("WEB", "perhaps", "on or off"),
        ("OWNERS", "@alice", "such as 77"),
        ("OWNERS", "web:77", "such as 77"),
        ("WEB_NAMES", "https://bot.example", "without https://"),
        ("DATABASE_URL", "mysql://root@host/db", "sqlite:///"),
        ("DATABASE_URL", "sqlite://", "sqlite:///"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
        ("WEBHOOK_SECRET", "not allowed!", "openssl"),
        ("QUESTIONS_PER_MINUTE", "0", "from 1 up"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_name_and_a_cure(monkeypatch, name, value, cure):
    line = complaint(monkeypatch, **{name: value})

    assert line.startswith(name + " ")
    assert cure in line
    assert "\n" not in line


def test_every_wrong_setting_is_named_at_once(monkeypatch):
    lines = complaint(monkeypatch, WEB="perhaps", WEB_PORT="x").splitlines()

    assert [line.split()[0] for line in lines] == ["WEB", "WEB_PORT"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "hunter2-is-no-token"),
        ("DISCORD_TOKEN", "hunter2.is-no-token"),
        ("DATABASE_URL", "mongodb://root:hunter2-is@host/db"),
        ("WEBHOOK_SECRET", "hunter2 is it"),
    ],
)
def test_a_complaint_never_shows_a_secret(monkeypatch, name, value):
    assert "hunter2" not in complaint(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"WEBHOOK_URL": "https://bot.example"}, "WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": "https://bot.example", "WEBHOOK_SECRET": "s", **NO_PAGE}, "WEB"),
        ({"WEBHOOK_URL": "http://bot.example", "WEBHOOK_SECRET": "s"}, "WEBHOOK_URL"),
    ],
)
def test_half_a_webhook_is_refused(monkeypatch, settings, named):
    assert complaint(monkeypatch, **settings).startswith(named + " ")


def test_it_is_said_when_nothing_would_run(monkeypatch):
    assert complaint(monkeypatch, WEB="off").startswith("WEB is off, and neither")


def test_a_bot_on_discord_is_enough_to_run(monkeypatch):
    monkeypatch.setenv("WEB", "off")
    monkeypatch.setenv("DISCORD_TOKEN", DISCORD)

    assert read_settings(Settings).discord_token


def test_the_address_of_a_bot_api_server_may_stand_alone(monkeypatch):
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("TELEGRAM_FILE_URL", "http://127.0.0.1:8081/")

    settings = read_settings(Settings)

    assert settings.telegram_api_url == "http://127.0.0.1:8081/bot"
    assert settings.telegram_file_url == "http://127.0.0.1:8081/file/bot"


def test_a_bot_api_server_of_ones_own_may_call_without_encryption(monkeypatch):
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/bot/")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:8321")
    monkeypatch.setenv("WEBHOOK_SECRET", "s")

    settings = read_settings(Settings)

    assert settings.telegram_api_url == "http://127.0.0.1:8081/bot"


def test_a_misspelt_name_in_the_file_is_noticed():
    Path(".env").write_text("TELEGRAM_TOKN=1\nCOMPOSE_PROJECT_NAME=mine\n", encoding="utf-8")

    with pytest.raises(SettingsError, match="Did you mean TELEGRAM_TOKEN") as caught:
        read_settings(Settings)

    assert "COMPOSE" not in str(caught.value)


def test_a_file_in_another_encoding_is_refused_in_words():
    Path(".env").write_bytes(b"\xff\xfeW\x00E\x00B\x00")

    with pytest.raises(SettingsError, match="Save it as UTF-8"):
        read_settings(Settings)


def test_a_question_on_the_command_line_needs_no_other_setting_right(monkeypatch):
    monkeypatch.setenv("WEB_PORT", "wrong")

    assert read_settings(PackSettings).questions == packs_folder()


def test_secrets_are_all_known_and_never_printed(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("DISCORD_TOKEN", f"Bot {DISCORD}")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:hunter2@host/name")
    monkeypatch.setenv("WEBHOOK_SECRET", "hunter3")

    settings = read_settings(Settings)

    assert settings.secrets() == (TOKEN, DISCORD, "hunter3", "hunter2")
    assert not any(secret in repr(settings) for secret in settings.secrets())
