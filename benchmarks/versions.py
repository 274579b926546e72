"""Time and memory of importing, comparing and publishing a bank, by its size, as the command line does it.

    python -m benchmarks.versions

Each command runs in a process of its own, with a database of its own. The last column is the exponent of the growth
of time between the smallest and the largest bank, without the start of the program: about 1 where it is in line.
"""

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bank import bank
from bot.formats.banks.formats import WRITERS

SIZES = (1_250, 2_500, 5_000, 10_000)
LIMITS = {"import": (10.0, 300.0), "diff": (2.0, 300.0), "publish": (2.0, 300.0)}
"""Seconds of processor time and megabytes that the largest bank may take."""
_WORST_GROWTH = 1.3
_LEAST = 0.05
"""Seconds; less than that is noise."""


def main() -> int:
    """Print a table; return 1 where something is too slow, too large, or grows too fast."""
    found = [_measured(size) for size in SIZES]
    start = min(seconds for seconds, _ in (_started() for _ in range(3)))
    print(f"{'':10}" + "".join(f"{size:>18,}" for size in SIZES) + "   growth")
    rows = [_row(name, [row[name] for row in found], start) for name in LIMITS]
    return int(not all(rows))


def _row(name: str, found: list[tuple[float, float]], start: float) -> bool:
    cells = "".join(f"{seconds:>8.2f} s{megabytes:>5.0f} MB" for seconds, megabytes in found)
    first, last = (max(_LEAST, seconds - start) for seconds, _ in (found[0], found[-1]))
    growth = math.log(last / first) / math.log(SIZES[-1] / SIZES[0])
    print(f"{name:10}{cells}   {growth:.2f}", flush=True)
    most_seconds, most_megabytes = LIMITS[name]
    seconds, megabytes = found[-1]
    return growth < _WORST_GROWTH and seconds < most_seconds and megabytes < most_megabytes


def _measured(size: int) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "questions").mkdir()
        data = WRITERS["gift"](bank(size, choices_only=False)).data
        (folder / "bank.gift").write_bytes(data)
        calls = {"import": ["bank.gift"], "diff": ["bank"], "publish": ["bank"]}
        return {name: _run(folder, name, *more) for name, more in calls.items()}


def _started() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "questions").mkdir()
        _run(Path(name), "drafts")
        return _run(Path(name), "drafts")


def _run(folder: Path, *call: str) -> tuple[float, float]:
    """Return the processor seconds of a command, and the megabytes at its peak."""
    settings = {
        "QUESTIONS": str(folder / "questions"),
        "DATABASE_URL": f"sqlite:///{folder}/bank.db",
        "PYTHONPATH": str(Path.cwd()),
    }
    command = [sys.executable, "-m", "bot", "bank", *call]
    with subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(call)} ended with {process.returncode}")
    return _seconds(used), used.ru_maxrss / 1_000


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    began = time.perf_counter()
    code = main()
    print(f"in {time.perf_counter() - began:.0f} s")
    sys.exit(code)
