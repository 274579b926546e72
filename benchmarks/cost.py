"""Measure what an answer costs: time with a pack, with 10,000 facts, the first answer, and memory.

    python -m benchmarks.cost [--pack FOLDER]

Each figure stands beside its limit and, where it applies, beside the bare search in the same run.
Ends with 1 when a limit is passed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.botapi import free_port, used
from bot.core.ask import ask
from bot.core.facts import Pack
from bot.core.library import Library, Shelf
from bot.formats.packs import read_pack
from bot.search.engine import build

MOST_MS, MOST_MS_LARGE, MOST_FIRST_S, MOST_WHOLE_S, MOST_MB = 20.0, 60.0, 2.0, 3.0, 250.0
LARGE = 10_000
ASKED = 400


def main() -> int:
    """Measure, print, and judge by the limits."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, default=Path("questions/us-strikes-2024"))
    options = parser.parse_args()
    pack = read_pack(options.pack)
    kept = [
        _line("first answer, cold", _first(options.pack), MOST_FIRST_S, "s"),
        *_answers("the pack", pack, MOST_MS),
        *_answers(f"{LARGE:,} bare facts", _large(pack), MOST_MS_LARGE),
        _line("memory, answering from the pack", _memory(options.pack), MOST_MB, "MB"),
        *_whole(),
    ]
    return 0 if all(kept) else 1


def _whole() -> list[bool]:
    """Judge the whole bot without any token, from nothing to the page that can be opened."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"DATABASE_URL": f"sqlite:///{folder}/bot.db", "WEB_PORT": str(free_port())}
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **settings}
        with subprocess.Popen(
            [sys.executable, "-m", "bot"], cwd=folder, env=env, stdout=subprocess.PIPE, text=True
        ) as bot:
            assert bot.stdout  # noqa: S101 - it is a pipe
            bot.stdout.readline()  # it says where the page is, once that can be opened
            seconds, status = used(bot.pid), Path(f"/proc/{bot.pid}/status").read_text()
            bot.terminate()
    peak = float(status.partition("VmHWM:")[2].split()[0]) / 1024
    return [
        _line("the page can be opened, CPU", seconds, MOST_WHOLE_S, "s"),
        _line("memory, the whole bot", peak, MOST_MB, "MB"),
    ]


def _line(name: str, value: float, most: float, unit: str) -> bool:
    print(f"{name:<34} {value:8.2f} {unit:<3} limit {most:g} {unit}, {value / most:.0%} of it")
    return value <= most


def _answers(name: str, pack: Pack, most: float) -> list[bool]:
    rank = build(pack)
    library = Library((Shelf(pack, rank),))
    asked = [w.text for f in pack.facts for w in f.asks[:4]] or [f.claim[:80] for f in pack.facts]
    asked = asked[:: max(1, len(asked) // ASKED)][:ASKED]
    bare = _late(asked, rank)
    answer = _late(asked, lambda text: ask(text, (), library))
    print(f"{name}: bare search p95 {bare:.2f} ms, answer p95 {answer / bare:.1f} times that")
    return [_line(f"answer p95, {name}", answer, most, "ms")]


def _late(asked: Sequence[str], do: Callable[[str], object]) -> float:
    """Return the 95th percentile of the CPU time of one call, in milliseconds."""
    times: list[float] = []
    for text in asked:
        began = time.process_time()
        do(text)
        times.append(time.process_time() - began)
    return sorted(times)[int(len(times) * 0.95)] * 1000


def _large(pack: Pack) -> Pack:
    """Return a bare pack of 10,000 facts, made of the pack's own sentences in other company."""
    claims = [f.claim for f in pack.facts] + [f.evidence for f in pack.facts if f.evidence]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "pack.yaml").write_text(
            "id: large\ntitle: Large\nlanguage: en\n", encoding="utf-8"
        )
        entries = (
            f"- id: f{n}\n  claim: {json.dumps(f'In report {n}, {claims[n % len(claims)]}')}\n"
            for n in range(LARGE)
        )
        (path / "facts.yaml").write_text("".join(entries), encoding="utf-8")
        return read_pack(path)


def _first(folder: Path) -> float:
    """Return the wall time, in seconds, of a first answer in a new process, the best of three."""
    command = [sys.executable, "-m", "bot", "ask", "--pack", str(folder), "how many drones"]
    times: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        times.append(time.perf_counter() - began)
    return min(times)


def _memory(folder: Path) -> float:
    """Return the peak resident memory, in MB, of a process that answers from one pack."""
    code = (
        "import sys; from pathlib import Path; from bot.__main__ import main; "
        f"sys.argv = ['doublecheck', 'ask', '--pack', {str(folder)!r}, 'how many drones']; main(); "
        "status = Path('/proc/self/status').read_text(); "
        "print(status.partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
