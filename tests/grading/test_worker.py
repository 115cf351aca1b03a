"""The symbolic layer's subprocess: killed when it takes too long, back at the next need, gone at the end."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from hipatia.grading import release, symbolic, validate_math_response
from hipatia.grading.notation import plain
from hipatia.grading.parser import parse


def tree(text):
    return parse(plain(text))


@pytest.fixture(autouse=True)
def _clean():
    release()
    yield
    release()


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("sen²x + cos²x", "1", True),
        ("√(x²)", "x", False),
        ("2^(x+1)", "2·2^x", True),
        ("e^(π√163)", "262537412640768744", False),
        ("ln 8", "3 ln 2", True),
    ],
)
def test_same(a, b, verdict):
    assert symbolic.ask("same", tree(a), tree(b)) is verdict


def test_a_killed_worker_starts_again():
    assert symbolic.ask("same", tree("ln 8"), tree("3 ln 2"))
    symbolic._idle[0].process.kill()
    symbolic._idle[0].process.wait()
    assert symbolic.ask("same", tree("ln 8"), tree("3 ln 2"))


def test_a_question_that_takes_too_long_is_given_up(monkeypatch):
    assert symbolic.ask("same", tree("ln 8"), tree("3 ln 2"))
    pid = symbolic._idle[0].process.pid
    monkeypatch.setattr(symbolic, "LIMIT", 0.0)
    with pytest.raises(symbolic.TimedOut):
        symbolic.ask("same", tree("sen(2x)"), tree("2 sen x cos x"))
    assert validate_math_response("sen(2x)", "2 sen x cos x").status in ("timeout", "unparsable")
    monkeypatch.undo()
    assert not psutil.pid_exists(pid)
    assert symbolic.ask("same", tree("ln 8"), tree("3 ln 2"))


def test_threads_share_the_workers():
    pairs = [("sen(2x)", "2 sen x cos x"), ("ln 8", "3 ln 2"), ("cos 2x", "1 − 2sen²x")] * 8
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda pair: validate_math_response(*pair), pairs))
    assert threading.active_count() < 40


def test_the_worker_ends_with_the_program():
    code = (
        "from hipatia.grading import validate_math_response, symbolic\n"
        "assert validate_math_response('sen(2x)', '2 sen x cos x')\n"
        "print(symbolic._idle[0].process.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    pid = int(done.stdout)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_importing_is_light():
    code = (
        "import sys, hipatia.grading\n"
        "heavy = {'sympy', 'mpmath', 'torch', 'numpy', 'psutil', 'latex2sympy2_extended'} & "
        "set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], timeout=60, check=True)
