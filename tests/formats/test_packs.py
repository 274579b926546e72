from pathlib import Path
from time import process_time

import pytest

from bot.core.facts import (
    Entity,
    Fact,
    Kind,
    Part,
    Reference,
    Source,
    Value,
    Verdict,
    Wording,
)
from bot.core.words import say
from bot.formats.hashes import with_hash
from bot.formats.packs import PackError, read_pack, read_packs
from tests.formats.folders import BARE_FACTS, BARE_PACK, PACK, told, written

WHOLE_PACK = (
    PACK
    + """\
source: {name: the article, description: A news article, author: a language model, published: 2024-02}
check: {date: 2026-11, how: From excerpts of the pages cited.}
caveat:
  long: Please double-check this with
    another source.
  short: Double-check this.
content_note: It concerns an attack.
synonyms:
- [gi, soldier]
- [jet, plane, warplane]
"""
)
WHOLE_FACT = """\
- id: killed
  place: lead
  where: second sentence
  also_in: [details]
  topic: attack
  claim: >
    Four soldiers died
    in the attack.
  answer: "4"
  yes_no: "no"
  kind: number
  verdict: contradicted
  confidence: high
  correct: "3"
  correction: Three soldiers died.
  evidence: The department named three.
  references:
  - dod
  - {publisher: Stars and Stripes, title: Three named, date: 2024-01-29, url: http://example.org/s, note: in full}
  attribution: the Pentagon
  entities: [tower-22, {id: gis, name: US troops, kind: group, spellings: [gi]}]
  values:
  - {type: number, value: 4, unit: soldiers killed}
  - {type: place, entity: tower-22}
  correct_values: [{type: number, value: 3}]
  asks:
  - how many died
  - {ask: did three die, answer: "No"}
  sensitive: yes
  restricted: false
  opening: Other sources disagree.
  related: [all]
  note: For editors.
- id: all
  claim: Four were killed in all.
  kind: total
  verdict: contradicted
  correction: Three were.
  derived_from: [killed]
  parts: [{text: 4 killed, fact: killed}, {text: in all}]
- id: left-out
  claim: It was in Jordan.
  kind: omission
  in_article: "no"
  references: [dod]
"""


def test_a_whole_fact_is_read(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, WHOLE_FACT, pack=WHOLE_PACK))

    fact = pack.facts[0]
    assert fact == Fact(
        id="killed",
        claim="Four soldiers died in the attack.",
        place="lead",
        where="second sentence",
        also_in=("details",),
        topic="attack",
        answer="4",
        positive=False,
        kind=Kind.NUMBER,
        verdict=Verdict.CONTRADICTED,
        confidence="high",
        correct="3",
        correction="Three soldiers died.",
        evidence="The department named three.",
        references=(
            Reference(
                "US Department of Defense", "", "2024-01-30", "https://example.org/dod", "official"
            ),
            Reference(
                "Stars and Stripes",
                "Three named",
                "2024-01-29",
                "http://example.org/s",
                note="in full",
            ),
        ),
        attribution="the Pentagon",
        entities=("tower-22", "gis"),
        values=(Value("number", "4", "soldiers killed"), Value("place", "tower-22")),
        correct_values=(Value("number", "3"),),
        asks=(Wording("how many died"), Wording("did three die", "No")),
        sensitive=True,
        opening="Other sources disagree.",
        related=("all",),
        note="For editors.",
        hash=fact.hash,
    )


def test_derived_facts_and_omissions_are_read(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, WHOLE_FACT))

    _, total, omission = pack.facts
    assert (total.kind, total.derived_from) == (Kind.TOTAL, ("killed",))
    assert total.parts == (Part("4 killed", "killed"), Part("in all"))
    assert (omission.in_article, omission.verdict) == (False, Verdict.UNCHECKED)


def test_what_a_pack_says_about_itself_is_read(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, WHOLE_FACT, pack=WHOLE_PACK))

    assert (pack.id, pack.title, pack.language) == ("small", "A small pack", "en")
    assert pack.source == Source("the article", "A news article", "a language model", "2024-02")
    assert (pack.checked_on, pack.checked_how) == ("2026-11", "From excerpts of the pages cited.")
    assert pack.caveat_long == "Please double-check this with another source."
    assert pack.caveat_short == "Double-check this."
    assert pack.content_note == "It concerns an attack."
    assert pack.places == {"lead": "Lead", "details": "Details"}
    assert pack.topics == {"attack": "The attack"}
    assert pack.synonyms == (("gi", "soldier"), ("jet", "plane", "warplane"))


