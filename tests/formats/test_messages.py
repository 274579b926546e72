"""Every message of the loader: file, line, cause and cure, word by word."""

from pathlib import Path

import pytest

from bot.formats.models import Written
from bot.formats.packs import PackError, read_pack
from bot.formats.reading import read_entry
from bot.formats.strict_yaml import read_yaml
from tests.formats.folders import ENTITIES, PACK, SOURCES, told, written

FINE = "- id: fine\n  claim: Three drones were used.\n"


def block(**fields: str) -> str:
    """Return a fact of which only some fields are worth showing."""
    lines = {"id": "x", "claim": "Four jets flew.", **fields}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in lines.items()) + "\n"


FORM = [
    ("- claim: a\n", '1: fact 1 has no `id`; add `id:`'),
    ("- id: x\n", '1: "x" has no `claim`; add `claim:`'),
    ("- id: x\n  claim:\n", '2: `claim` of "x" is empty; write a value, or delete the line'),
    ('- id: x\n  claim: ""\n', '2: `claim` of "x" is empty; write a value, or delete the line'),
    ("- id: x\n  claim: [a]\n", '2: `claim` of "x" must be a text; write one line of text'),
    ("- just text\n", "1: fact 1 must be a block of keys; write `key: value` lines, indented alike"),
    ("- id: a_b\n  claim: a\n", '1: `id` of "a_b" is not an id: "a_b"; use 1 to 62 letters, digits and hyphens'),
    ("- id: no\n  claim: a\n", '1: `id` of fact 1 is the bare word no, which in YAML means true or false; '
     'put it in quotes: "no"'),
    (block(answer="No"), '3: `answer` of "x" is the bare word No, which in YAML means true or false; '
     'put it in quotes: "No"'),
    (block(answer="~"), '3: `answer` of "x" is the bare word ~, which in YAML means nothing; put it in quotes: "~"'),
    (block(asks="[was it, off]"), '3: `asks` of "x" is the bare word off, which in YAML means true or false; '
     'put it in quotes: "off"'),
    (block(asks="was it"), '3: `asks` of "x" must be a list; write each item on a line that begins with -'),
    (block(corection="b"), '3: "x" has the unknown key "corection"; did you mean "correction"?'),
    (block(values="[{type: number, value: 4, units: jets}]"),
     '3: "x" has the unknown key "units"; did you mean "unit"?'),
    (block(asks="[{ask: a, zz: b, answer: c}]"),
     '3: "x" has the unknown key "zz"; delete it, or use one of ask, answer'),
    (block(asks="[{ask: a}]"), '3: "x" has no `answer`; add `answer:`'),
    (block(verdict="contradicting"), '3: "x" has the unknown verdict "contradicting"; did you mean "contradicted"?'),
    (block(verdict="no"), '3: "x" has the unknown verdict "no"; use one of corroborated, partly, contradicted, '
     "unverified, opinion-or-forecast, unchecked"),
    (block(kind="numbers"), '3: "x" has the unknown kind "numbers"; did you mean "number"?'),
    (block(confidence="sure"), '3: "x" has the unknown confidence "sure"; use one of high, medium, low'),
    (block(sensitive="maybe"), '3: `sensitive` of "x" must be yes or no; write true, false, yes or no'),
    (block(restricted='"on"'), '3: `restricted` of "x" must be yes or no; write true, false, yes or no'),
    (block(values="[{type: number, value: four}]"),
     '3: `values` of "x" is not a number; write digits with a point, without spaces or units'),
    (block(values="[{type: date, value: 3 Feb}]"),
     '3: `values` of "x" is not a date; write it like 2024-01-28, 2024-01 or 2024'),
    (block(values="[{type: date, value: 2024-02-31}]"),
     '3: `values` of "x" is not a date; write it like 2024-01-28, 2024-01 or 2024'),
    (block(values="[{type: place, value: Iraq}]"),
     '3: `values` of "x" of type place needs an entity; write its key as `entity:`, and no `value:`'),
    (block(values="[{type: age, entity: jordan}]"),
     '3: `values` of "x" of type age needs a value; write `value:`, and no `entity:`'),
    (block(references="[{publisher: P, url: ftp://a}]"),
     '3: `url` of "x" is not a web address: "ftp://a"; write it in full, beginning with https:// or http://'),
    (block(references="[{publisher: P, date: yesterday}]"),
     '3: `date` of "x" is not a date; write it like 2024-01-28, 2024-01 or 2024'),
    (block(references="[{publisher: P, type: blog}]"),
     '3: "x" has the unknown type "blog"; use one of official, news, monitor, reference, state-media, advocacy, '
     "opinion, mirror"),
    (block(references="[{publsher: P}]"), '3: "x" has no `publisher`; add `publisher:`'),
    (block(references="[[a]]"), '3: `references` of "x" must be a text; write one line of text'),
    (block(answer="a" * 201), '3: `answer` of "x" is 201 characters long, at most 200 are allowed; '
     "shorten it, or split it into two"),
    (block(asks=f"[{'a' * 201}]"), '3: `asks` of "x" is 201 characters long, at most 200 are allowed; '
     "shorten it, or split it into two"),
    (block(claim="a" * 2001), '2: `claim` of "x" is 2001 characters long, at most 2000 are allowed; '
     "shorten it, or split it into two"),
    (block(references=f"[{{publisher: P, url: https://a/{'a' * 1000}}}]"),
     '3: `url` of "x" is 1010 characters long, at most 1000 are allowed; shorten it, or split it into two'),
]  # fmt: skip

