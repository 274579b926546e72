"""Files made to crash, stall or fool the loader: each is refused quickly, or read."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.formats.checks import read_questions
from bot.formats.packs import PackError, read_pack
from bot.formats.strict_yaml import MOST_BYTES, read_yaml
from tests.formats.folders import BARE_FACTS, BARE_PACK, told, written

SECONDS = 8
"""Each takes a second or less on an idle machine; whatever grows with the square of its size takes minutes."""

BOMBS = {
    "deep lists": "[" * 100_000,
    "deep blocks": "{a: " * 100_000,
    "deep indentation": "".join(" " * n + "a:\n" for n in range(2_000)),
    "deep keys": "? " * 100_000,
    "billion laughs": "a: &a [x, x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    ),
    "an alias of itself": "&a [*a]",
    "many values": "- a\n" * (MOST_BYTES // 4),
    "many empty lists": "[" + "[]," * (MOST_BYTES // 3 - 1) + "]",
    "many keys": "".join(f"k{n}: v\n" for n in range(200_000)),
    "one key many times": "a: b\n" * 500_000,
    "many unknown keys": "- id: a\n  claim: b\n" + "".join(f"  k{n}: v\n" for n in range(70_000)),
    "many unknown names": "".join(
        f"- id: a{n}\n  claim: b\n  related: [b{n}]\n" for n in range(8_000)
    ),
    "many circles": "".join(
        f"- id: a{n}\n  claim: b\n  derived_from: [a{n}]\n" for n in range(5_000)
    ),
    "one large circle": "".join(
        f"- id: a{n}\n  claim: b\n  derived_from: [a{(n + 1) % 8_000}]\n" for n in range(8_000)
    ),
    "the same name many times": "- id: a\n  claim: b\n  related: [" + "a, " * 140_000 + "a]\n",
    "the same wording many times": "- id: a\n  claim: b\n  asks: [" + "a, " * 140_000 + "a]\n",
    "the same id many times": "- {id: a, claim: b}\n" * 29_000,
    "a long text": "- id: a\n  claim: " + "x" * (MOST_BYTES - 100),
    "an open quote": '"' + "x" * (MOST_BYTES - 100),
    "zero bytes": "\0" * MOST_BYTES,
    "direction marks": "\u202e" * (MOST_BYTES // 3),
    "tabs": "\t" * MOST_BYTES,
    "exclamation marks": "!" * MOST_BYTES,
    "a tag that runs code": "!!python/object/apply:os.system ['true']",
    "an entity in an entity": "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "a number too long": "- {id: " + "9" * 5_000 + ", claim: b}\n",
    "a latitude without end": "- {id: a, claim: b, entities: [{id: c, name: c, kind: place, lat: inf, lon: nan}]}\n",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_quickly(bomb: str, tmp_path: Path) -> None:
    folder = written(tmp_path, bomb, pack=BARE_PACK)
    began = process_time()

    said = told(folder)

    assert said
    assert process_time() - began < SECONDS


def test_a_file_larger_than_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    folder = written(tmp_path, "", pack=BARE_PACK)
    with (folder / "facts.yaml").open("wb") as file:
        file.truncate(100_000_000_000)

    assert told(folder) == [
        "facts.yaml: the file is larger than 4 MB; split it into several packs or files"
    ]


def test_ten_thousand_bare_facts_are_read(tmp_path: Path) -> None:
    claim = "The strikes hit several places on that day, " * 4
    facts = "".join(f"- id: f{n}\n  claim: {claim}{n}\n" for n in range(10_000))

    pack = read_pack(written(tmp_path, facts, pack=BARE_PACK))

    assert len(pack.facts) == 10_000


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        tree = read_yaml(data, "f.yaml")
    except PackError as error:
        said = [str(problem) for problem in error.problems]
    else:
        said = [f"f.yaml:{tree.line}"]
    assert all(text.startswith("f.yaml") for text in said)
    assert said


YAML_PIECES = st.sampled_from(
    [
        *(
            "- ",
            "id: ",
            "claim: ",
            "a",
            "\n",
            "\n  ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            '"',
            "&a ",
            "*a",
        ),
        *(
            "!!str ",
            "|",
            ">",
            "? ",
            "<<: ",
            "---\n",
            "...\n",
            "#",
            "%",
            "@",
            "\t",
            "yes",
            "~",
            "\u202e",
            "é",
        ),
        *(
            "verdict: contradicted",
            "entities: ",
            "asks: ",
            "references: ",
            "values: ",
            "\r",
            "\ufeff",
            "\x85",
        ),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(YAML_PIECES, max_size=30))
def test_any_text_as_any_file_is_read_or_refused(pieces: list[str], tmp_path: Path) -> None:
    text = "".join(pieces).encode()
    for place in ("pack", "facts", "entities", "sources"):
        files: dict[str, str | bytes] = {"facts": BARE_FACTS, "pack": BARE_PACK, place: text}
        for name in files:
            (tmp_path / f"{name}.yaml").unlink(missing_ok=True)
        facts = files.pop("facts")
        folder = written(tmp_path, facts, **files)

        for said in told(folder):
            assert f"{place}.yaml" in said


FIELDS = st.sampled_from(
    "id claim place where also_in topic answer yes_no kind verdict confidence correct correction evidence "
    "references attribution entities values correct_values asks sensitive restricted opening related in_article "
    "derived_from parts note other".split()
)
VALUES = st.recursive(
    st.sampled_from(
        ["a", "yes", "''", "~", "4", "number", "partly", "2024-01-28", "dod", "jordan", "lead"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            FIELDS | st.sampled_from(["type", "value", "ask", "text", "fact"]), inner, max_size=3
        ).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(st.dictionaries(FIELDS, VALUES, max_size=6), min_size=1, max_size=3))
def test_any_fields_are_read_or_refused(facts: list[dict[str, str]], tmp_path: Path) -> None:
    lines = [
        "- {" + ", ".join(f"{key}: {value}" for key, value in fact.items()) + "}" for fact in facts
    ]

    for said in told(written(tmp_path, "\n".join(lines))):
        assert said.startswith(("facts.yaml:", "entities.yaml:"))


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass"))
)
def test_any_bytes_as_questions_are_read_or_refused(data: bytes) -> None:
    try:
        lines = [question.line for question in read_questions(data, "q.jsonl")]
    except PackError as error:
        lines = [problem.line for problem in error.problems]
    assert all(0 <= line <= len(data) + 1 for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"id": ' + "9" * 5_000 + ', "question": "a"}',
        '{"question": NaN}',
        '"a"',
        "{",
        "null",
    ],
    ids=["deep", "huge number", "no number", "text", "broken", "null"],
)
def test_a_hostile_question_is_refused(line: str) -> None:
    with pytest.raises(PackError, match=r"^q\.jsonl:2: "):
        read_questions(f'{{"question": "fine"}}\n{line}\n'.encode(), "q.jsonl")