def test_entities_come_from_their_file_and_from_facts(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, WHOLE_FACT))

    assert pack.entities == {
        "gis": Entity("gis", "US troops", "group", ("gi",)),
        "tower-22": Entity(
            "tower-22", "Tower 22", "base", ("tower twenty two",), 33.3, 38.7, "jordan"
        ),
        "jordan": Entity("jordan", "Jordan", "country", ("jordanian",)),
        "army": Entity("army", "The army", "organisation", part_of="jordan"),
    }


def test_a_bare_pack_gets_the_general_caveat(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, BARE_FACTS, pack=BARE_PACK, entities="", sources=""))

    one, two = pack.facts
    assert one == Fact("one", "Three drones were used.", hash=one.hash)
    assert two == Fact("two", "It was in January.", hash=two.hash)
    assert (pack.caveat_long, pack.caveat_short) == (say("caveat.long"), say("caveat.short"))


def test_a_bare_claim_may_be_long(tmp_path: Path) -> None:
    facts = f"- id: long\n  claim: {'word ' * 300}\n"

    pack = read_pack(written(tmp_path, facts))

    assert len(pack.facts[0].claim) == 1499


def test_a_caveat_in_another_language_needs_no_english_words(tmp_path: Path) -> None:
    pack = BARE_PACK.replace("en", "de") + "caveat: {long: Bitte nachprüfen., short: Prüfen.}\n"

    assert read_pack(written(tmp_path, BARE_FACTS, pack=pack)).caveat_long == "Bitte nachprüfen."


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = written(tmp_path, BARE_FACTS)
    for name in ("notes.yaml", "checks.yaml", "schema.json", "README.md"):
        (folder / name).write_bytes(b"\xff: [")

    assert len(read_pack(folder).facts) == 2


@pytest.mark.parametrize("flag", ["true", "yes", '"true"', "'Yes'", "TRUE"])
def test_flags_may_be_plain_or_quoted(flag: str, tmp_path: Path) -> None:
    facts = f"- id: a\n  claim: A.\n  sensitive: {flag}\n"

    assert read_pack(written(tmp_path, facts)).facts[0].sensitive


def test_the_same_entity_may_be_written_out_twice_alike(tmp_path: Path) -> None:
    entity = "[{id: gis, name: US troops, kind: group}]"
    facts = "".join(f"- id: {name}\n  claim: {name}.\n  entities: {entity}\n" for name in "ab")

    pack = read_pack(written(tmp_path, facts, entities=""))

    assert list(pack.entities) == ["gis"]


def test_a_statement_without_a_speaker_may_stand_outside_the_source(tmp_path: Path) -> None:
    assert told(written(tmp_path, "- id: a\n  claim: A.\n  kind: statement\n")) == []


def test_a_derived_fact_needs_no_reference_of_its_own(tmp_path: Path) -> None:
    facts = (
        "- {id: a, claim: A., verdict: corroborated, references: [dod]}\n"
        "- {id: b, claim: B., verdict: corroborated, kind: list, derived_from: [a]}\n"
    )

    assert told(written(tmp_path, facts)) == []


def test_a_contradicted_fact_may_have_a_note_instead_of_a_correction(tmp_path: Path) -> None:
    facts = "- {id: a, claim: A., verdict: contradicted, note: B., references: [dod]}\n"

    assert told(written(tmp_path, facts)) == []


# Hashes.


def hashes(folder: Path, facts: str, pack: str = PACK) -> tuple[str, str]:
    """Return the hashes of a pack and of its first fact."""
    read = read_pack(written(folder, facts, pack=pack))
    return read.hash, read.facts[0].hash


def test_hashes_are_sixteen_hexadecimal_digits(tmp_path: Path) -> None:
    for digits in hashes(tmp_path, BARE_FACTS):
        assert len(digits) == 16
        assert int(digits, 16)


def test_layout_does_not_change_a_hash(tmp_path: Path) -> None:
    plain = hashes(
        tmp_path, "- id: a\n  claim: Four jets flew.\n  answer: '4'\n  asks: [how many]\n"
    )

    other = hashes(
        tmp_path,
        '# comment\n- {asks: ["how many"], answer: 4, claim: "Four\n   jets flew.", id: a, yes_no: yes}\n',
        pack="\n".join(reversed(PACK.splitlines())),
    )

    assert plain == other