MEANING = [
    (FINE + FINE, '3: "fine" stands twice, first in line 1; an id is unique: rename or delete one of them'),
    (block(claim="a" * 601, topic="attack"), '2: "x" has a claim of 601 characters, at most 600 are allowed; '
     "shorten it, or split it into two facts"),
    (block(verdict="contradicted", references="[dod]"),
     '3: "x" is contradicted but has no correction; add `correction:` or `note:`'),
    (block(verdict="contradicted", correction="No."),
     '3: "x" is contradicted but has no reference; add the source that says otherwise to `references:`'),
    (block(verdict="corroborated"), '3: "x" is corroborated but has no reference; '
     "add the source that agrees to `references:`, or change the verdict"),
    (block(verdict="corroborated", references="[sana, {publisher: TASS, type: state-media}]"),
     '4: "x" is corroborated by state media only; add another reference, or change the verdict'),
    (block(in_article="no"), '3: "x" is not in the article and has no reference; add its own source to `references:`'),
    (block(place="lead", kind="statement"), '4: "x" is a statement without a speaker; add `attribution:`'),
    (block(kind="total"), '3: "x" is a total that rests on nothing; '
     "list the facts that it adds up under `derived_from:`"),
    (FINE + block(derived_from="[fine]", verdict="partly"),
     '6: "x" is partly, but "fine", which it rests on, is unchecked; write `verdict: unchecked`'),
    (FINE + block(parts="[{text: a, fact: fine}]", verdict="corroborated"),
     '6: "x" is corroborated, but "fine", which it rests on, is unchecked; write `verdict: unchecked`'),
    (block(derived_from="[x]"), '3: "x" is derived from itself: "x" → "x"; break the circle'),
    (block(derived_from="[y]") + block(id="y", parts="[{text: a, fact: x}]"),
     '3: "x" is derived from itself: "x" → "y" → "x"; break the circle'),
    (block(restricted="true"), '3: "x" is restricted but has no opening; '
     "add the `opening:` that a reply with it must begin with"),
    (FINE + "  related: [x]\n" + block(restricted="yes", opening="These do not match."),
     '3: "fine" offers "x", which is restricted, as related; delete it from `related:`'),
    (block(related="[x]"), '3: "x" is related to itself; delete it from `related:`'),
    (block(entities="[jordan, jordan]"), '3: "x" lists "jordan" twice; keep it once in `entities:`'),
    (block(place="led"), '3: "x" names the unknown place "led"; did you mean "lead"?'),
    (block(also_in="[lead, zz]"), '3: "x" names the unknown place "zz"; add it to `places:` in pack.yaml'),
    (block(topic="zz"), '3: "x" names the unknown topic "zz"; add it to `topics:` in pack.yaml'),
    (block(entities="[tower-21]"), '3: "x" names the unknown entity "tower-21"; did you mean "tower-22"?'),
    (block(references="[zz]"), '3: "x" names the unknown source "zz"; add it to sources.yaml'),
    (block(related="[zz]"), '3: "x" names the unknown related fact "zz"; write the id of a fact of this pack'),
    (block(derived_from="[zz]"), '3: "x" names the unknown underlying fact "zz"; write the id of a fact of this pack'),
    (block(parts="[{text: a, fact: zz}]"), '3: "x" names the unknown part "zz"; write the id of a fact of this pack'),
    (block(correct_values="[{type: place, entity: zz}]"),
     '3: "x" names the unknown entity "zz"; add it to entities.yaml'),
    (block(asks="[How many jets?, how  many JETS]"), '3: "x" is asked as "how many JETS", as "x" is already; '
     "a wording must point to one fact: change or delete one of them"),
    (FINE + "  asks: [how many]\n" + block(asks="\n  - which jets\n  - {ask: how many!, answer: Four}"),
     '8: "x" is asked as "how many!", as "fine" is already; '
     "a wording must point to one fact: change or delete one of them"),
    (block(entities="[{id: usa, name: USA, kind: country, spellings: [Jordanian]}]"),
     'entities.yaml:2: "jordan" is also spelt "jordanian", which belongs to "usa"; '
     "a spelling belongs to one entity: delete one of them"),
    (block(entities="[{id: jordan, name: Jordan, kind: place}]"),
     '3: "jordan" is written out twice, in different ways; write it out once, and give only its id elsewhere'),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "said"), FORM + MEANING)
