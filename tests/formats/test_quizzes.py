"""Every message about `quiz.yaml`: file, line, cause and cure, word by word."""

from pathlib import Path

import pytest

from bot.core.quiz import FALSE, TRUE, Option, Question, QuestionKind, Response, key_text, mark
from bot.formats.packs import read_pack
from tests.formats.folders import PACK, told, written

FACTS = """\
- {id: fine, claim: Three drones were used., answer: "3", in_article: true, place: lead}
- {id: other, claim: Others say four drones., in_article: false, references: [dod], kind: omission}
- {id: wrong, claim: It was in June., verdict: contradicted, correction: May., references: [dod]}
- {id: guess, claim: More may come., kind: forecast, verdict: opinion-or-forecast}
- {id: grave, claim: People were hurt., sensitive: "true"}
- {id: hidden, claim: A list of names., restricted: "true", opening: Careful., entities: [mara, mara-town]}
"""
ENTITIES = """\
mara: {name: Mara Velt, kind: person, spellings: [mara j. velt, velt]}
mara-town: {name: Port Velten, kind: place}
tower-22: {name: Tower 22, kind: base, spellings: [tower twenty two]}
"""
SOURCED = PACK + "source: {name: the article}\n"

ALL_KINDS = """\
- id: q-single
  kind: single
  topic: attack
  difficulty: 3
  title: How many
  stem: According to the article, how many drones were used?
  options: ["*Three", Four, {text: Five, feedback: Nobody says so.}]
  feedback: The lead says three.
  facts: [fine]
  tags: [numbers]
- id: q-several
  kind: several
  stem: Which of these does the article name?
  options: [{text: Drones, right: "true"}, "*Towers", Ships]
  feedback: It names two of them.
  facts: [fine]
- id: q-true
  kind: true-false
  stem: The article says that three drones were used.
  key: true
  feedback: It does.
  facts: [fine]
- id: q-number
  kind: number
  stem: According to the article, how many drones were used?
  key: 3
  tolerance: 1
  unit: drones
  feedback: Three.
  facts: [fine]
- id: q-range
  kind: number
  stem: About how many drones does the article count?
  between: [2, 4]
  feedback: Three.
  facts: [fine]
- id: q-text
  kind: text
  stem: What does the article say was used?
  accepted: [Drones, {text: Rockets, right: "no", feedback: That was another time.}]
  feedback: Drones.
  facts: [fine]
- id: q-order
  kind: order
  stem: In which order does the article tell it?
  sequence: [Start, Flight, Landing]
  feedback: From the start on.
  facts: [fine]
- id: q-pairs
  kind: matching
  stem: What does the article put together?
  pairs: [{left: Lead, right: Drones}, {left: End, right: Towers, feedback: See the end.}]
  feedback: As it stands there.
  facts: [fine]
- id: q-check
  kind: double-check
  stem: You read that it was in June. What settles it?
  options: [Reading it again, "*Two independent reports"]
  feedback: Others say May.
  facts: [wrong]
- id: q-outside
  kind: single
  stem: How many drones do other sources count?
  options: ["*Four", Two]
  feedback: Four.
  facts: [other]
- id: q-grave
  kind: single
  stem: What should stand beside the number that the article gives?
  options: ["*Who says it, and when", Nothing]
  feedback: Numbers move.
  facts: [grave]
  sensitive: "true"
"""


def folder(path: Path, quiz: str) -> Path:
    written(path, FACTS, entities=ENTITIES, pack=SOURCED)
    (path / "quiz.yaml").write_text(quiz, encoding="utf-8")
    return path


def block(**fields: str) -> str:
    """Return a question of which only some fields are worth showing."""
    lines = {
        "id": "x",
        "kind": "single",
        "stem": "What does the article say?",
        "options": '["*Yes it does", Never]',
        "feedback": "So.",
        "facts": "[fine]",
        **fields,
    }
    shown = {key: value for key, value in lines.items() if value}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in shown.items()) + "\n"


