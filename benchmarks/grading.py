"""Hipatia's grader and the public ones, side by side on files of graded answers.

    python benchmarks/grading.py                          the tables of tests/grading
    python benchmarks/grading.py CASES.json …             rows of {response, expected, correct, question?}, also JSONL
    python benchmarks/grading.py --inspect PYTHON         also inspect_ai's, from an environment that has it
    python benchmarks/grading.py --gold mgsm_es.jsonl …   gold answers in ten phrasings, and gold + 1

A grader that is not installed is left out. Times are of the processor, not of the clock, and count the
symbolic worker's. Hostile texts: benchmarks/grading_fuzz.py.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hipatia.grading import release, symbolic, validate_math_response

Row = dict[str, Any]
Grader = Callable[[Row], bool]
Timed = Callable[[Row], tuple[bool, float]]

PHRASES = {
    "es": ["{}", "La respuesta es {}.", "Por lo tanto, son {} en total.", "**Respuesta final:** {}", "#### {}",
           "$\\boxed{{{}}}$", "Así que quedan {} unidades.", "Primero, 3 + 4 = 7.\n\nResultado: {}",
           "Solución: {}\n\n¿Quieres otro ejercicio?", "En total hay {} cosas."],
    "en": ["{}", "The answer is {}.", "Therefore, she has {} in total.", "**Final answer:** {}", "#### {}",
           "\\boxed{{{}}}", "So there are {} left.", "First, 3 + 4 = 7.\n\nResult: {}",
           "Answer: {}\n\nWould you like another one?", "In total there are {} things."],
}  # fmt: skip


# The graders -----------------------------------------------------------------------------------


def hipatia(row: Row) -> bool:
    return bool(validate_math_response(row["response"], row["expected"], question=row.get("question")))


def worker_seconds() -> float:
    """What the symbolic workers have used so far."""
    import psutil

    total = 0.0
    for worker in symbolic._idle:
        times = psutil.Process(worker.process.pid).cpu_times()
        total += times.user + times.system
    return total


def timed_hipatia(row: Row) -> tuple[bool, float]:
    workers, started = worker_seconds(), time.process_time()
    verdict = hipatia(row)
    seconds = time.process_time() - started
    return verdict, seconds + max(worker_seconds() - workers, 0.0)


def timed(grader: Grader) -> Timed:
    """A grader with its processor time; one that raises has not accepted the answer."""

    def run(row: Row) -> tuple[bool, float]:
        started = time.process_time()
        try:
            verdict = grader(row)
        except Exception:
            verdict = False
        return verdict, time.process_time() - started

    return run


def math_verify_graders() -> dict[str, Timed]:
    """As its README calls it, and tuned: both extractions on both sides, each side also as mathematics."""
    try:
        from math_verify import (
            ExprExtractionConfig,
            LatexExtractionConfig,
            StringExtractionConfig,
            parse,
            verify,
        )
    except ImportError:
        print("math-verify is not installed: left out", file=sys.stderr)
        return {}
    logging.disable()  # it reports each text that it cannot read, whole
    configs = (
        LatexExtractionConfig(boxed_match_priority=0),
        ExprExtractionConfig(),
        StringExtractionConfig(),
    )

    def readme(row: Row) -> bool:
        return bool(verify(parse(row["expected"]), parse(row["response"])))

    def tuned(row: Row) -> bool:
        sides = []
        for text in (row["expected"], row["response"]):
            marked = text if "$" in text or "\\boxed" in text else f"${text}$"
            sides.append(parse(marked, configs) or parse(text, configs))
        return bool(verify(*sides, float_rounding=8))

    return {"math-verify": timed(readme), "math-verify, tuned": timed(tuned)}


INSPECT = """
import asyncio, json, sys, time
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Target
from inspect_ai.scorer._math import math
class State: pass
async def main():
    score = math()
    for line in sys.stdin:
        row = json.loads(line)
        state = State()
        state.output = ModelOutput.from_content("m", row["response"])
        started = time.process_time()
        try:
            value = (await score(state, Target(row["expected"]))).value
        except Exception:
            value = None
        print(json.dumps([value in ("C", 1, 1.0, True), time.process_time() - started]), flush=True)