def test_a_wrong_fact_is_explained(facts: str, said: str, tmp_path: Path) -> None:
    whole = said if said.startswith("entities.yaml") else f"facts.yaml:{said}"

    assert whole in told(written(tmp_path, facts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("id: x\n", "facts.yaml:1: this must be a list of facts; begin each with `- id:`"),
        ("[]\n", "facts.yaml:1: there is no fact in it; write at least one fact"),
        (
            "",
            "facts.yaml: the file is missing; write it, a list of blocks with `id:` and `claim:`",
        ),
    ],
)
def test_a_file_without_facts_is_explained(facts: str, said: str, tmp_path: Path) -> None:
    assert told(written(tmp_path, facts)) == [said]


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        ("title: A\nlanguage: en\n", "pack.yaml:1: the pack has no `id`; add `id:`"),
        ("id: a b\ntitle: A\nlanguage: en\n", 'pack.yaml:1: `id` of the pack is not an id: "a b"; '
         "use 1 to 62 letters, digits, hyphens, dots and underscores"),
        ("id: a\ntitle: A\nlanguage: no\n", "pack.yaml:3: `language` of the pack is the bare word no, "
         'which in YAML means true or false; put it in quotes: "no"'),
        ("id: a\ntitle: A\nlanguage: English (UK)\n", 'pack.yaml:3: `language` of the pack is not a language: '
         '"English (UK)"; write its code, such as en or pt-BR'),
        ("- a\n", "pack.yaml:1: the pack must be a block of keys; write `key: value` lines, indented alike"),
        ("", "pack.yaml: the file is missing; write it, with `id:`, `title:` and `language:`"),
        (PACK + "tags: [a]\n", 'pack.yaml:6: the pack has the unknown key "tags"; delete it, or use one of '
         "id, title, language, source, check, caveat, content_note, places, topics, synonyms"),
        (PACK + "source: {name: A, athor: B}\n", 'pack.yaml:6: the pack has the unknown key "athor"; '
         'did you mean "author"?'),
        (PACK + "synonyms: [[gi]]\n", "pack.yaml:6: `synonyms` of the pack has too few items; "
         "write at least 2, or delete it"),
        (PACK + "check: {date: 2026, how: [a]}\n", "pack.yaml:6: `how` of the pack must be a text; "
         "write one line of text"),
        (PACK + "caveat:\n  long: Check another source.\n  short: Check.\n", "pack.yaml:7: the pack has a "
         'long caveat that does not say "double-check"; add it'),
        (PACK + "caveat:\n  long: Double-check this.\n  short: Check.\n", "pack.yaml:7: the pack has a "
         'long caveat that does not say "another source"; add it'),
        (PACK + "caveat:\n  long: Double-check this with another source.\n", "pack.yaml:6: the pack has no "
         "`short`; add `short:`"),
        (PACK + f"caveat: {{long: {'a' * 301}, short: b}}\n", "pack.yaml:6: `long` of the pack is 301 characters "
         "long, at most 300 are allowed; shorten it, or split it into two"),
        (PACK.replace("attack:", "the attack:"), 'pack.yaml:5: `the attack` of the pack is not an id: '
         '"the attack"; use 1 to 62 letters, digits and hyphens'),
        (PACK.replace("{lead: Lead, details: Details}", "[lead]"), "pack.yaml:4: `places` of the pack must be "
         "a block of keys; write `key: value` lines, indented alike"),
    ],
)  # fmt: skip
def test_a_wrong_pack_file_is_explained(pack: str, said: str, tmp_path: Path) -> None:
    assert told(written(tmp_path, FINE, pack=pack)) == [said]


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ("a b: {name: A, kind: place}\n", '1: the key "a b" is not an id; '
         "use 1 to 62 letters, digits and hyphens"),
        ("a: {name: A, kind: town}\n", '1: "a" has the unknown kind "town"; use one of person, organisation, '
         "country, place, region, base, group, equipment, event, publication, unit"),
        ("a: {name: A, kind: place, lat: 91, lon: 0}\n", '1: `lat` of "a" is 91, out of range; '
         "write degrees from -90 to 90"),
        ("a: {name: A, kind: place, lat: 0, lon: -181}\n", '1: `lon` of "a" is -181, out of range; '
         "write degrees from -180 to 180"),
        ("a: {name: A, kind: place, lat: north, lon: 0}\n", '1: `lat` of "a" is not a number; '
         "write digits with a point, without spaces or units"),
        ("a: {name: A, kind: place, lat: 1}\n", '1: "a" has only one of `lat` and `lon`; give both or neither'),
        ("a: {name: A, kind: place, spellings: [x, on]}\n", '1: `spellings` of "a" is the bare word on, '
         'which in YAML means true or false; put it in quotes: "on"'),
        ("a: {name: A, kind: place, spellings: [x]}\nb: {name: X, kind: place}\n",
         '2: "b" is also spelt "X", which belongs to "a"; a spelling belongs to one entity: delete one of them'),
        ("a: {name: A, kind: place, part_of: zz}\n", '1: "a" is part of the unknown entity "zz"; '
         "add it to entities.yaml"),
        ("a: {name: A, kind: place, part_of: a}\n", '1: "a" is part of itself; '
         "delete `part_of:`, or name another"),
        ("a:\n", '1: "a" must be a block of keys; write `key: value` lines, indented alike'),
        ("- a\n", "1: this must be blocks under keys; begin each with `its-key:`"),
    ],
)  # fmt: skip
def test_a_wrong_entity_is_explained(entities: str, said: str, tmp_path: Path) -> None:
    assert told(written(tmp_path, FINE, entities=entities)) == [f"entities.yaml:{said}"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//example.org",
        "https://",
        "https://user@example.org",
        "http://a b",
        "'http://a\"b'",
        "https:/one.org",
        "data:text/html,x",
    ],
)
def test_an_address_that_is_none_is_refused(url: str, tmp_path: Path) -> None:
    (said,) = told(written(tmp_path, FINE, sources=f"dod:\n  publisher: DoD\n  url: {url}\n"))

    assert said.startswith('sources.yaml:3: `url` of "dod" is not a web address')


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    facts = (
        block(verdict="contradicted", topic="zz")
        + block(id="y", clam="a")
        + block(id="z", answer="no")
    )

    said = told(
        written(
            tmp_path,
            facts,
            pack=PACK + "tag: a\n",
            entities=ENTITIES + "a: {}\n",
            sources=SOURCES + "b: &x {publisher: B}\n",
        )
    )

    assert [text.split(":")[0] + ":" + text.split(":")[1] for text in said] == [
        *("pack.yaml:6", "sources.yaml:3", "entities.yaml:4", "entities.yaml:4"),
        *("facts.yaml:7", "facts.yaml:10", "facts.yaml:3", "facts.yaml:3"),
    ]