def test_every_kind_is_read(tmp_path: Path):
    questions = read_pack(folder(tmp_path, ALL_KINDS)).questions

    assert {question.kind for question in questions} == set(QuestionKind)
    assert {q.id: key_text(q) for q in questions} == {
        "q-single": "Three",
        "q-several": "Drones, Towers",
        "q-true": "True",
        "q-number": "3 drones",
        "q-range": "2 to 4",
        "q-text": "Drones",
        "q-order": "1. Start, 2. Flight, 3. Landing",
        "q-pairs": "Lead: Drones; End: Towers",
        "q-check": "Two independent reports",
        "q-outside": "Four",
        "q-grave": "Who says it, and when",
    }


def test_a_question_is_read_with_all_that_it_has(tmp_path: Path):
    [first, *_] = read_pack(folder(tmp_path, ALL_KINDS)).questions

    assert (first.topic, first.difficulty, first.title) == ("attack", 3, "How many")
    assert first.tags == ("numbers",)
    assert first.source == ("quiz.yaml", 1)
    assert first.options[2] == Option("c", "Five", 0.0, "Nobody says so.")


def test_true_and_false_are_options_too(tmp_path: Path):
    question = read_pack(folder(tmp_path, ALL_KINDS)).question("q-true")

    assert question is not None
    assert mark(question, Response((TRUE,))).right
    assert not mark(question, Response((FALSE,))).right


def test_the_hash_follows_the_content_and_not_the_place(tmp_path: Path):
    (tmp_path / "b").mkdir()
    before = read_pack(folder(tmp_path / "a", ALL_KINDS))
    moved = read_pack(folder(tmp_path / "b", "# a comment\n\n" + ALL_KINDS))
    other = read_pack(folder(tmp_path / "c", ALL_KINDS.replace("Nobody", "No one")))

    def hashes(questions: tuple[Question, ...]) -> list[str]:
        return [question.hash for question in questions]

    assert hashes(before.questions) == hashes(moved.questions)
    assert before.hash == moved.hash != other.hash
    assert hashes(before.questions)[1:] == hashes(other.questions)[1:]


def test_a_pack_without_questions_keeps_its_hash(tmp_path: Path):
    bare = read_pack(written(tmp_path, FACTS, entities=ENTITIES, pack=SOURCED))

    assert bare.questions == ()
    assert bare.hash != read_pack(folder(tmp_path, ALL_KINDS)).hash