asyncio.run(main())
"""


def inspect_grader(python: str) -> Timed:
    """inspect_ai's math scorer, in the Python of another environment."""
    process = subprocess.Popen(
        [python, "-c", INSPECT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )

    def grade(row: Row) -> tuple[bool, float]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({key: row[key] for key in ("response", "expected")}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            sys.exit(
                "inspect_ai's process ended; does that Python have inspect_ai and latex2sympy2-extended?"
            )
        verdict, seconds = json.loads(line)
        return verdict, seconds

    return grade


# The table -------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8")
    return (
        json.loads(text)
        if path.suffix == ".json"
        else [json.loads(line) for line in text.splitlines() if line]
    )


def compare(paths: Sequence[Path], inspect: str | None) -> None:
    tables = {path.stem: rows_of(path) for path in paths}
    rows = [row for table in tables.values() for row in table]
    kinds = [row.get("category", name) for name, table in tables.items() for row in table]
    graders: dict[str, Timed] = {"hipatia": timed_hipatia} | math_verify_graders()
    if inspect:
        graders["inspect_ai"] = inspect_grader(inspect)
    for grader in graders.values():  # what is loaded at the first call is not measured
        grader({"response": "sen(2x)", "expected": "2 sen x cos x"})
    results = {name: [grader(row) for row in rows] for name, grader in graders.items()}
    release()
    print(f"{len(rows)} cases, {sum(not row['correct'] for row in rows)} of them wrong answers\n")
    heads = ("right", "wrong accepted", "correct missed", "cases/s", "slowest")
    print(f"{'grader':22}" + "".join(f"{head:>16}" for head in heads))
    for name, found in results.items():
        print(f"{name:22}" + "".join(f"{cell:>16}" for cell in summary(rows, found)))
    print("\n" + f"{'category':24}" + "".join(f"{name:>20}" for name in results))
    for kind in dict.fromkeys(kinds):
        picked = [i for i, name in enumerate(kinds) if name == kind]
        shares = (
            sum(found[i][0] == rows[i]["correct"] for i in picked) / len(picked) for found in results.values()
        )
        print(f"{kind:24}" + "".join(f"{share:20.1%}" for share in shares))


def summary(rows: Sequence[Row], found: Sequence[tuple[bool, float]]) -> list[str]:
    wrong = sum(not row["correct"] for row in rows)
    pairs = [(verdict, row["correct"]) for (verdict, _), row in zip(found, rows, strict=True)]
    seconds = [spent for _, spent in found]
    return [
        f"{sum(a == b for a, b in pairs) / len(rows):.1%}",
        f"{sum(a and not b for a, b in pairs) / max(wrong, 1):.1%}",
        f"{sum(b and not a for a, b in pairs) / max(len(rows) - wrong, 1):.1%}",
        f"{len(rows) / max(sum(seconds), 1e-9):.0f}",
        f"{max(seconds):.2f} s",
    ]


def gold(paths: Sequence[Path]) -> None:
    """Each gold answer in ten phrasings must be right, and gold + 1 wrong."""
    for path in paths:
        right = wrong = total = 0
        started = time.process_time()
        for problem in rows_of(path):
            answer = str(problem["answer"])
            more = str(int(answer.replace(",", "")) + 1)
            for phrase in PHRASES[problem.get("lang", "es" if "_es" in path.name else "en")]:
                total += 1
                row = {"expected": answer, "question": problem["question"]}
                right += hipatia(row | {"response": phrase.format(answer)})
                wrong += hipatia(row | {"response": phrase.format(more)})
        speed = 2 * total / (time.process_time() - started)
        print(
            f"{path.name}: gold right {right}/{total}, gold + 1 accepted {wrong}/{total}, {speed:.0f} cases/s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--gold", action="store_true", help="the files are problems with an answer (JSONL)")
    parser.add_argument("--inspect", metavar="PYTHON", help="a Python that has inspect_ai")
    options = parser.parse_args()
    if options.gold:
        gold(options.files)
    else:
        tables = Path(__file__).parent.parent / "tests" / "grading"
        compare(options.files or sorted(tables.glob("*.json")), options.inspect)


if __name__ == "__main__":
    main()
