"""The doctor: examines voice, recogniser, models, devices, profile and so on, and names the remedy for each fault."""

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.errors import LimberError
from assistant.guidance.loader import load_guidance
from assistant.sessions.profile import Profile
from audio.aec.speex import Speex
from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.devices.input_level import microphone_level
from audio.devices.portaudio import DeviceKind, choose_device, list_devices
from audio.errors import AudioError
from audio.models.catalogue import MODELS, folder, installed, verify
from audio.score import Speech
from audio.tts.voice import Voice
from intents.errors import IntentsError
from intents.reader import IntentReader

LIBRARIES = ("moonshine-voice", "vosk", "pyttsx3", "sounddevice", "hassil", "onnxruntime", "numpy", "soxr")
"""Distributions whose versions are reported."""
QUIETEST_DBFS, CLIPPING_DBFS = -70.0, -1.0
"""Bounds in dBFS between which the loudest sample of a second of the microphone should lie."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one examination."""

    name: str
    """What was examined."""
    well: bool
    """Whether it works."""
    detail: str
    """What was found; where something is not well, with the remedy."""


def examine(profile: Path, *, listen: bool = True) -> Iterator[Finding]:
    """Examine one part after the other. `profile`: its folder. `listen`: also record the microphone for a second."""
    yield Finding("python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.machine()}")
    yield _tried("guidance", _guidance)
    yield _tried("intents", _intents)
    yield _tried("voice", _voice)
    yield _tried("recogniser", _recogniser)
    yield _tried("models", _models)
    yield _tried("echo canceller", _echo)
    kinds: tuple[DeviceKind, ...] = ("speaker", "microphone")
    for kind in kinds:
        yield _tried(kind, partial(_device, kind))
    if listen:
        yield _tried("microphone level", _level)
    yield _tried("profile", lambda: _profile(profile))
    yield _tried("routines", lambda: _routines(profile))
    yield Finding("libraries", True, ", ".join(_versions()))


def _tried(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except (LimberError, AudioError, IntentsError) as error:
        return Finding(name, False, str(error))


def _guidance() -> str:
    guidance = load_guidance()
    return f"{len(guidance.topics)} topics, {len(guidance.movements)} movements, {len(guidance.routines)} routines"


def _intents() -> str:
    if IntentReader.coach().read("pause").intent != "Pause":
        raise IntentsError('"pause" is not understood: restore intents/en from the project')
    return "understood"


def _voice() -> str:
    with Voice() as voice:
        voice.clip(Speech("I am well."))
    return "speaks"


def _recogniser() -> str:
    MoonshineRecogniser().load()
    return "Moonshine tiny, loaded"


def _models() -> str:
    damaged = [problem for model in MODELS if installed(model, folder()) for problem in verify(model, folder())]
    if damaged:
        raise AudioError(damaged[0])
    here = [model.name for model in MODELS if installed(model, folder())]
    return ", ".join(here) or "none beside Moonshine; `main.py models install` adds Vosk's"


def _echo() -> str:
    Speex()
    return "Speex, loaded"


def _device(kind: DeviceKind) -> str:
    chosen = choose_device(kind, None)
    others = [found.name for found in list_devices(kind) if found.index != chosen.index]
    more = f"; also {', '.join(others)}" if others else ""
    return f"{chosen.name}, {chosen.rate} Hz{more}"


def _level() -> str:
    level = microphone_level(choose_device("microphone", None))
    if level < QUIETEST_DBFS:
        raise AudioError(f"The microphone brings silence ({level:.0f} dBFS): unmute it, or turn it up.")
    if level > CLIPPING_DBFS:
        raise AudioError(f"The microphone clips ({level:.0f} dBFS): turn it down.")
    return f"loudest sample {level:.0f} dBFS"


def _profile(folder: Path) -> str:
    profile = Profile(folder)
    problems = profile.settings_file.read().problems
    if problems:
        raise LimberError(f"{'; '.join(problems)}; correct it, or start Limber, which keeps the rest")
    return f"{folder}, {len(profile.history.read())} sessions"


def _routines(folder: Path) -> str:
    own, problems = Profile(folder).own_routines(load_guidance(), IntentReader.coach().clash)
    if problems:
        raise LimberError("; ".join(map(str, problems)))
    return f"{len(own.names)} of the person's own"


def _versions() -> Iterator[str]:
    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"
