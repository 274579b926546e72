import pytest
import yaml

from bot.formats import strict_yaml
from bot.formats.problems import PackError
from bot.formats.strict_yaml import Entry, ListNode, MapNode, Scalar, read_yaml


def problems(data: str | bytes) -> list[str]:
    """Return what is said about a document."""
    raw = data if isinstance(data, bytes) else data.encode()
    with pytest.raises(PackError) as caught:
        read_yaml(raw, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    ["2024-01-28", "12:30:45", "010", "1.10", "1e3", "0x1F", "yes", "~", "2024-02-03 10:00"],
)
def test_a_scalar_stays_as_it_is_written(text: str) -> None:
    assert read_yaml(f"- {text}".encode(), "f.yaml") == ListNode((Scalar(text, 1, True),), 1)


def test_every_node_knows_its_line() -> None:
    tree = read_yaml(b"# a comment\na:\n- b\n- 'c'\nd: |\n  e\n", "f.yaml")

    b, c = Scalar("b", 3, True), Scalar("c", 4, False)
    assert tree == MapNode(
        {
            "a": Entry(Scalar("a", 2, True), ListNode((b, c), 3)),
            "d": Entry(Scalar("d", 5, True), Scalar("e\n", 5, False)),
        },
        2,
    )


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    tree = read_yaml("a: é\r\nb: c\r\n".encode("utf-8-sig"), "f.yaml")

    assert isinstance(tree, MapNode)
    assert tree.entries["a"].value == Scalar("é", 1, True)
    assert tree.entries["b"].value == Scalar("c", 2, True)


@pytest.mark.parametrize(
    "word", ["yes", "No", "ON", "off", "true", "False", "null", "NULL", "~", ""]
)
def test_bare_words_are_known_where_they_stand_without_quotes(word: str) -> None:
    tree = read_yaml(f"a: {word}\nb: '{word}'".encode(), "f.yaml")

    assert isinstance(tree, MapNode)
    plain, in_quotes = (entry.value for entry in tree.entries.values())
    assert isinstance(plain, Scalar)
    assert isinstance(in_quotes, Scalar)
    assert (plain.bare, in_quotes.bare) == (True, False)


def test_twenty_levels_are_allowed_and_one_more_is_not() -> None:
    assert read_yaml(b"[" * 20 + b"]" * 20, "f.yaml")
    assert problems(b"[" * 21 + b"]" * 21) == [
        "f.yaml:1: this is nested more than 20 levels deep; write it flatter"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", '3: the key "a" stands twice, first in line 1; keep one of them'),
        (
            "a: &x b\n",
            '1: anchors and aliases are not allowed ("x"); '
            "write the text out, or put text that begins with & or * in quotes",
        ),
        ("- !!str a\n", "1: tags are not allowed (\"tag:yaml.org,2002:str\"); "
         "delete it, or put text that begins with ! in quotes"),
        ("- !important\n", '1: tags are not allowed ("!important"); '
         "delete it, or put text that begins with ! in quotes"),
        ("- !!python/name:os.system {}\n", '1: tags are not allowed ("tag:yaml.org,2002:python/name:os.system"); '
         "delete it, or put text that begins with ! in quotes"),
        ("a:\n  <<: {b: c}\n", "2: merge keys are not allowed; write the fields out where they are needed"),
        ("no: Norway\n", '1: the key "no" is not read as text; put it in quotes'),
        ("a: 1\n---\nb: 2\n", "2: a second document begins here; delete the line ---"),
        ("[a]: b\n", "1: a key must be a text; write the key as plain text, or put the text in quotes"),
        ('- "\\u202e"\n', "1: the invisible character U+202E (right-to-left override) is not allowed; "
         "delete it, and make sure that the file is saved as UTF-8"),
        ('- "\\0"\n', "1: the invisible character U+0000 (a control character) is not allowed; "
         "delete it, and make sure that the file is saved as UTF-8"),
    ],
)  # fmt: skip
def test_what_yaml_can_do_and_a_pack_must_not_is_refused(text: str, said: str) -> None:
    assert problems(text) == [f"f.yaml:{said}"]


