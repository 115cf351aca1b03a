"""Random and hostile texts against the grader: none raises, none is slow, memory stays small.

    python benchmarks/grading_fuzz.py                 10,000 texts, a tenth of them also in eight threads
    python benchmarks/grading_fuzz.py 50000 --seed 3

Half of the texts are noise, repetition and pieces of notation; half are the cases of tests/grading, cut,
doubled, shuffled and spliced. Asked below the public call's last guard, which would hide a mistake. Times
are of the processor; the symbolic worker has limits of its own (``symbolic.LIMIT``).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import string
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hipatia.grading import check_steps, release, symbolic, validate_math_response
from hipatia.grading.grader import judge

LIMIT = 2.0  # seconds of this process for one text
PIECES = list("0123456789.,+-*/^=()[]{}<>|!%°√π∞≤±×·$\\&_;:'\" \n") + [
    "\\frac{", "\\sqrt", "\\boxed{", "x", "y", "sen", "ln", "la respuesta es", "the answer is", " o ", " y ",
    "km", "€", "∪", "∈", "ℝ", "…", "e", "10^", "9^9^9", "!", "\\begin{pmatrix}", "\\end{pmatrix}", "#### ", " no ",
    " es ", "millones", "\x00", "**", "<think>", "</think>", "es decir", "a las tres", "1/0", "0,(3)", "5 de mayo",
]  # fmt: skip


def cases() -> list[tuple[str, str]]:
    tables = sorted((Path(__file__).parent.parent / "tests" / "grading").glob("*.json"))
    rows = [row for path in tables for row in json.loads(path.read_text(encoding="utf-8"))]
    return [(row["response"], row["expected"]) for row in rows]


def noise(pick: random.Random) -> str:
    kind = pick.randrange(4)
    if kind == 0:
        return "".join(pick.choice(string.printable) for _ in range(pick.randrange(400)))
    if kind == 1:
        return pick.choice(PIECES) * pick.choice([1, 50, 3_000, 30_000])
    if kind == 2:
        return "".join(chr(pick.randrange(32, 0x2FFF)) for _ in range(pick.randrange(200)))
    return "".join(pick.choice(PIECES) for _ in range(pick.randrange(1, 80)))


def mutated(text: str, pick: random.Random, other: str) -> str:
    """A text after one to four small accidents."""
    for _ in range(pick.randrange(1, 5)):
        a, b = sorted((pick.randrange(len(text) + 1), pick.randrange(len(text) + 1)))
        kind = pick.randrange(7)
        if kind == 0:
            text = text[:a] + text[b:]
        elif kind == 1:
            text = text[:a] + pick.choice(PIECES) + text[a:]
        elif kind == 2:
            text = text[:b] + text[a:b] * pick.choice([1, 2, 40]) + text[b:]
        elif kind == 3:
            text = text[:a] + other[pick.randrange(len(other) + 1) :] + text[b:]
        elif kind == 4:
            text = text[:a]
        elif kind == 5:
            text = " ".join(pick.sample(text.split(), len(text.split())))
        else:
            text = text[:a] + text[a:b].swapcase()[::-1] + text[b:]
    return text


def texts(count: int, seed: int) -> list[tuple[str, str]]:
    pick, known = random.Random(seed), cases()
    made = []
    for i in range(count):
        response, expected = pick.choice(known)
        if i % 2:
            expected = mutated(expected, pick, pick.choice(known)[1]) if pick.random() < 0.5 else expected
            made.append((mutated(response, pick, pick.choice(known)[0]), expected))
        else:
            made.append((noise(pick), noise(pick) if pick.random() < 0.3 else expected))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    found = texts(options.count, options.seed)
    errors, slow, statuses = 0, [], Counter[str]()
    for response, expected in found:
        started = time.process_time()
        try:
            statuses[judge(response, expected, None).status] += 1
            check_steps(response)
        except symbolic.TimedOut:
            statuses["timeout"] += 1
        except Exception as error:
            errors += 1
            print(
                f"{type(error).__name__}: {error}: {response[:300]!r} for {expected[:100]!r}",
                file=sys.stderr,
            )
        slow.append((time.process_time() - started, response[:60]))
    with ThreadPoolExecutor(8) as pool:
        threaded = list(pool.map(lambda pair: validate_math_response(*pair), found[: options.count // 10]))
    release()
    slow.sort(reverse=True)
    over = sum(seconds > LIMIT for seconds, _ in slow)
    print(f"{len(found)} texts: {errors} raised, {over} over {LIMIT:.0f} s, {dict(statuses.most_common())}")
    print(f"slowest {slow[0][0]:.2f} s ({slow[0][1]!r}), median {slow[len(slow) // 2][0] * 1000:.2f} ms")
    print(f"{len(threaded)} of them in 8 threads: all with a verdict")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory: {own:.0f} MB, largest worker {workers:.0f} MB")
    sys.exit(1 if errors or over else 0)


if __name__ == "__main__":
    main()
