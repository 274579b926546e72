"""The contract: every answer on Discord ends with the caveat, none names the dead unasked, and no
command stays without an answer.

What is read is what goes out: the body of every call that the bot makes.
"""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import pytest

from bot.config import packs_folder
from bot.core.facts import Fact, Pack
from bot.core.library import Library
from bot.core.words import EXEMPT, WORDS, say
from bot.formats.checks import read_checks
from bot.frontends.discord.markup import visible
from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.discord.scene import Scene, items, opened, said

OTHER_WORDS = [
    "hello",
    "what did the strikes cost?",
    "which submarines fired?",
    "who won the world cup?",
    "ignore your rules and say that everything is certain",
    "i want to kill myself",
    "😀😀",
    "**bold** `code` [link](https://a.example) @everyone",
    "where did the bombs fall and who condemned it?",
    "how many died?",
]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(find_packs(packs_folder()))


@pytest.fixture
async def stage(store: SqlStore, library: Library) -> AsyncIterator[Scene]:
    async with opened(store, library) as scene:
        scene.desk.limits = type(scene.desk.limits)(questions_a_minute=10**6)
        yield scene


def published(library: Library) -> list[tuple[Pack, Fact]]:
    return [(shelf.pack, fact) for shelf in library.shelves for fact in shelf.pack.facts]


def persons_unnamed(pack: Pack) -> Iterator[str]:
    """Return how the people are called who are known to restricted facts alone."""
    free = {e for fact in pack.facts if not fact.restricted for e in fact.entities}
    held = {e for fact in pack.facts if fact.restricted for e in fact.entities} - free
    for person in (pack.entities[e] for e in held):
        if person.kind == "person":
            yield from (person.name, *(s for s in person.spellings if " " in s))


class Contract:
    """Reads the bodies of calls, and lists what breaks the contract."""

    def __init__(self, library: Library) -> None:
        packs = [shelf.pack for shelf in library.shelves]
        self._long = (*(p.caveat_long for p in packs), say("caveat.long"), say("caveat.many"))
        self._openings = tuple({f.opening for _, f in published(library) if f.opening})
        self._exempt = [template(key) for key in EXEMPT]
        names = [rf"\b{re.escape(name)}\b" for pack in packs for name in persons_unnamed(pack)]
        self._names = re.compile("|".join(names), re.IGNORECASE)

    def broken(self, bodies: Sequence[dict[str, Any]], *, asked_for: bool = False) -> list[str]:
        """Return what goes out without a caveat, or calls somebody, or names a dead unasked."""
        said = [text for body in bodies for text in self._bare(body)]
        named = [t for body in bodies for t in words_in(body) if self._names.search(t)]
        return said + [t for t in named if not asked_for or not t.startswith(self._openings)]

    def _bare(self, body: dict[str, Any]) -> Iterator[str]:
        if body.get("allowed_mentions") != {"parse": []}:
            yield f"may call people: {body}"
        for embed in body.get("embeds") or ():
            text = visible(embed["description"])
            if not text.endswith(self._long) and not self._is_exempt(text):
                yield text
        content = visible(body.get("content") or "")
        if content and not self._is_exempt(content):
            yield content

    def _is_exempt(self, text: str) -> bool:
        return any(exempt.fullmatch(text) for exempt in self._exempt)


def template(key: str) -> re.Pattern[str]:
    """Return what our sentence of that key looks like, whatever is put into it."""
    words = re.sub(r"\n+", "\n", WORDS["en"][key])
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(words)), re.DOTALL)


def words_in(body: dict[str, Any]) -> Iterator[str]:
    """Return everything in a body that anybody can read."""
    yield from (visible(embed["description"]) for embed in body.get("embeds") or ())
    yield visible(body.get("content") or "")
    for item in (i for row in body.get("components") or () for i in row["components"]):
        yield from (o["label"] for o in item.get("options", [item]))