def test_a_reference_written_out_has_the_hash_of_one_by_key(tmp_path: Path) -> None:
    fact = "- {id: a, claim: A., references: [%s]}\n"
    page = '{publisher: US Department of Defense, date: 2024-01-30, url: "https://example.org/dod", type: official}'

    assert hashes(tmp_path, fact % "dod") == hashes(tmp_path, fact % page)


@pytest.mark.parametrize(
    "facts",
    [
        "- {id: a, claim: B.}\n",
        "- {id: b, claim: A.}\n",
        "- {id: a, claim: A., answer: A}\n",
        "- {id: a, claim: A., yes_no: no}\n",
        "- {id: a, claim: A., asks: [a]}\n",
        "- {id: a, claim: A., verdict: unverified}\n",
        "- {id: a, claim: A., references: [dod]}\n",
    ],
)
def test_content_changes_both_hashes(facts: str, tmp_path: Path) -> None:
    before = hashes(tmp_path, "- {id: a, claim: A.}\n")

    after = hashes(tmp_path, facts)

    assert before[0] != after[0]
    if "id: b" not in facts:
        assert before[1] != after[1]


def test_a_change_elsewhere_changes_the_hash_of_the_pack_alone(tmp_path: Path) -> None:
    before = hashes(tmp_path, BARE_FACTS)

    for after in (
        hashes(tmp_path, BARE_FACTS + "- {id: three, claim: C.}\n"),
        hashes(tmp_path, BARE_FACTS, pack=PACK.replace("A small", "Another")),
        hashes(tmp_path, BARE_FACTS, pack=PACK + "synonyms: [[a, b]]\n"),
    ):
        assert after[1] == before[1]
        assert after[0] != before[0]


def test_the_hash_of_a_fact_is_known() -> None:
    """Old answers hold on to these hashes: a change of how they are made must be deliberate."""
    assert with_hash(Fact("one", "Three drones were used.")).hash == "f9e17ed81a4871e3"


# Folders of packs.


def test_the_packs_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        written(tmp_path / name, BARE_FACTS, pack=BARE_PACK.replace("bare", name))
    (tmp_path / "notes").mkdir()
    (tmp_path / "schema.json").write_text("{}")

    assert [pack.id for pack in read_packs(tmp_path)] == ["a", "b"]


def test_a_folder_that_is_a_pack_is_read_alone(tmp_path: Path) -> None:
    assert [pack.id for pack in read_packs(written(tmp_path, BARE_FACTS))] == ["small"]


def packs_told(folder: Path) -> list[str]:
    """Return what is said about a folder of packs."""
    with pytest.raises(PackError) as caught:
        read_packs(folder)
    return [str(problem) for problem in caught.value.problems]


def test_problems_of_several_packs_name_their_folders(tmp_path: Path) -> None:
    written(tmp_path / "a", "- {id: x}\n")
    written(tmp_path / "b", "", pack=BARE_PACK)

    assert packs_told(tmp_path) == [
        'a/facts.yaml:1: "x" has no `claim`; add `claim:`',
        "b/facts.yaml: the file is missing; write it, a list of blocks with `id:` and `claim:`",
    ]


def test_two_packs_of_one_id_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "a", BARE_FACTS)
    written(tmp_path / "b", BARE_FACTS)

    assert packs_told(tmp_path) == [
        'b/pack.yaml: another pack has the id "small" already; give each pack its own id'
    ]


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert packs_told(tmp_path) == [
        f"{tmp_path}: there is no pack in this folder; "
        "name a folder with pack.yaml and facts.yaml, or one that holds such folders"
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (said,) = packs_told(tmp_path / "gone")

    assert said.endswith(
        "gone: the folder cannot be read (No such file or directory); check the path"
    )


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "")
    (folder / "facts.yaml").mkdir()

    assert told(folder) == ["facts.yaml: this is not a file; put a plain file there"]


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, BARE_FACTS)
    (folder / "sources.yaml").unlink()
    (folder / "sources.yaml").symlink_to(folder / "sources.yaml")

    assert told(folder)[0].startswith("sources.yaml: the file cannot be read")


def test_a_pack_of_the_usual_size_is_read_at_once(tmp_path: Path) -> None:
    asks = "".join(
        f"  - how many jets of the kind {{n}} number {k} flew there\n" for k in range(12)
    )
    facts = "".join(
        f"- id: fact-{n}\n  claim: Fact {n} says something.\n  references: [dod]\n"
        f"  entities: [jordan]\n  asks:\n{asks.format(n=n)}"
        for n in range(170)
    )
    folder = written(tmp_path, facts)
    began = process_time()

    read_pack(folder)

    assert process_time() - began < 1
