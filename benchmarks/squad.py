"""Turn bare-claim packs (sentences and questions in one JSON file) into pack folders and question files.

    python -m benchmarks.squad --packs packs.json --out FOLDER

The JSON holds `packs[].facts` (sentences) and `questions[]` with `pack`, `q`, `answerable`, `gold` and
`gold_any` (numbers of sentences). For each pack a folder is written that `python -m benchmarks.ask`
takes, with `questions.jsonl` (any sentence that holds the answer counts as right) beside it.
"""

import argparse
import json
from pathlib import Path


def main() -> None:
    """Write one folder a pack."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    data = json.loads(options.packs.read_text(encoding="utf-8"))
    for number, pack in enumerate(data["packs"]):
        _write(
            options.out / pack["title"].lower().replace("_", "-"), pack, number, data["questions"]
        )


def _write(folder: Path, pack: dict[str, list[str]], number: int, questions: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    head = f"id: {folder.name}\ntitle: {json.dumps(str(pack['title']))}\nlanguage: en\n"
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    facts = (
        f"- id: s{n:04}\n  claim: {json.dumps(c, ensure_ascii=False)}\n"
        for n, c in enumerate(pack["facts"])
    )
    (folder / "facts.yaml").write_text("".join(facts), encoding="utf-8")
    lines = (json.dumps(_question(q)) + "\n" for q in questions if q["pack"] == number)
    (folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")


def _question(question: dict) -> dict[str, object]:
    right = sorted({*question.get("gold", ()), *question.get("gold_any", ())})
    expect = (
        {"facts": ["|".join(f"s{n:04}" for n in right)]}
        if question["answerable"]
        else {"decline": True}
    )
    return {"id": question["id"], "question": question["q"], "after": [], "expect": expect}


if __name__ == "__main__":
    main()