WRONG = [
    (block(kind="choice"), '2: "x" has the unknown kind "choice"; use one of single, several, '
     "true-false, number, text, order, matching, double-check"),
    (block(topic="atack"), '7: "x" names the unknown topic "atack"; did you mean "attack"?'),
    (block(facts="[finer]"), '6: "x" names the unknown fact "finer"; did you mean "fine"?'),
    (block(facts="[]"), '6: `facts` of "x" has too few items; write at least 1, or delete it'),
    (block(feedback=""), '1: "x" has no `feedback`; add `feedback:`'),
    (block(difficulty="4"), '7: "x" has the unknown difficulty "4"; use one of 1, 2, 3'),
    (block(stem="the article " + 70 * "word "), '3: `stem` of "x" is 361 characters long, at most 280 '
     "are allowed; shorten it, or split it into two"),
    (block(key="3"), '7: "x" is of the kind single, which has no `key`; delete it, or change the kind'),
    (block(options='["*Alone"]'), '4: "x" has fewer than 2 options; write at least 2'),
    (block(options='["*", b]'), '4: "x" has an empty option; write it out'),
    (block(options="[Aye, Nay]"), '4: "x" has no right options, and exactly one can be defended; '
     'mark one, and only one, with "*"'),
    (block(options='["*Aye", "*Nay"]'), '4: "x" has 2 right options, and exactly one can be defended; '
     'mark one, and only one, with "*"'),
    (block(options='["*Aye", {text: Nay, rigth: "no"}]'),
     '4: "x" has the unknown key "rigth"; did you mean "right"?'),
    (block(kind="several"), '4: "x" has 1 right options of 2; mark at least two with "*", but not all of them'),
    (block(options='["*Tower 22", Tower twenty-two]'),
     '4: "x" has “Tower 22” and “Tower twenty-two”, which are the same; replace one of them'),
    (block(options='["*Aye", "Nay!", nay]'), '4: "x" has “Nay!” and “nay”, which are the same; replace one of them'),
    (block(stem="What does the article say of drones?", options='["*The drones", Ships]'),
     '3: "x" gives its key “The drones” away in the stem; take it out of the stem, or ask otherwise'),
    (block(stem="What is it?"), '3: "x" does not say that the article is the measure; '
     'begin with "According to the article, …" or say "the article says …"'),
    (block(facts="[wrong]"), '6: "x" rests on “wrong”, which other sources contradict; '
     "make it a double-check item, or leave that fact out"),
    (block(facts="[guess]"), '6: "x" has its key from “guess”, an opinion or forecast; '
     "make it a double-check item, or leave that fact out"),
    (block(facts="[grave]"), '6: "x" rests on “grave”, which is sensitive, and would be scored; '
     'write `sensitive: "true"`, or leave that fact out'),
    (block(facts="[hidden]"), '6: "x" rests on “hidden”, which is restricted; '
     "leave it out: it is told only to who asks for it"),
    (block(options='["*Aye", Mara Velt]'), '4: "x" names one of the dead; never name them in a quiz: take it out'),
    (block(feedback="As MARA J. VELT did."), '5: "x" names one of the dead; never name them in a quiz: take it out'),
    (block(feedback="It was Velt."), '5: "x" names one of the dead; never name them in a quiz: take it out'),
    (block(kind="true-false", options="", key="maybe"),
     '6: "x" has the key "maybe"; write `key: "true"` or `key: "false"`'),
    (block(kind="true-false", options=""), '1: "x" has no key; write `key: "true"` or `key: "false"`'),
    (block(kind="number", options=""), '1: "x" needs exactly one key; '
     "write either `key:` with a number, or `between: [low, high]`"),
    (block(kind="number", options="", key="three"), '6: "x" has the key "three", which is not a number; '
     "write digits with a point, without spaces or units"),
    (block(kind="number", options="", between="[4, 2]"), '6: "x" has no range of two numbers; '
     "write the lower and then the higher one: `between: [10, 14]`"),
    (block(kind="number", options="", between="[2, 4]", tolerance="1"),
     '7: "x" has a tolerance that means nothing; write it at least as 0, and only beside `key:`'),
    (block(kind="number", options="", key="3", stem="Are the 3 drones of the article many?"),
     '3: "x" gives its key “3” away in the stem; take it out of the stem, or ask otherwise'),
    (block(kind="number", options="", key="3", tolerance="little"),
     '7: `tolerance` of "x" is not a number; write digits with a point, without spaces or units'),
    (block(kind="text", options=""), '1: "x" has no accepted text; '
     "write under `accepted:` what is taken as right, the best form first"),
    (block(kind="order", options="", sequence="[a, b]"), '6: "x" has too little to put in order; '
     "write at least 3 things under `sequence:`"),
    (block(kind="matching", options="", pairs="[{left: a, right: b}]"),
     '6: "x" has too few pairs; write at least 2 with a left side under `pairs:`'),
    (block(kind="matching", options="", pairs="[{left: a, right: b}, {left: c, right: b}]"),
     '6: "x" has pairs that all have the same right side; write at least 2 different ones'),
    (block() + block(), '7: "x" stands twice, first in line 1; an id is unique: rename or delete one of them'),
]  # fmt: skip


@pytest.mark.parametrize(("quiz", "message"), WRONG)
def test_what_is_wrong_is_told_with_its_line_and_its_cure(tmp_path: Path, quiz: str, message: str):
    assert [m.replace("\n", "⏎") for m in told(folder(tmp_path, quiz))] == [f"quiz.yaml:{message}"]


def test_the_name_of_a_place_is_not_taken_for_that_of_a_person(tmp_path: Path):
    assert told(folder(tmp_path, block(feedback="It was at Port Velten."))) == []


def test_all_problems_are_told_at_once(tmp_path: Path):
    quiz = block(id="a", topic="none") + block(id="b", kind="text")

    assert len(told(folder(tmp_path, quiz))) == 3