def test_a_file_that_cannot_be_read_does_not_make_its_names_unknown(tmp_path: Path) -> None:
    facts = block(references="[dod]", entities="[jordan]", place="lead", topic="attack")

    said = told(written(tmp_path, facts, pack="a: [", entities="b: [", sources="c: ["))

    assert [text.split(":")[0] for text in said] == ["pack.yaml", "sources.yaml", "entities.yaml"]


def test_a_fact_whose_form_is_wrong_can_still_be_referred_to(tmp_path: Path) -> None:
    said = told(written(tmp_path, block(related="[y]") + block(id="y", clam="a")))

    assert said == ['facts.yaml:6: "y" has the unknown key "clam"; did you mean "claim"?']


def test_the_error_shows_every_problem(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read_pack(written(tmp_path, block(verdict="contradicted")))

    assert str(caught.value).split("\n") == [str(problem) for problem in caught.value.problems]
    assert len(caught.value.problems) == 2


class Counted(Written):
    """A model with a kind of field that no file of ours has yet."""

    times: int


def test_a_mistake_that_has_no_words_of_its_own_is_told_as_it_comes() -> None:
    node = read_yaml(b"times: often", "f.yaml")

    read, (problem,) = read_entry(Counted, node, "the pack", "f.yaml")

    assert read is None
    assert str(problem) == (
        "f.yaml:1: `times` of the pack is wrong: Input should be a valid integer, unable to parse string as an "
        "integer; see questions/schema.json"
    )
