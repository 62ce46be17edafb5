"""Limber's command line: parses options, and hands over to `assistant`, `audio` and `intents`."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import click
from platformdirs import user_data_path

from assistant import start
from assistant.commands.after_waking import once_awake
from assistant.commands.explained import explained, until_interrupted
from assistant.commands.history_command import history
from assistant.commands.reminders_command import reminders
from assistant.commands.routine_command import routine
from assistant.commands.settings_command import settings
from assistant.errors import LimberError
from assistant.guidance.loader import check_guidance, load_guidance
from assistant.states import VALID, State
from audio.aec.interface import EchoMode
from audio.asr.recogniser import Engine
from audio.devices.portaudio import DeviceChoice, why_unavailable
from audio.errors import AudioError
from audio.models.catalogue import MODELS, VOSK_SMALL_EN, folder, install, install_file, installed, verify
from audio.score import Speech
from audio.simulation.room import ROOM_NAMES, USUAL_DELAY, Surroundings
from audio.tts.voice import Voice
from intents.model import Meant, Reading
from intents.reader import IntentReader
from intents.told_names import told

# Recognition is imported inside the commands that need it, so that typing and reading texts do not wait for it.

ENGINES = click.Choice(get_args(Engine))
"""Values of `--engine`."""
ECHO = click.Choice(get_args(EchoMode))
"""Values of `--echo`."""
A_FILE = click.Path(path_type=Path, dir_okay=False)
"""The path of a file, which need not exist."""
BYTES_PER_MEGABYTE = 1e6
"""Bytes in a megabyte, as sizes of downloads are given."""


class _Commands(click.Group):
    """The commands; where the arguments name none, `run` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def limber() -> None:
    """An offline voice coach for a cramping upper back."""


def _refuse_to_overwrite(read: Mapping[str, Path | None], written: Mapping[str, Path | None]) -> None:
    """Raise a usage error if an output file is also an input file or another output file.

    `read`, `written`: the files by the option that names each; None: not given.
    """
    taken = {option: path for option, path in read.items() if path is not None}
    for option, path in written.items():
        if path is None:
            continue
        for other, file in taken.items():
            if _same_file(path, file):
                raise click.UsageError(f"{option} would overwrite the file of {other}, {file}: name another file.")
        taken[option] = path


