"""Setting up: what is locked, and what script/setup does on a machine in any state."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.engine

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN = [Requirement(line) for line in PROJECT["dependencies"]]
TEST = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-test.lock"]


def locked(name: str) -> dict[str, str]:
    """Package name to its one pinned version."""
    pins = re.findall(r"^([\w.-]+)==([\w.!+]+)", (ROOT / name).read_text(), re.MULTILINE)
    names = [package for package, _ in pins]
    assert len(names) == len(set(names)), f"{name}: a package is pinned twice"
    return dict(pins)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_file_is_a_pin_a_hash_or_a_comment(name: str) -> None:
    line = re.compile(r"[\w.-]+==[\w.!+]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?| *#.*")
    wrong = [text for text in (ROOT / name).read_text().splitlines() if not line.fullmatch(text)]
    assert not wrong, f"{name}: run script/lock; these are no pins: {wrong}"
    assert "://" not in (ROOT / name).read_text(), f"{name} names a host"


@pytest.mark.parametrize(
    ("name", "requirements"), [("requirements.lock", RUN), ("requirements-test.lock", RUN + TEST)], ids=["run", "test"]
)
def test_the_lock_file_agrees_with_the_project(name: str, requirements: list[Requirement]) -> None:
    pins = locked(name)
    wrong = [str(r) for r in requirements if not r.specifier.contains(pins.get(canonicalize_name(r.name), "0"))]
    assert not wrong, f"{name}: run script/lock; not met: {wrong}"


def test_what_is_tested_is_what_runs() -> None:
    run, test = locked("requirements.lock"), locked("requirements-test.lock")
    assert run.items() <= test.items(), "requirements-test.lock pins other versions: run script/lock"


def test_the_named_packages_and_the_last_wheel_with_a_model_are_there() -> None:
    names = {requirement.name for requirement in RUN + TEST}
    assert names >= {"vosk", "pyttsx3", "sounddevice", "pytest"}
    moonshine = next(requirement for requirement in RUN if requirement.name == "moonshine-voice")
    assert not moonshine.specifier.contains("0.0.74")


@pytest.mark.parametrize("script", ["script/setup", "script/run", "script/test", "script/lock", ".ci/run"])
def test_scripts_can_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK), f"chmod +x {script}"
    subprocess.run(["bash", "-n", ROOT / script], check=True)


def wheel(folder: Path, name: str, version: str) -> str:
    """Make a wheel with one empty module and give its line for a lock file."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    record = "".join(f"{path},sha256={d.decode().rstrip('=')},{len(files[path])}\n" for path, d in digests.items())
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(inside, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Checkout:
    """A small project with Limber's own script/setup, whose packages are wheels in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout, with spaces"
        self.wheels = folder / "wheels"
        self.wheels.mkdir(parents=True)
        (self.root / "script").mkdir(parents=True)
        shutil.copy(ROOT / "script/setup", self.root / "script/setup")
        (self.root / "requirements-build.lock").write_text(wheel(self.wheels, "builder", "1"))
        self.lock("1.0")
        # No apt-get and no sudo: a test changes nothing outside its folder, whatever is missing.
        tools = folder / "tools"
        tools.mkdir()
        for tool in ("bash", "cat", "dirname", "flock", "id", "mkdir", "rm", "sha256sum", "touch"):
            (tools / tool).symlink_to(str(shutil.which(tool)))
        (tools / "python3").symlink_to(Path(sys.base_prefix) / f"bin/python3.{sys.version_info.minor}")
        self.environment = {
            "PATH": str(tools),
            "HOME": str(folder),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }

    def lock(self, version: str) -> None:
        (self.root / "requirements.lock").write_text(wheel(self.wheels, "thing", version))

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.root / "script/setup"],
            cwd="/",
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def set_up(self) -> tuple[int, str]:
        """Exit status and what was said; nothing may be on stdout."""
        with self.start() as process:
            out, said = process.communicate()
        assert out == "", "stdout is Limber's own"
        return process.returncode, said

    @contextmanager
    def noting_python(self) -> Iterator[Path]:
        """Write down what the Python of the environment is started with."""
        python, notes = self.root / ".venv/bin/python", self.root.parent / "notes"
        real = python.rename(python.with_name("real"))
        python.write_text(f'#!/bin/bash\necho "$*" >>"{notes}"\nexec "{real}" "$@"\n')
        python.chmod(0o755)
        yield notes
        real.rename(python)

    def installed(self) -> str:
        """The version of the one package."""
        code = "import importlib.metadata as m, thing; print(m.version('thing'))"
        done = subprocess.run([self.root / ".venv/bin/python", "-c", code], capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr


def test_setting_up(tmp_path: Path) -> None:
    """One long story, since making a virtual environment takes seconds."""
    checkout = Checkout(tmp_path)
    unfinished = checkout.root / ".venv/unfinished"

    first, second = checkout.start(), checkout.start()
    said = first.communicate()[1] + second.communicate()[1]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert said.count("Making a virtual environment") == 1, f"two at once got in each other's way: {said}"
    assert checkout.installed() == "1.0"

    with checkout.noting_python() as asked:
        status, said = checkout.set_up()
    assert status == 0
    assert "Installing Python" not in said
    assert set(asked.read_text().splitlines()) == {"-V"}, "with nothing to do, it asks Python for its version alone"

    checkout.lock("1.1")
    status, said = checkout.set_up()
    assert status == 0, said
    assert "Making" not in said
    assert checkout.installed() == "1.1"

    lock = checkout.root / "requirements.lock"
    good = lock.read_text()
    lock.write_text(re.sub("sha256:.{8}", "sha256:00000000", good).replace("1.1", "1.0"))
    status, said = checkout.set_up()
    assert status == 1, "a package whose hash is wrong was installed"
    assert "could not be installed" in said
    lock.write_text(good)
    status, said = checkout.set_up()
    assert (status, checkout.installed()) == (0, "1.1"), f"a failed change harmed what was there: {said}"

    unfinished.touch()
    status, said = checkout.set_up()
    assert status == 0, said
    assert "half made" in said, "a set-up that was killed was taken for a finished one"
    assert checkout.installed() == "1.1"
    assert not unfinished.exists()
