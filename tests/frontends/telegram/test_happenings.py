"""Files, polls, votes, and what becomes of groups, as Telegram tells of them."""

import pytest
from telegram import Update, User

from bot.core.events import Change, Changed, Commanded, Event, Person, PolledIn, Said, Sent, Voted
from bot.frontends.telegram.inbound import to_event
from tests.cast import ALICE, BOB, GROUP, private_chat
from tests.frontends.telegram import updates
from tests.frontends.telegram.fake import ME
from tests.frontends.telegram.updates import (
    Raw,
    chat,
    document,
    in_group,
    membership,
    message,
    poll,
    update,
    user,
)

BOT = User.de_json(ME)
ALONE = private_chat(ALICE)


def event(**body: Raw) -> Event | None:
    return to_event(Update.de_json(update(**body)), BOT)


def test_a_person_has_the_name_that_the_platform_shows():
    said = event(message=message("when?", **{"from": user(first_name="Al\0ice")}))

    assert isinstance(said, Said)
    assert said.by.name == "Alice"
    assert "Alice" not in repr(said)


def test_a_file_in_private_comes_with_what_is_known_of_it():
    found = event(message=message(document=document(), caption="my bank"))

    otherwise = Said(ALONE, ALICE, "my bank", "11")
    assert found == Sent(
        ALONE,
        ALICE,
        "bank.csv",
        "text/csv",
        otherwise,
        size=4,
        handle="f1",
        caption="my bank",
        message="11",
    )


def test_a_command_under_a_file_is_what_it_is_otherwise():
    found = event(message=message(document=document(), caption="/bank import"))

    assert isinstance(found, Sent)
    assert found.otherwise == Commanded(ALONE, ALICE, "bank", "import", message="11")


def test_files_in_groups_and_under_edited_messages_are_only_words():
    assert event(message=in_group(document=document())) is None
    edited = event(edited_message=message(document=document(), caption="when?"))
    assert isinstance(edited, Said)


def test_a_poll_in_private_comes_with_its_key_where_telegram_tells_it():
    found = event(
        message=message(poll=poll(correct_option_ids=[0], explanation="It is on the door."))
    )

    assert found == PolledIn(
        ALONE,
        ALICE,
        "When was the mill built?",
        ("1820", "1850"),
        Said(ALONE, ALICE, "", "11"),
        right=(0,),
        explanation="It is on the door.",
        message="11",
    )


def test_a_poll_that_was_passed_on_while_open_has_no_key():
    found = event(message=message(poll=poll()))

    assert isinstance(found, PolledIn)
    assert found.right is None


def test_a_vote_is_a_persons_wherever_they_saw_the_poll():
    answer = {"poll_id": "5", "user": user(), "option_ids": [1], "option_persistent_ids": ["o1"]}

    assert event(poll_answer=answer) == Voted(ALONE, ALICE, "telegram:5", ("o1",))


def test_a_vote_that_was_taken_back_chooses_nothing():
    answer = {"poll_id": "5", "user": user(), "option_ids": [], "option_persistent_ids": []}

    assert event(poll_answer=answer) == Voted(ALONE, ALICE, "telegram:5", ())


def test_a_vote_in_the_name_of_a_group_is_nobodys():
    answer = {
        "poll_id": "5",
        "voter_chat": chat(updates.GROUP),
        "option_ids": [1],
        "option_persistent_ids": ["o1"],
    }
    assert event(poll_answer=answer) is None


def test_the_state_of_a_poll_is_nothing_to_do():
    assert event(poll=poll()) is None


@pytest.mark.parametrize(
    ("before", "now", "what"),
    [
        ("left", "member", Change.ADDED),
        ("left", "administrator", Change.ADDED),
        ("member", "kicked", Change.REMOVED),
        ("administrator", "left", Change.REMOVED),
        ("member", "administrator", None),
        ("left", "kicked", None),
    ],
)
def test_the_bot_comes_and_goes(before: str, now: str, what: Change | None):
    news = membership(chat(updates.GROUP), before, now)

    assert event(my_chat_member=news) == (Changed(GROUP, ALICE, what) if what else None)


def test_who_blocks_the_bot_is_a_chat_without_it():
    news = membership(chat(102), "member", "kicked")

    assert event(my_chat_member=news) == Changed(ALONE, ALICE, Change.REMOVED)


def test_channels_are_none_of_its_business():
    channel = {"id": -1005, "type": "channel", "title": "News"}

    assert event(my_chat_member=membership(channel, "left", "administrator")) is None


def test_a_person_who_leaves_is_who_it_is_about_also_when_put_out():
    left = in_group(left_chat_member=user(103), **{"from": user(101)})

    found = event(message=left)

    assert isinstance(found, Changed)
    assert (found.by, found.what) == (BOB, Change.LEFT)


def test_a_group_that_moves_says_so_on_both_sides():
    there = event(message=in_group(migrate_to_chat_id=-100222))
    here = event(message=message(chat=chat(-100222), migrate_from_chat_id=updates.GROUP))

    assert there == here == Changed(GROUP, ALICE, Change.MOVED, to="telegram:-100222")


def test_a_group_that_moves_by_itself_is_moved_by_nobody():
    news = in_group(migrate_to_chat_id=-100222, **{"from": ME})

    found = event(message=news)

    assert isinstance(found, Changed)
    assert found.by == Person(GROUP.chat)


def test_a_command_in_reply_to_a_person_says_to_whom():
    from_bob = {**message("hello", chat=chat(updates.GROUP)), "from": user(103, first_name="Bob")}
    found = event(message=in_group("/time@doublecheck_bot 2", reply_to_message=from_bob))
    to_the_bot = event(
        message=in_group("/time@doublecheck_bot 2", reply_to_message=updates.from_bot())
    )

    assert isinstance(found, Commanded)
    assert found.replied == BOB
    assert found.replied.name == "Bob"
    assert found.quoted == ""
    assert isinstance(to_the_bot, Commanded)
    assert to_the_bot.replied is None