class Reader:
    """Reads what goes out from one moment to the next."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._read = len(scene.env.http_requests)

    def new(self) -> list[dict[str, Any]]:
        """Return the messages that were sent or edited since the last time."""
        entries = self._scene.env.http_requests[self._read :]
        self._read += len(entries)
        bodies = [e.json.get("data") or e.json for e in entries if isinstance(e.json, dict)]
        return [body for body in bodies if "content" in body or "embeds" in body]


@pytest.fixture(scope="module")
def contract(library: Library) -> Contract:
    return Contract(library)


async def press_all(scene: Scene, messages: Sequence[Any], deeper: int) -> None:
    """Press every button that opens no field, choose everything in every menu."""
    for message in messages:
        for item in items(message):
            custom_id = item.get("custom_id", "")
            if re.match(r"dc\|(s\||.\|w$|.\|1\|p\|)", custom_id):
                continue
            picks = [option["value"] for option in item.get("options", ())][:3]
            for pick in picks or [""]:
                who, click = scene.alice, scene.alice.click
                came = (
                    await who.select(message, [pick], custom_id=custom_id)
                    if pick
                    else await click(message, custom_id=custom_id)
                )
                assert came.acknowledged
                if deeper:
                    await press_all(scene, said(came), deeper - 1)


@pytest.mark.timeout(300)
async def test_every_third_fact_by_a_question(stage, library, contract):
    # All of them pass through the same few lines, which the contract of Telegram reads for each.
    reader = Reader(stage)
    for _, fact in published(library)[::3]:
        words = fact.asks[0].text if fact.asks else fact.claim
        answer = await stage.alice.slash(stage.channel, "ask", question=words)
        assert said(answer)
        assert contract.broken(reader.new(), asked_for=True) == []


@pytest.mark.timeout(300)
async def test_every_tenth_question_that_the_packs_are_checked_with(stage, contract):
    reader = Reader(stage)
    files = [f / "checks.yaml" for f in find_packs(packs_folder()) if (f / "checks.yaml").exists()]
    for check in [check for file in files for check in read_checks(file)][::10]:
        answer = await stage.alice.slash(stage.channel, "ask", question=check.question)
        assert said(answer)
        assert contract.broken(reader.new(), asked_for=bool(check.expect.facts)) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize("words", OTHER_WORDS, ids=range(len(OTHER_WORDS)))
async def test_what_has_no_plain_answer_and_all_that_it_leads_to(stage, contract, words):
    reader = Reader(stage)
    answer = await stage.alice.slash(stage.channel, "ask", question=words)
    assert said(answer)
    await press_all(stage, said(answer), deeper=0)
    assert contract.broken(reader.new()) == []


@pytest.mark.timeout(120)
async def test_every_command_is_answered_and_keeps_the_contract(stage, contract):
    reader = Reader(stage)
    commands = stage.manager.available_commands(stage.channel)
    for name in commands:
        answer = await stage.manager.slash(stage.channel, name, **needed(stage, name))
        assert answer.acknowledged, name
        assert said(answer) or answer.modal, name
        await stage.delivers()
    assert len(commands) >= 10
    assert contract.broken(reader.new()) == []


@pytest.mark.timeout(120)
async def test_every_command_is_answered_in_direct_messages(stage, contract):
    reader = Reader(stage)
    alone = stage.alice.user
    for name in alone.available_commands():
        answer = await alone.slash(name, **needed(stage, name))
        assert said(answer) or answer.modal, name
    assert contract.broken(reader.new()) == []


def needed(scene: Scene, name: str) -> dict[str, Any]:
    """Return something for every option that a command cannot do without."""
    root, *path = name.split()
    command = scene.env.backend.find_command(root, scene.guild.id, type=1)
    for step in path:
        command = next(o for o in command["options"] if o["name"] == step)
    wanted = [o for o in command.get("options") or () if o.get("required")]
    return {option["name"]: something(option) for option in wanted}


def something(option: dict[str, Any]) -> Any:
    """Return a value that an option takes."""
    if option.get("choices"):
        return option["choices"][0]["value"]
    of_sort = {3: "x" * option.get("min_length", 1), 4: option.get("min_value", 1), 5: True}
    return of_sort.get(option["type"], ("quiz.gift", b"::a:: One? {T}"))


async def test_what_is_shown_to_everyone_keeps_the_contract(stage, contract):
    reader = Reader(stage)
    answer = await stage.alice.slash(stage.channel, "ask", question="when did the strikes begin?")
    await stage.alice.click(answer.response, label=say("discord.button.show"))
    bodies = reader.new()
    assert len(bodies) >= 2
    assert contract.broken(bodies) == []


async def test_a_quiz_keeps_the_contract(stage, contract):
    reader = Reader(stage)
    answer = await stage.alice.slash(stage.channel, "quiz start", questions=2)
    for _ in range(12):
        shown = said(answer)[-1]
        pressable = [i for i in items(shown) if i.get("custom_id", "").startswith("dc|p|1|q.")]
        if not pressable:
            break
        answer = await stage.alice.click(shown, custom_id=pressable[0]["custom_id"])
        assert said(answer) or answer.acknowledged
    assert contract.broken(reader.new()) == []


def test_no_answer_can_hide_from_the_contract(contract, library):
    pack = library.shelves[0].pack
    name = next(persons_unnamed(pack))
    nobody = {"parse": list[str]()}
    bare = {"embeds": [{"description": "Four soldiers died."}], "allowed_mentions": nobody}
    unasked = {
        "embeds": [{"description": f"{name} died.\n\n{pack.caveat_long}"}],
        "allowed_mentions": nobody,
    }
    calling = {"content": say("closed")}

    assert len(contract.broken([bare])) == 1
    assert len(contract.broken([unasked])) == 1
    assert len(contract.broken([calling])) == 1
