from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.roles import (
    GRANTABLE,
    LOCAL_OWNER,
    Act,
    Invitation,
    Link,
    Role,
    may,
    may_grant,
    may_revoke,
    needs,
    opened,
    role_held,
    role_named,
    state_of,
)
from tests.cast import NOON

INVITATION = Invitation(1, Role.EDITOR, "telegram:1", NOON, NOON + timedelta(hours=24))
roles = st.sampled_from([None, *Role])
granted = st.sampled_from(Role)


@pytest.mark.parametrize("act", Act)
def test_every_act_needs_a_role_and_the_higher_ones_include_it(act):
    assert [may(role, act) for role in Role] == [role >= needs(act) for role in Role]
    assert not may(None, act)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_found_by_its_name_however_it_is_typed(role):
    assert role_named(f" {role.word.upper()} ") is role


def test_what_is_no_role_is_none():
    assert role_named("janitor") is None


@given(roles, granted)
def test_nobody_hands_on_a_role_at_or_above_their_own(own, role):
    if may_grant(own, role):
        assert own is not None
        assert role < own
        assert role in GRANTABLE
        assert may(own, Act.GRANT)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), granted), max_size=30))
def test_no_path_of_grants_leads_to_what_its_owner_did_not_begin(story):
    held = dict.fromkeys(range(5), None) | {0: Role.OWNER, 1: Role.TEACHER}
    for giver, taker, role in story:
        invitation = replace(INVITATION, role=role)
        if opened(invitation, held[giver], held[taker], NOON) is Link.OPEN and taker != 0:
            held[taker] = role
            assert role < held[giver]

    admins = [who for who, role in held.items() if role is Role.ADMIN]
    if admins:
        assert any(giver == 0 and role is Role.ADMIN for giver, _, role in story)
    assert [who for who, role in held.items() if role is Role.OWNER] == [0]


@given(roles, granted)
def test_one_takes_away_what_one_could_grant_and_always_what_is_one_s_own(own, theirs):
    assert may_revoke(own, theirs) == may_grant(own, theirs)
    assert may_revoke(own, theirs, oneself=True)


@pytest.mark.parametrize(
    ("invitation", "state"),
    [
        (None, Link.UNKNOWN),
        (INVITATION, Link.OPEN),
        (replace(INVITATION, used=True), Link.USED),
        (replace(INVITATION, withdrawn=True), Link.WITHDRAWN),
        (replace(INVITATION, until=NOON), Link.EXPIRED),
    ],
)
def test_a_link_says_what_has_become_of_it(invitation, state):
    assert state_of(invitation, NOON) is state


@pytest.mark.parametrize(
    ("giver", "taker", "state"),
    [
        (Role.OWNER, None, Link.OPEN),
        (Role.ADMIN, Role.TEACHER, Link.OPEN),
        (Role.ADMIN, Role.EDITOR, Link.HELD),
        (Role.ADMIN, Role.OWNER, Link.HELD),
        (Role.EDITOR, None, Link.POWERLESS),
        (None, None, Link.POWERLESS),
    ],
)
def test_a_link_is_worth_what_its_maker_may_hand_on_now(giver, taker, state):
    assert opened(INVITATION, giver, taker, NOON) is state


def test_a_link_that_is_used_up_stays_so_whoever_made_it():
    assert opened(replace(INVITATION, used=True), None, None, NOON) is Link.USED


@given(granted)
def test_owners_stand_in_the_settings_whatever_is_granted(role):
    assert role_held("telegram:1", ["telegram:1"], role) is Role.OWNER
    assert role_held(LOCAL_OWNER, [], None) is Role.OWNER
    assert role_held("telegram:2", ["telegram:1"], role) is role
    assert role_held("telegram:2", [], None) is None