def _same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by any link, or would if the file existed."""
    if one.exists() and other.exists():
        return one.is_file() and one.samefile(other)  # a device such as /dev/null cannot be overwritten
    return one.resolve() == other.resolve()


def _civil_time(iso: str) -> datetime:
    """The time that `--start-at` names. Raises a usage error for what is no time with a zone."""
    try:
        civil = datetime.fromisoformat(iso)
    except ValueError:
        civil = None
    if civil is None or civil.tzinfo is None:
        raise click.UsageError(f"--start-at {iso}: write a time with its zone, as 2026-11-26T09:00+01:00.")
    return civil


@limber.command()
@click.option("--mic-file", type=A_FILE, help="Rehearse: hear this recording instead of a microphone.")
@click.option("--speaker-file", type=A_FILE, help="Rehearse: write what is said to this WAV file.")
@click.option("--timeline", type=A_FILE, help="Write what happened, as JSON lines.")
@click.option("--limit", type=click.FloatRange(min=0), help="End after so many seconds.")
@click.option("--latency", type=click.FloatRange(min=0), default=0.0, help="Decide so many milliseconds later.")
@click.option("--text", is_flag=True, help="Type instead of speaking; what is said is printed.")
@click.option("--clock", type=click.Choice(["wall", "fast"]), default="wall", help="Fast: never wait (with --text).")
@click.option("--microphone", help="Its number, or part of its name.")
@click.option("--speaker", help="Its number, or part of its name.")
@click.option("--engine", type=ENGINES, default="auto", help="Which recogniser hears.")
@click.option("--profile", type=click.Path(path_type=Path, file_okay=False), help="Where settings are kept.")
@click.option("--asleep", is_flag=True, help='Wait for "hey Limber".')
@click.option("--start-at", help="The civil time at the start, ISO 8601 with its zone; else the present.")
@click.option("--quiet", is_flag=True, help="Print no counts; leave them to the sound.")
@click.option("--language", type=click.Choice(["en"]), default="en", expose_value=False)
@click.option("--echo", type=ECHO, default="auto", help="Off: the microphone cancels echo itself.")
@click.option("--room", help=f"Rehearse in a room: {', '.join(ROOM_NAMES)}, or an impulse response.")
@click.option("--echo-level", type=float, help="dB of Limber's voice over the person's, at the microphone.")
@click.option("--echo-delay", type=click.FloatRange(0, 1000), help="Milliseconds from the speaker to the microphone.")
@click.option("--drift", type=click.FloatRange(-2000, 2000), help="Parts per million: a faster microphone.")
@click.option("--noise", type=A_FILE, help="Rehearse with this noise.")
@click.option("--snr", type=float, default=12.0, help="dB of the person over the noise.")
def run(
    mic_file: Path | None,
    speaker_file: Path | None,
    timeline: Path | None,
    limit: float | None,
    latency: float,
    text: bool,
    clock: str,
    microphone: str | None,
    speaker: str | None,
    engine: Engine,
    profile: Path | None,
    asleep: bool,
    start_at: str | None,
    quiet: bool,
    echo: EchoMode,
    room: str | None,
    echo_level: float | None,
    echo_delay: float | None,
    drift: float | None,
    noise: Path | None,
    snr: float,
) -> None:
    """Talk with Limber: live, on files (--mic-file, --speaker-file), or typing (--text)."""
    if (mic_file is None) != (speaker_file is None):
        raise click.UsageError("--mic-file and --speaker-file go together: name both.")
    if text and mic_file is not None:
        raise click.UsageError("--text and --mic-file exclude each other: choose one.")
    if start_at is not None and not text and mic_file is None:
        raise click.UsageError("--start-at is for typed and rehearsed sessions: add --text or --mic-file.")
    echoes = room not in {None, "none"} or any(each is not None for each in (echo_level, echo_delay, drift))
    if (echoes or noise is not None) and mic_file is None:
        raise click.UsageError("--room, --echo-level, --echo-delay, --drift and --noise want --mic-file.")
    civil = None if start_at is None else _civil_time(start_at)
    _refuse_to_overwrite(
        {
            "--mic-file": mic_file,
            "--noise": noise,
            "--room": None if room is None or room in ROOM_NAMES else Path(room),
        },
        {"--speaker-file": speaker_file, "--timeline": timeline},
    )
    surroundings = Surroundings(
        room or "none",
        echo_level or 0.0,
        USUAL_DELAY if echo_delay is None else echo_delay / 1000,
        drift or 0.0,
        noise,
        snr,
        echoes,
    )
    with explained(), until_interrupted():
        reason = None if text or mic_file is not None else why_unavailable()
        live = not text and mic_file is None and reason is None
        where = profile if profile is not None or not live else user_data_path("limber", ensure_exists=True)
        options = start.Options(where, asleep, engine, timeline, limit, civil, quiet)
        if mic_file is not None and speaker_file is not None:
            start.start_rehearsal(options, mic_file, speaker_file, surroundings, echo, latency)
        elif live:
            missed = start.start_live(options, DeviceChoice(speaker, microphone), echo)
            if missed:
                click.echo(f"The speaker ran dry for {missed} frames in all.", err=True)
        else:
            if reason is not None:
                click.echo(f"{reason} Going on in text mode: type what you would say.", err=True)
            elif sys.stdin.isatty():
                click.echo('Type what you would say; "help" tells what that can be.', err=True)
            start.start_typed(options, fast=clock == "fast")


@limber.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--intents", multiple=True, help='A hassil file or folder, or "coach" for the built-in set.')
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only what is valid there.")
@click.option("--engine", type=ENGINES, default="auto")
@click.option("--threshold", type=click.FloatRange(0, 1), help="0 accepts the best match whatever its confidence.")
@click.option("--why", is_flag=True, help="Tell what decided, too.")
@click.option("--json", is_flag=True, expose_value=False, help="One JSON object a line: always so.")
def hear(
    files: tuple[Path, ...],
    intents: tuple[str, ...],
    state: str | None,
    engine: Engine,
    threshold: float | None,
    why: bool,
) -> None:
    """What each recording means."""
    with explained():
        failed = _hear(files, intents, state, threshold, engine, why)
    if failed:
        raise SystemExit(1)


def _hear(
    files: tuple[Path, ...],
    intents: tuple[str, ...],
    state: str | None,
    threshold: float | None,
    engine: Engine,
    why: bool,
) -> bool:
    from assistant.listening.recording import understand_recording
    from audio.asr.engines import open_recogniser
    from audio.files import read_recording
    from audio.samples import SAMPLE_RATE

    reader, recogniser = IntentReader.load(intents or ("coach",)), open_recogniser(engine)
    failed = False
    for file in files:
        began = perf_counter()
        try:
            samples = read_recording(file).at(SAMPLE_RATE)
        except AudioError as error:
            failed = True
            click.echo(json.dumps({"file": str(file), "error": str(error)}))
            continue
        reading = once_awake(understand_recording(recogniser, reader, samples, _valid(state), threshold), reader)
        click.echo(json.dumps({"file": str(file), **_printed(reading, perf_counter() - began, why)}))
    return failed


@limber.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--intents", multiple=True, help='A hassil file or folder, or "coach" for the built-in set.')
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only what is valid there.")
@click.option("--why", is_flag=True, help="Tell what decided, too.")
@click.option("--json", is_flag=True, expose_value=False, help="One JSON object a line: always so.")
def understand(texts: tuple[str, ...], intents: tuple[str, ...], state: str | None, why: bool) -> None:
    """What each text means."""
    with explained():
        reader = IntentReader.load(intents or ("coach",))
        for text in texts:
            began = perf_counter()
            reading = once_awake(reader.read(text, _valid(state)), reader)
            click.echo(json.dumps({"text_in": text, **_printed(reading, perf_counter() - began, why)}))


def _valid(state: str | None) -> frozenset[str] | None:
    return None if state is None else frozenset(VALID[State(state)])


def _printed(reading: Reading, seconds: float, why: bool) -> dict[str, Any]:
    meant = told(Meant(reading.intent, reading.slots)) if reading.intent else None
    printed = {
        "text": reading.text,
        "intent": meant.intent if meant else None,
        "slots": dict(meant.slots) if meant else {},
        "confidence": round(reading.confidence, 4),
        "seconds": round(seconds, 4),
        "also": [{"intent": each.intent, "slots": dict(each.slots)} for each in map(told, reading.also)],
    }
    if reading.unread:
        printed["unread"] = reading.unread
    return printed | ({"why": list(reading.why)} if why else {})


@limber.command()
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@click.option("--out", type=A_FILE, help="The WAV file to write.")
def say(words: tuple[str, ...], out: Path | None) -> None:
    """Say a text in Limber's voice."""
    from audio.devices.duplex import play_clips
    from audio.files import SpeakerFile

    with explained():
        if out is None:
            if reason := why_unavailable():
                raise LimberError(f"{reason} Name a file to write with --out.")
            with Voice() as voice:
                play_clips([voice.clip(Speech(" ".join(words)))])
            return
        with Voice() as voice, SpeakerFile(out) as file:
            file.write(voice.clip(Speech(" ".join(words))))


