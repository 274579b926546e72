"""Which address is given out to other people's phones."""

import socket

import pytest
from starlette.datastructures import URL

from bot.frontends.web.reach import ANY_V4, ANY_V6, Reach, is_alone, own_address

HOME = "http://127.0.0.1:8321/live"
LAN = "192.168.1.20"


def reach(host: str = "127.0.0.1", *names: str, own: str = LAN) -> Reach:
    return Reach(host, names, lambda _: own)


@pytest.mark.parametrize(
    ("at", "asked", "base"),
    [
        (reach(), HOME, "http://127.0.0.1:8321"),
        (reach(), "http://localhost:8321/live", "http://localhost:8321"),
        (reach(ANY_V4), HOME, f"http://{LAN}:8321"),
        (reach(ANY_V4, own=""), HOME, "http://127.0.0.1:8321"),
        (reach(ANY_V6, own="2001:db8::7"), HOME, "http://[2001:db8::7]:8321"),
        (reach("192.0.2.9"), "http://192.0.2.9:8321/", "http://192.0.2.9:8321"),
        (reach(ANY_V4), "http://laptop.local:8321/live", "http://laptop.local:8321"),
        (reach(ANY_V4, "laptop.local"), HOME, "http://laptop.local:8321"),
        (reach("127.0.0.1", "quiz.example"), HOME, "https://quiz.example"),
        (reach("127.0.0.1", "quiz.example"), "https://quiz.example/live", "https://quiz.example"),
        (reach("192.0.2.9"), "http://127.0.0.1/", "http://192.0.2.9"),
    ],
)
def test_the_address_to_give_out_is_one_that_phones_can_open(
    at: Reach, asked: str, base: str
) -> None:
    assert at.base(URL(asked)) == base


def test_an_address_of_this_machine_alone_is_known_as_such() -> None:
    assert is_alone("http://127.0.0.1:8321")
    assert is_alone("http://[::1]:8321")
    assert not is_alone(f"http://{LAN}:8321")


@pytest.mark.parametrize(
    ("at", "hosts"),
    [
        (reach(), {"127.0.0.1", "::1", "localhost"}),
        (reach(ANY_V4), set[str]()),
        (
            reach(ANY_V4, "laptop.local"),
            {"127.0.0.1", "::1", "localhost", ANY_V4, LAN, "laptop.local"},
        ),
    ],
)
def test_the_address_given_out_is_one_that_the_page_answers_to(at: Reach, hosts: set[str]) -> None:
    assert at.hosts() == hosts


def test_a_machine_without_a_network_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoNetwork(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "socket", NoNetwork)
    assert own_address(ANY_V4) == ""
    assert own_address(ANY_V6) == ""


def test_the_own_address_is_where_packets_would_leave_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Network(socket.socket):
        def connect(self, address: object) -> None:
            super().bind(("127.0.0.1", 0))

    monkeypatch.setattr(socket, "socket", Network)
    assert own_address(ANY_V4) == "127.0.0.1"
