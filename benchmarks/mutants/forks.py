"""The part of this benchmark that runs beside mutmut: the tests once for each mutant, most in a fork each.

In the folder in which mutmut put the mutants, with an interpreter that has mutmut. One process collects the tests; for
each mutant a fork runs those that reach its function until one fails. What a module calls while it is imported is
wrong from the start only in a process of its own. Prints the name of each mutant, and whether a test noticed it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

LONGEST = 120
"""Seconds; a mutant with which the tests take longer hangs, and is noticed."""
QUICK = 0.004
"""Seconds; the tests that take less come first: most of them look at one function."""
SPREAD = 29
"""The others are taken from all over: neighbours tend to notice the same."""
QUIET = ("--assert=plain", "-p", "no:cacheprovider", "-p", "no:terminal")


class Forks:
    """The plugin that runs the tests, again and again."""

    def __init__(
        self, mutants: Sequence[str], reaching: Mapping[str, Sequence[str]], takes: Mapping[str, float]
    ) -> None:
        """`reaching`: for each function, the tests that call it; `takes`: the seconds of each test."""
        self._mutants = mutants
        self._reaching = reaching
        self._takes = takes

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running every test once."""
        items = {item.nodeid: item for item in session.items}
        import hypothesis  # not before pytest has set its own import hook

        # One example that fails is enough, the smallest is not looked for.
        hypothesis.settings.register_profile(
            "unshrunk", deadline=None, database=None, phases=[hypothesis.Phase.generate]
        )
        hypothesis.settings.load_profile("unshrunk")
        session.config.option.tbstyle = "native"  # nobody reads how a test failed
        for mutant in self._mutants:
            tests = [items[test] for test in sorted(self._reaching[function_of(mutant)])]
            spread = [test for start in range(SPREAD) for test in tests[start::SPREAD]]
            spread.sort(key=lambda test: (is_property(test), self._takes[test.nodeid] > QUICK))
            print(mutant, noticed_in_a_fork(session, mutant, spread), flush=True)
        return True


def is_property(test: pytest.Item) -> bool:
    """Whether hypothesis runs it on many examples: that takes longest, so it comes last."""
    return isinstance(test, pytest.Function) and hasattr(test.obj, "hypothesis")


def noticed_in_a_fork(session: pytest.Session, mutant: str, tests: Sequence[pytest.Item]) -> bool:
    """Whether one of these tests fails with a mutant."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        os.environ["MUTANT_UNDER_TEST"] = mutant
        sys.modules["tests.assistant.dialogue.replies.effects"].standing.cache_clear()
        for test, following in zip(tests, (*tests[1:], None), strict=True):
            test.ihook.pytest_runtest_protocol(item=test, nextitem=following)
            if session.testsfailed:
                os._exit(1)
        os._exit(0)
    return noticed(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def noticed_anew(mutant: str, tests: Sequence[str]) -> bool:
    """Whether a test fails in a process that imports the mutant."""
    command = [sys.executable, "-m", "pytest", "-x", *QUIET, *tests]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "MUTANT_UNDER_TEST": mutant},
            check=False,
            capture_output=True,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return True
    return noticed(done.returncode)


def noticed(code: int) -> bool:
    """What the end of a process that ran tests says; any other end is no verdict."""
    if code not in (0, 1, -signal.SIGALRM):
        raise SystemExit(f"a run of the tests ended with {code}: neither passed nor failed")
    return code != 0


def function_of(mutant: str) -> str:
    """The function that a mutant is of."""
    return mutant.rpartition("__mutmut_")[0]


def main(tests: Sequence[str]) -> None:
    """Run the tests for each mutant until one fails, and print each mutant's name and verdict."""
    stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    reaching = stats["tests_by_mangled_function_name"]
    files = sorted(Path("assistant").rglob("*.meta"))
    mutants = [name for file in files for name in json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]]
    # Called by the first test that imports its module, or by none: it works while that is imported.
    at_import = [mutant for mutant in mutants if len(reaching.get(function_of(mutant), ())) <= 1]
    sys.path.insert(0, str(Path.cwd()))
    forks = Forks([each for each in mutants if each not in set(at_import)], reaching, stats["duration_by_test"])
    pytest.main([*QUIET, *tests], plugins=[forks])
    for mutant in at_import:
        print(mutant, noticed_anew(mutant, tests), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
