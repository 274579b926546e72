"""Trivia lists of Red-DiscordBot, and what the Open Trivia Database answers."""

import base64
import json
from urllib.parse import quote

import pytest

from bot.core.quiz import Accepted, QuestionKind
from bot.formats.banks import opentdb, red
from tests.formats.banks.shown import causes, choices, of, only, said

LIST = """\
AUTHOR: Somebody
DESCRIPTION: Ports
CONFIG: {timeout: 20}
Which port was hit?:
- Al Qaim
- Qaim
Was it late?:
- yes
"At 12:30?":
- 010
Is it deep?:
- True
"""


def test_a_list_is_read_as_it_is_written():
    port, late, clock, deep = of(red.read, LIST).questions

    assert port.accepted == (Accepted("Al Qaim"), Accepted("Qaim"))
    assert late.accepted == (Accepted("yes"),)
    assert (clock.stem, clock.accepted) == ("At 12:30?", (Accepted("010"),))
    assert deep.kind is QuestionKind.TRUE_FALSE
    assert choices(deep) == [("True", 1), ("False", 0)]


def test_a_question_that_stands_twice_is_refused_the_second_time():
    draft = of(red.read, "Who?:\n- a\nWhat?:\n- b\nWho?:\n- c\n")

    assert [question.stem for question in draft.questions] == ["Who?", "What?"]
    assert draft.seen == 3
    assert said(red.read, "Who?:\n- a\nWho?:\n- c\n") == [
        'error line 3: the key "Who?" stands twice, first in line 1; keep one of them'
    ]


def test_a_picture_is_named_and_its_address_kept():
    draft = of(red.read, "Whose flag? https://a.example/b.png:\n- France\n")

    assert draft.whole
    assert draft.problems[0].cause == "a picture belongs to it, of which only the address is kept"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Who?: {a: b}\n", "it has no list of answers"),
        ("Who?:\n- [a]\n", "it has no list of answers"),
        ("Who?:\n- ''\n", "one of its answers is empty"),
        ("- a\n- b\n", "this is no list of questions with answers"),
        ("Who?: &a [b]\nWhat?: *a\n", 'anchors and aliases are not allowed ("a")'),
        (
            "Who?: !!python/name:os.system [a]\n",
            'tags are not allowed ("tag:yaml.org,2002:python/name:os.system")',
        ),
        ("Who?: [" + "[" * 100, "this is nested more than 20 levels deep"),
        ("AUTHOR: me\n", "there is no question in it"),
    ],
)
def test_what_is_wrong_with_a_list_is_named(text, cause):
    assert cause in causes(red.read, text)


ITEM = {
    "type": "multiple",
    "difficulty": "hard",
    "category": "Science &amp; Nature",
    "question": "What is &quot;2 &lt; 3&quot;?",
    "correct_answer": "&lt;b&gt; &amp;amp;",
    "incorrect_answers": ["false", "caf&eacute;"],
}


def answered(*items: object, code: int = 0) -> str:
    return json.dumps({"response_code": code, "results": items})


def test_entities_are_read_once():
    question = only(opentdb.read, answered(ITEM))

    assert question.stem == 'What is "2 < 3"?'
    assert choices(question) == [("<b> &amp;", 1), ("false", 0), ("café", 0)]
    assert (question.category, question.difficulty) == (("Science & Nature",), 3)


@pytest.mark.parametrize("encode", [quote, lambda text: base64.b64encode(text.encode()).decode()])
def test_the_other_encodings_are_found(encode):
    texts = {
        "type": "boolean",
        "category": "Ports",
        "question": "Is 100 % of it wet, é?",
        "correct_answer": "True",
    }
    item = {key: encode(text) for key, text in texts.items()} | {
        "incorrect_answers": [encode("False")]
    }

    question = only(opentdb.read, answered(item))

    assert question.stem == "Is 100 % of it wet, é?"
    assert choices(question) == [("True", 1), ("False", 0)]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (answered(code=5), "it holds no questions: too many requests were sent"),
        ('{"results": 5}', "there are no results in it"),
        (answered("text"), "it is not an object with question and answers"),
        (answered({**ITEM, "correct_answer": 5}), "its `correct_answer` is missing or no text"),
        (answered({**ITEM, "incorrect_answers": "a"}), "its `incorrect_answers` are no list of texts"),
        (answered({**ITEM, "type": "essay"}), 'it is of the unknown type "essay"'),
        (answered({**ITEM, "type": "boolean"}), "its answers are not True and False"),
        (answered({**ITEM, "incorrect_answers": ["&lt;b&gt; &amp;amp;"]}), 'the answer "<b> &amp;" stands twice, with different marks'),
        ('{"results": [{"a": 1, "a": 2}]}', 'the key "a" stands twice in one object'),
        ('{"results": [NaN]}', "NaN is not a number"),
        ('{"results": [' + "9" * 10_000 + "]}", f'the number "{"9" * 59}…" is too long'),
        ('{"results": [', "this is not valid JSON: Expecting value"),
        ("[" * 100_000, "it is nested more than 40 levels deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_answer_is_named(text, cause):
    assert cause in causes(opentdb.read, text)
