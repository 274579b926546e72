"""Files made to crash, stall or fool the readers: each is refused quickly, or read."""

from time import process_time

import pytest

from bot.formats.banks.detect import read
from bot.formats.banks.text import MOST_BYTES
from tests.formats.banks.shown import causes

SECONDS = 6
"""Each takes two seconds or less on an idle machine; what grows with the square of its size takes minutes."""

BOMBS = {
    "braces": b"{" * MOST_BYTES,
    "backslashes": b"Q {" + b"\\" * 190_000 + b"}",
    "many questions": b"Q {=a ~b}\n\n" * (MOST_BYTES // 11),
    "many lines": b"::a\n" * (MOST_BYTES // 4),
    "torn braces": b"Q {\n\n=a\n\n" * (MOST_BYTES // 10),
    "torn braces without end": b"Q {\n\n" + b"=a\n\n" * (MOST_BYTES // 4 - 10),
    "many answers": b"Q {" + b"~" * 59_000 + b"}",
    "many pairs": b"Q {" + b"=a->b\n" * 9_000 + b"}",
    "open tags": b"[html]" + b"<a" * 29_000 + b" {=a ~b}",
    "open quotes in tags": b"[html]" + b'<a b="' * 9_000 + b" {=a ~b}",
    "open comments": b"[html]" + b"<!--" * 14_000 + b" {=a ~b}",
    "many categories": b"$CATEGORY: a\n" * (MOST_BYTES // 13),
    "deep category": b"$CATEGORY: " + b"a/" * 90_000 + b"\n\nQ {T}",
    "many letters": b"q\n" + b"A. x\n" * 200_000 + b"ANSWER: A\n",
    "many answers at once": b"q\nA. x\nB. y\nANSWER: " + b"A, " * 60_000,
    "an open cell": b"question,answer 1,correct\n" + b'"' + b"x" * (MOST_BYTES - 100),
    "many rows": b"question,answer 1,correct\n" + b"a,b,1\n" * (MOST_BYTES // 6 - 10),
    "deep JSON": b"[" * 100_000,
    "deep JSON objects": b'{"a":' * 100_000,
    "many objects": b'{"questions":[' + b'{"id":"a"},' * (MOST_BYTES // 11 - 10) + b"{}]}",
    "deep YAML": b"- id: a\n  stem: " + b"[" * 100_000,
    "many values": b"- id: a\n  stem: b\n" + b"- a\n" * 900_000,
    "deep XML": b"<quiz>" + b"<a>" * 100_000,
    "many elements": b"<quiz>" + b'<question type="x"/>' * 1_000_000,
    "entities": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "x">]><quiz>&a;</quiz>',
    "no end": b"<quiz " + b"a" * 9_000_000,
    "many line breaks": b'<quiz><question type="truefalse"><questiontext format="moodle_auto_format"><text><![CDATA['
    + b"<br> " * 400_000
    + b"]]></text></questiontext></question></quiz>",
    "many empty comments": b"//\n" * 2_500_000,
    "many empty lines": b"\n" * 7_000_000 + b"x {",
    "many lists in a line": b"a" + b":[" * 150_000,
    "many cells without headings": b"question,answer 1,right\n" + b"Q,a,1,x\n" * 900_000,
    "NUL": b"\0" * MOST_BYTES,
    "every byte": bytes(range(256)) * 1_000,
    "too large": b"x" * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_quickly(bomb):
    begin = process_time()

    draft = read(bomb, "bomb")

    assert process_time() - begin < SECONDS
    assert not draft.whole


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
        (b"%PDF-1.7", "this is a PDF, which cannot be imported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old document of Word or Excel (.doc, .xls), which cannot be imported"),
        (b"\x1f\x8b\x08", "this is an archive (.gz), which cannot be imported"),
        (b"<html><body>", "this is a web page, which cannot be imported"),
        (b"hello\nworld\n", "this is no format that can be imported; it begins with “hello”"),
        ("Qué {=sí ~no}".encode("latin-1"), "the byte 0xE9 is not UTF-8; the file looks like Windows-1252 or ISO-8859-1 (Western Europe)"),
        ("Какой город? {=Мосул ~Эрбиль}".encode("cp1251"), "the byte 0xCA is not UTF-8; the file looks like Windows-1251 (Cyrillic)"),
        ("質問は何ですか {=はい ~いいえ}".encode("shift_jis"), "the byte 0x8E is not UTF-8; the file looks like Shift-JIS (Japanese)"),
        ("Q {T}".encode("utf-16-le"), "the file holds NUL characters: it is no text, or UTF-16 without a byte order mark"),
        ("Q {T}".encode("utf-32"), "the file is in UTF-32"),
        (b"\xff\xfeQ", "the file is broken UTF-16"),
        (b"Q \x07 {T}", "the invisible character U+0007 (a control character) stands in it"),
        ("Q \u202e {T}".encode(), "the invisible character U+202E (right-to-left override) stands in it"),
        (b'{"questions": [{"id": "a", "kind": "text", "stem": "\\ud800", "accepted": ["b"]}]}',
         "the invisible character U+D800 (a control character) stands in it"),
        (b"Q <script>alert(1)</script> {T}", 'the question holds a script: "Q <script>alert(1)</script>"'),
    ],
)  # fmt: skip
def test_what_is_no_bank_is_named(data, cause):
    assert causes(read, data) == [cause]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_its_mark_is_read(encoding):
    draft = read("¿Qué? {=sí ~no}".encode(encoding), "bank")

    assert [question.stem for question in draft.questions] == ["¿Qué?"]
