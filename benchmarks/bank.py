"""Time and memory of reading and writing question banks, by format and size.

    python -m benchmarks.bank

Both must grow no worse than in line with the bank: the last column is the exponent of the growth of time between
the smallest and the largest bank, about 1 where it is so.
"""

import gc
import math
import sys
import tracemalloc
from collections.abc import Callable
from time import process_time

from bot.core.quiz import Accepted, NumberKey, Option, Pair, Question, QuestionKind
from bot.formats.banks.detect import read
from bot.formats.banks.formats import WRITERS

SIZES = (1_250, 2_500, 5_000, 10_000)
_MEGABYTE = 1_000_000
_WORST_GROWTH = 1.3
_TIMES = 3
_MOST_SECONDS, _MOST_MEGABYTES = 10.0, 300.0


def bank(size: int, *, choices_only: bool) -> tuple[Question, ...]:
    """Return a bank of questions of all kinds, each different."""
    makers = _MAKERS[:1] if choices_only else _MAKERS
    return tuple(makers[number % len(makers)](number) for number in range(size))


def _single(number: int) -> Question:
    options = tuple(
        Option(letter, f"Harbour {number + place}", float(not place), f"It is {place} away.")
        for place, letter in enumerate("abcd")
    )
    stem = f"Which harbour was opened in the year {number}, according to the register?"
    return Question(
        f"single-{number}", QuestionKind.SINGLE, stem, options, feedback="See the register."
    )


def _several(number: int) -> Question:
    options = tuple(
        Option(letter, f"Pier {number + place}", share)
        for place, (letter, share) in enumerate(zip("abcd", (0.5, 0.5, -0.5, -0.5), strict=True))
    )
    return Question(
        f"several-{number}", QuestionKind.SEVERAL, f"Which piers has quay {number}?", options
    )


def _typed(number: int) -> Question:
    accepted = (Accepted(f"Port {number}"), Accepted(f"Porto {number}", 0.5))
    return Question(f"text-{number}", QuestionKind.TEXT, f"Name port {number}.", accepted=accepted)


def _number(number: int) -> Question:
    key = NumberKey(float(number), 0.5)
    return Question(
        f"number-{number}", QuestionKind.NUMBER, f"How deep is basin {number}?", numbers=(key,)
    )


def _matching(number: int) -> Question:
    pairs = tuple(Pair(f"Ship {number + n}", f"Flag {n}") for n in range(3))
    return Question(f"matching-{number}", QuestionKind.MATCHING, "Whose ship is it?", pairs=pairs)


_MAKERS: tuple[Callable[[int], Question], ...] = (_single, _several, _typed, _number, _matching)


def measured(action: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that something takes, and the megabytes at its peak."""
    seconds = min(_seconds(action) for _ in range(_TIMES))
    tracemalloc.start()
    action()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, peak / _MEGABYTE


def _seconds(action: Callable[[], object]) -> float:
    gc.collect()
    begin = process_time()
    action()
    return process_time() - begin


def main() -> int:
    """Print a table; return 1 where something is too slow, too large, or grows too fast."""
    print(f"{'':22}" + "".join(f"{size:>18,}" for size in SIZES) + "   growth")
    worst = [_row(name, writing=writing) for name in WRITERS for writing in (False, True)]
    return int(not all(worst))


def _row(name: str, *, writing: bool) -> bool:
    banks = [bank(size, choices_only=name in {"aiken", "kahoot"}) for size in SIZES]
    found: list[tuple[float, float]] = []
    for questions in banks:
        data = WRITERS[name](questions).data
        if writing:
            found.append(measured(lambda questions=questions: WRITERS[name](questions)))
        else:
            assert len(read(data).questions) == len(questions)  # noqa: S101 - what is measured must work
            found.append(measured(lambda data=data: read(data)))
    (first, small), (last, large) = found[0], found[-1]
    times = math.log(last / first) / math.log(SIZES[-1] / SIZES[0])
    sizes = math.log(large / small) / math.log(SIZES[-1] / SIZES[0])
    cells = "".join(f"{seconds:>8.2f} s{megabytes:>5.0f} MB" for seconds, megabytes in found)
    print(
        f"{('write ' if writing else 'read ') + name:22}{cells}   {times:.2f}, memory {sizes:.2f}",
        flush=True,
    )
    return (
        times < _WORST_GROWTH
        and sizes < _WORST_GROWTH
        and last < _MOST_SECONDS
        and large < _MOST_MEGABYTES
    )


if __name__ == "__main__":
    sys.exit(main())