@limber.command()
@click.option("--profile", type=click.Path(path_type=Path, file_okay=False), help="Where settings are kept.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--speak", is_flag=True, help="Say what is not well.")
def doctor(profile: Path | None, as_json: bool, speak: bool) -> None:
    """Examine everything, and say what to do about what is not well."""
    from assistant.doctor import examine
    from audio.devices.duplex import play_clips

    sick = []
    for finding in examine(profile or user_data_path("limber", ensure_exists=True)):
        mark = "well" if finding.well else "NOT WELL"
        click.echo(json.dumps(asdict(finding)) if as_json else f"{finding.name}: {mark}. {finding.detail}")
        sick += [] if finding.well else [f"{finding.name} is not well. {finding.detail}"]
    if speak:
        with explained(), Voice() as voice:
            play_clips([voice.clip(Speech(line)) for line in sick or ["All is well."]])
    if sick:
        raise SystemExit(1)


@limber.group()
def models() -> None:
    """Models that do not come with Limber."""


@models.command("list")
def models_list() -> None:
    """Name every model, its purpose, and whether it is installed."""
    for model in MODELS:
        here = installed(model, folder()) or f"not installed, {model.size / BYTES_PER_MEGABYTE:.0f} MB to fetch"
        click.echo(f"{model.name}: {model.purpose} ({model.licence}): {here}")


@models.command("install")
@click.option("--file", type=A_FILE, help="An archive fetched elsewhere, instead of the network.")
@click.option("--address", help="Another place on the network that has the same archive.")
def models_install(file: Path | None, address: str | None) -> None:
    """Fetch Vosk's model, check it and put it in place; an interrupted download is continued."""
    model, root = VOSK_SMALL_EN, folder()
    with explained():
        if file is not None:
            install_file(model, root, file)
        elif verify(model, root):
            with click.progressbar(length=model.size, label=model.name, file=sys.stderr) as bar:
                install(model, root, lambda have, _size: bar.update(have - bar.pos), address)
    click.echo(f"{root / model.name}: good")


@models.command("verify")
def models_verify() -> None:
    """Say which files of the models are missing or damaged."""
    problems = [problem for model in MODELS for problem in verify(model, folder())]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    click.echo(f"{folder()}: good")


@limber.group()
def guidance() -> None:
    """The guidance: what Limber knows."""


@guidance.command("list")
def guidance_list() -> None:
    """Name every topic, movement, routine, answer and condition."""
    with explained():
        known = load_guidance()
    for kind, found in (("topic", known.topics), ("movement", known.movements), ("routine", known.routines)):
        for key, entry in found.items():
            click.echo(f"{kind} {key}: {entry.title}")
    for key, answer in known.answers.items():
        click.echo(f"answer {key}: {answer.say}")
    for key, condition in known.conditions.items():
        click.echo(f"condition {key}: {condition.you}")


@guidance.command("check")
@click.argument("path", type=click.Path(path_type=Path))
def guidance_check(path: Path) -> None:
    """Say what is wrong with a guidance file or folder, and where."""
    with explained():
        problems = check_guidance(path)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise SystemExit(1)
    click.echo(f"{path}: good")


limber.add_command(routine)
limber.add_command(history)
limber.add_command(reminders)
limber.add_command(settings)


if __name__ == "__main__":
    limber()
