import pytest

from bot.core.conversation import doubts, names_person, parts, points_back, refers_back, yes_no


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("when was it? and who did it?", ("when was it", "and who did it")),
        ("when was it and how many died", ("when was it", "how many died")),
        ("when and where was the attack", ("when was the attack", "where was the attack")),
        (
            "which base was hit, and with how many drones",
            ("which base was hit", "with how many drones"),
        ),
        ("who condemned it; what did iran say", ("who condemned it", "what did iran say")),
        ("who condemned it\nwhat did iran say", ("who condemned it", "what did iran say")),
        (
            "when was it, where was it and who did it",
            ("when was it", "where was it", "who did it"),
        ),
    ],
)
def test_questions_asked_at_once_are_taken_apart(message, questions):
    assert tuple(part.rstrip("?") for part in parts(message)) == questions


@pytest.mark.parametrize(
    "message",
    [
        "what did russia and china say",
        "were soldiers killed and injured",
        "where do syria, jordan and iraq meet",
        "when was the attack?",
        "",
        "?",
    ],
)
def test_one_question_stays_whole(message):
    assert parts(message) == (message,)


def test_no_more_than_three_questions_are_read():
    assert len(parts("who is it? what is it? when is it? where is it? why is it?")) == 3


@pytest.mark.parametrize(
    "question",
    ["how old was he?", "and in iraq?", "why?", "were they jets", "what about iran", "where else"],
)
def test_words_that_stand_for_something_refer_back(question):
    assert refers_back(question)


@pytest.mark.parametrize(
    "question", ["on which day was the base attacked by drones", "drone attack date"]
)
def test_a_whole_question_refers_to_nothing(question):
    assert not refers_back(question)


def test_a_long_question_that_begins_with_and_is_whole():
    assert not refers_back("and how many bombs fell on the town of deir ezzor")


@pytest.mark.parametrize(
    "question",
    [
        "did iraq condemn the strikes",
        "So, was it in Jordan?",
        "is it true that iran said so",
        "four soldiers died, right?",
        "hey, has it attacked anybody",
    ],
)
def test_a_question_that_wants_yes_or_no_is_known(question):
    assert yes_no(question)


@pytest.mark.parametrize(
    "question",
    ["who did it", "how many died", "was it in iraq or in syria", "do you know when it was"],
)
def test_a_question_that_wants_more_than_yes_or_no_is_known(question):
    assert not yes_no(question)


@pytest.mark.parametrize("question", ["is that true?", "are you sure", "really?", "says who"])
def test_doubt_is_heard(question):
    assert doubts(question)


def test_a_whole_question_is_no_doubt():
    assert not doubts("was it a confirmed fact that the four soldiers of the base really died")


def test_a_pronoun_for_a_person_is_told_from_one_for_a_thing():
    assert names_person("how old was he")
    assert not names_person("how old was it")
    assert points_back("how old was it")
    assert not points_back("how old was the base")
