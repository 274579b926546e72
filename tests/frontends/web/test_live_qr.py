"""The picture that a phone reads."""

import re

import segno

from bot.frontends.web.live_qr import drawing

ADDRESS = "http://192.168.1.20:8321/join/K7MPQ2"


def squares(drawn: bytes) -> list[list[bool]]:
    """Read the strokes of a drawing back into rows of squares."""
    text = drawn.decode()
    size = int(re.findall(r'viewBox="0 0 (\d+) ', text)[0])
    [path] = re.findall(r'stroke="#000" d="([^"]*)"', text)
    rows = [[False] * size for _ in range(size)]
    x = y = 0.0
    for step, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if step == "h":
            for column in range(int(x), int(x) + int(first)):
                rows[int(y)][column] = True
            x += int(first)
        else:
            x, y = (float(first) + x * (step == "m"), float(second) + y * (step == "m"))
    return rows


def test_the_picture_holds_the_address_with_a_quiet_edge_around() -> None:
    wanted = segno.make(ADDRESS, error="m", micro=False).matrix_iter(border=4)
    assert squares(drawing(ADDRESS)) == [[bool(cell) for cell in row] for row in wanted]


def test_the_picture_takes_whatever_room_the_page_gives_it() -> None:
    head = drawing(ADDRESS).partition(b">")[0]
    assert b"viewBox" in head
    assert b"width" not in head


def test_another_address_is_another_picture() -> None:
    assert drawing(ADDRESS) != drawing(ADDRESS + "X")