def test_an_alias_is_refused_with_its_anchor() -> None:
    assert [said.split(";")[0] for said in problems("- &x [a, b]\n- *x\n")] == [
        'f.yaml:1: anchors and aliases are not allowed ("x")',
        'f.yaml:2: anchors and aliases are not allowed ("x")',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("claim: He said: no", '1: this is not valid YAML: mapping values are not allowed in this context; '
         'put text that contains ": " in quotes, or check the indentation'),
        ("a:\n\tb: c", "2: this is not valid YAML: found character that cannot start any token; "
         "indent with spaces, and put text that begins with @, ` or % in quotes"),
        ("- a\n- 'b\n", "3: this is not valid YAML: found unexpected end of stream; "
         "close the quote or bracket that is still open"),
        ('- "\\d"', "1: this is not valid YAML: found unknown escape character; "
         "write a backslash twice, or use single quotes"),
        ("- *\n", "1: this is not valid YAML: did not find expected alphabetic or numeric character; "
         "put text that begins with * or & in quotes"),
        ("a: b\nc\nd: e\n", "3: this is not valid YAML: could not find expected ':'; "
         "end each key with a colon, and indent text that runs on"),
        ("a: [b, 'c' d]\n", "1: this is not valid YAML: did not find expected ',' or ']'; "
         "close the bracket, and put text with commas or brackets in quotes"),
        ("- a\nb: c\n", "2: this is not valid YAML: did not find expected '-' indicator; "
         "check indentation and quotes in this line and those before it"),
    ],
)  # fmt: skip
def test_broken_yaml_is_explained(text: str, said: str) -> None:
    assert problems(text) == [f"f.yaml:{said}"]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert problems(text) == ["f.yaml: the file is empty; write it or delete it"]


def test_other_encodings_are_refused_with_their_line() -> None:
    cure = "save it as UTF-8"
    assert problems("a: b".encode("utf-16")) == [f"f.yaml:1: the file is in UTF-16; {cure}"]
    assert problems("a: b\nc: ’".encode("cp1252")) == [
        "f.yaml:2: the byte 0x92 is not UTF-8; save the file as UTF-8"
    ]


def test_invisible_characters_are_named_with_their_lines() -> None:
    said = problems("a: b\x07\r\nc: d\n\ne: \u2066f\n")

    cure = "is not allowed; delete it, and make sure that the file is saved as UTF-8"
    assert said == [
        f"f.yaml:1: the invisible character U+0007 (a control character) {cure}",
        f"f.yaml:4: the invisible character U+2066 (left-to-right isolate) {cure}",
    ]


def test_a_huge_file_is_refused() -> None:
    assert problems(b"#" * (strict_yaml.MOST_BYTES + 1)) == [
        "f.yaml: the file is larger than 4 MB; split it into several packs or files"
    ]


def test_too_many_values_are_refused() -> None:
    said = problems(b"- a\n" * (strict_yaml.MOST_VALUES + 1))

    assert [text.split(": ", 1)[1] for text in said] == [
        "the file holds more than 150000 values; split it into several packs"
    ]


def test_several_problems_are_told_together() -> None:
    assert len(problems("a: &x 1\na: !!int 2\nb: *x\n")) == 4


def test_an_endless_row_of_problems_is_cut_short() -> None:
    said = problems("- &a a\n" * 5000)

    assert len(said) == 201
    assert said[-1] == "f.yaml: there may be more problems; put these right first"


@pytest.mark.parametrize(
    "text",
    ["a: b\nc: [d, 'e', {f: g}]\nh: |\n  i\n", "- yes\n- 'no'\n-\n", "a: 'b\n  c'\n"],
)
def test_the_slow_parser_reads_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_yaml(text.encode(), "f.yaml")

    monkeypatch.setattr(strict_yaml, "_PARSER", yaml.BaseLoader)

    assert read_yaml(text.encode(), "f.yaml") == fast
